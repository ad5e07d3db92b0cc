"""The form of a particle that fits a word: 기업이 where company가 was written."""

from __future__ import annotations

import re

_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"
_FINALS_PER_VOWEL = 28
# A final ㄹ, after which 로 stands as after a vowel.
_RIEUL = 8
_TO = "으로"

# After a final consonant, and without one.
_PAIRS = (
    "이라는/라는 이라고/라고 이라도/라도 이에요/예요 이어서/여서 으로/로 이랑/랑 이나/나 이란/란"
    " 이야/야 은/는 이/가 을/를 과/와"
)
_FITTING = {
    form: (closed, open_)
    for closed, open_ in (pair.split("/") for pair in _PAIRS.split())
    for form in (closed, open_)
}
# Nothing that goes on: 가 of 가능, 이 of 이번.
_PARTICLE = re.compile(
    rf"(?:{'|'.join(sorted(_FITTING, key=len, reverse=True))})(?=[은는도만의]?(?![가-힣]))"
)
_ADJECTIVE = re.compile(r"한(?![가-힣])")


def with_fitting_particle(word: str, rest: str) -> str:
    """Return ``rest``, which follows ``word``, so that it fits the word.

    Its particle takes the form that the word's end wants, and 한 becomes 인 after 적, which makes
    an adjective itself (현실적인 for realistic한).
    """
    if not word or not _FIRST_SYLLABLE <= word[-1] <= _LAST_SYLLABLE:
        return rest
    if word.endswith("적") and _ADJECTIVE.match(rest):
        return f"인{rest[1:]}"
    match = _PARTICLE.match(rest)
    if not match:
        return rest
    closed, open_ = _FITTING[match[0]]
    final = (ord(word[-1]) - ord(_FIRST_SYLLABLE)) % _FINALS_PER_VOWEL
    is_closed = final and not (final == _RIEUL and closed == _TO)
    return (closed if is_closed else open_) + rest[match.end() :]

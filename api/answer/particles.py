"""The particle that fits the end of a word."""

from __future__ import annotations

import re

_FIRST, _LAST, _FINALS = ord("가"), ord("힣"), 28
_RIEUL = 8
# Final sounds of digits and Latin letters when read out in Korean: 영, 일, 삼 …; 엘, 엠, 엔, 알.
_SPOKEN = {"0": 21, "1": _RIEUL, "3": 16, "6": 1, "7": _RIEUL, "8": _RIEUL}
_SPOKEN |= {"l": _RIEUL, "m": 16, "n": 4, "r": _RIEUL}
_PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로")
# A particle stands at the end of a word, or before the 는 of 으로는.
_PARTICLE = re.compile(r"^(?P<particle>으로|은|는|이|가|을|를|과|와|로)(?=는?(?:요)?[\s?,.]|는?$)")


def with_particle(word: str, pair: str) -> str:
    """Put the fitting particle behind a word.

    Args:
        word: ends in Hangul, a digit or a Latin letter; marks behind that are passed over.
        pair: the particles after a consonant and after a vowel, such as ``이/가``.

    Returns:
        The word with its particle: ``질문이``, ``--top-k를``, ``서울로``.
    """
    after_consonant, after_vowel = pair.split("/")
    last = next((c for c in reversed(word) if c.isalnum()), "")
    final = _final(last)
    if pair == "으로/로" and final == _RIEUL:
        final = 0
    return word + (after_consonant if final else after_vowel)


def refit(word: str, behind: str) -> str:
    """Join ``word`` and what stood behind another word, its particle made to fit.

    ``서울`` before ``는 언제`` gives ``서울은 언제``.
    """
    match = _PARTICLE.match(behind)
    if match is None:
        return word + behind
    pair = next(pair for pair in _PAIRS if match["particle"] in pair.split("/"))
    return with_particle(word, pair) + behind[match.end() :]


def _final(character: str) -> int:
    if character and _FIRST <= ord(character) <= _LAST:
        return (ord(character) - _FIRST) % _FINALS
    return _SPOKEN.get(character.lower(), 0)

"""The particle that fits the end of a word."""

from __future__ import annotations

_FIRST, _LAST, _FINALS = ord("가"), ord("힣"), 28
_RIEUL = 8
# Final sounds of digits and Latin letters when read out in Korean: 영, 일, 삼 …; 엘, 엠, 엔, 알.
_SPOKEN = {"0": 21, "1": _RIEUL, "3": 16, "6": 1, "7": _RIEUL, "8": _RIEUL}
_SPOKEN |= {"l": _RIEUL, "m": 16, "n": 4, "r": _RIEUL}


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


def did_you_mean(name: str) -> str:
    """Suggest a name that is close to the one that was written."""
    return f"{with_particle(name, '을/를')} 쓰려던 것인지 확인하세요."


def _final(character: str) -> int:
    if character and _FIRST <= ord(character) <= _LAST:
        return (ord(character) - _FIRST) % _FINALS
    return _SPOKEN.get(character.lower(), 0)

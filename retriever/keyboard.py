"""Hangul letters, the two-set Korean keyboard, and text typed in the wrong one of its two modes."""

from __future__ import annotations

from itertools import pairwise

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
# The empty string stands for a syllable without a final.
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_VOWELS = frozenset(VOWELS)
_FIRST_SYLLABLE = ord("가")
_LAST_SYLLABLE = ord("힣")

# One row a line, left to right; capitals only where Shift gives another letter.
_KEYS = dict(zip("qwertyuiop", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", strict=True))
_KEYS |= dict(zip("asdfghjkl", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", strict=True))
_KEYS |= dict(zip("zxcvbnm", "ㅋㅌㅊㅍㅠㅜㅡ", strict=True))
_SHIFTED = dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))

# Letters that take two strokes.
_VOWEL_PAIRS = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
_FINAL_PAIRS = {
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ",
    "ㄹㅎ": "ㅀ",
    "ㅂㅅ": "ㅄ",
}
_STROKES = {pair: strokes for strokes, pair in (_VOWEL_PAIRS | _FINAL_PAIRS).items()}
_LATIN = {letter: key for key, letter in (_SHIFTED | _KEYS).items()}

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def letters(text: str) -> str:
    """Return ``text`` with each Hangul syllable as its two or three letters (jamo)."""
    return "".join(_syllable_letters(char) for char in text)


def strokes(text: str) -> str:
    """Return the letters of ``text`` with those that take two keys as two: ㅘ is ㅗㅏ."""
    return "".join(_STROKES.get(letter, letter) for letter in letters(text))


def to_latin(text: str) -> str:
    """Return what the keys that made Hangul give in Latin mode: ㅜㅎㄴ is ngs.

    Other characters stay. Capitals stand only where Shift made another letter (ㄲ is R).
    """
    return "".join(_LATIN.get(stroke, stroke) for stroke in strokes(text))


def to_hangul(latin: str) -> str:
    """Return what the keys that made Latin text give in Hangul mode: eowjs is 대전.

    Letters that belong to no syllable stay single (ㅋㅋ); other characters stay.
    """
    return compose("".join(_SHIFTED.get(key) or _KEYS.get(key.lower(), key) for key in latin))


def compose(letters_: str) -> str:
    """Join single letters into syllables, as an input method does."""
    out: list[str] = []
    rest = _joined_vowels(letters_)
    while rest:
        made, length = _first_syllable(rest)
        out.append(made)
        rest = rest[length:]
    return "".join(out)


def are_neighbours(one: str, other: str) -> bool:
    """Tell whether two letters lie side by side on the keyboard, or on one key with Shift."""
    return (one, other) in _NEIGHBOURS


def _joined_vowels(text: str) -> str:
    for pair, vowel in _VOWEL_PAIRS.items():
        text = text.replace(pair, vowel)
    return text


def _first_syllable(text: str) -> tuple[str, int]:
    """Return the first syllable or other character of ``text`` and how many letters it took."""
    if text[0] not in INITIALS or text[1:2] not in _VOWELS:
        return text[0], 1
    final, length = _final(text[2:])
    code = (INITIALS.index(text[0]) * len(VOWELS) + VOWELS.index(text[1])) * len(FINALS)
    return chr(_FIRST_SYLLABLE + code + FINALS.index(final)), 2 + length


def _final(rest: str) -> tuple[str, int]:
    """Return the final that starts ``rest``, without the consonant that the next vowel takes."""
    count = next((i for i, c in enumerate(rest) if c not in INITIALS), len(rest))
    free = count - 1 if rest[count : count + 1] in _VOWELS else count
    pair = _FINAL_PAIRS.get(rest[:2], "") if free > 1 else ""
    if pair:
        return pair, len(rest[:2])
    if free and rest[0] in FINALS:
        return rest[0], 1
    return "", 0


def _syllable_letters(char: str) -> str:
    if not _FIRST_SYLLABLE <= ord(char) <= _LAST_SYLLABLE:
        return char
    rest, final = divmod(ord(char) - _FIRST_SYLLABLE, len(FINALS))
    initial, vowel = divmod(rest, len(VOWELS))
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final]


def _adjacent_letters() -> frozenset[tuple[str, str]]:
    """Pair the letters of keys that touch: in a row, and a row below (half a key to the right)."""
    keys = [(a, b) for row in _ROWS for a, b in pairwise(row)]
    for upper, lower in pairwise(_ROWS):
        keys += zip(upper, lower, strict=False)
        keys += zip(upper[1:], lower, strict=False)
    pairs = {(_KEYS[a], _KEYS[b]) for a, b in keys}
    pairs |= {(_KEYS[key.lower()], letter) for key, letter in _SHIFTED.items()}
    return frozenset(pairs | {(b, a) for a, b in pairs})


_NEIGHBOURS = _adjacent_letters()

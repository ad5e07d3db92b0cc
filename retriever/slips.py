"""How far a mistyped Korean word is from the word that was meant, letter by letter."""

from __future__ import annotations

from itertools import product

from retriever.keyboard import VOWELS, are_neighbours, letters

# An edit costs 1; one that fingers or ears make often costs half of that.
EDIT = 1.0
LIKELY_EDIT = 0.5

# Letters that are said alike, or that loanwords are spelt with either way.
_ALIKE_SETS = (
    "ㅐㅔ",
    "ㅒㅖㅔ",
    "ㅙㅚㅞ",
    "ㅏㅓ",
    "ㅓㅗ",
    "ㅓㅕ",
    "ㅏㅑ",
    "ㅗㅛ",
    "ㅜㅠ",
    "ㅢㅣ",
    "ㅟㅣ",
    "ㅡㅜ",
    "ㄱㄲㅋ",
    "ㄷㄸㅌ",
    "ㅂㅃㅍ",
    "ㅅㅆ",
    "ㅈㅉㅊ",
    "ㄴㅇㅁ",
    "ㅁㅇ",
    "ㄴㄹ",
)
_ALIKE = frozenset(pair for group in _ALIKE_SETS for pair in product(group, group))


def distance(one: str, other: str, limit: float) -> float:
    """Return the cost of the cheapest edits that turn ``one`` into ``other``.

    Letters may be left out, put in, exchanged for another or swapped with the next.

    Args:
        one: letters, as ``keyboard.letters`` gives them.
        other: letters too.
        limit: anything dearer is returned as infinity, sooner.
    """
    if abs(len(one) - len(other)) * EDIT > limit:
        return float("inf")
    before: list[float] = []
    row = [i * EDIT for i in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i * EDIT]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + EDIT, row[-1] + EDIT, before[j - 1] + _exchange(letter, wanted))
            if i > 1 and j > 1 and one[i - 2] == wanted and letter == other[j - 2]:
                cost = min(cost, last[j - 2] + LIKELY_EDIT)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return float("inf")
    return row[-1] if row[-1] <= limit else float("inf")


def differ_in_vowels_alike(one: str, other: str) -> bool:
    """Tell whether two words differ by nothing but vowels that are said alike: 데이타, 데이터."""
    if len(letters(one)) != len(letters(other)):
        return False
    pairs = zip(letters(one), letters(other), strict=True)
    return all(a == b or (a in VOWELS and (a, b) in _ALIKE) for a, b in pairs)


def _exchange(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    alike = (letter, wanted) in _ALIKE or are_neighbours(letter, wanted)
    return LIKELY_EDIT if alike else EDIT

"""Footnotes: which lines are one, and which words they belong to."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from ingest.endings import is_predicate
from ingest.lines import Line
from ingest.marks import COUNTED_ITEM, NUMBERED, Family, Mark

# ¹⁾ and [^1] in running text, and 1) set against a word that opens no bracket of its own.
_REFERENCE = re.compile(
    r"(?<![¹²³⁰⁴-⁹])(?P<raised>[¹²³⁰⁴-⁹]{1,3})(?![¹²³⁰⁴-⁹])⁾?|\[\^(?P<named>\w{1,9})\](?!:)|(?<=[가-힣’”'\"」』.])(?P<plain>\d{1,2})\)"
)
_FOOTNOTE_SYMBOLS = frozenset({COUNTED_ITEM, NUMBERED})


# How far back in its line a closing bracket looks for the one it closes.
_BRACKET_CHARS = 200


@dataclass(frozen=True, slots=True)
class References:
    """Where a text refers to footnotes.

    Attributes:
        offsets: by the number referred to, in rising order.
    """

    offsets: dict[int, list[int]]

    @classmethod
    def read(cls, text: str) -> References:
        """Finds the references in a text."""
        offsets: dict[int, list[int]] = {}
        for found in _REFERENCE.finditer(text):
            value = _value(text, found)
            if value is not None:
                offsets.setdefault(value, []).append(found.start())
        return cls(offsets)

    def last_before(self, value: int, offset: int) -> int | None:
        """The last reference to a number ahead of an offset, or None."""
        offsets = self.offsets.get(value, [])
        place = bisect_left(offsets, offset)
        return offsets[place - 1] if place else None


def find_footnotes(lines: list[Line], references: References, taken: set[int]) -> list[int]:
    """Finds the lines that are footnotes.

    A line with a raised number is one wherever it stands. ``1) …`` and ``1. …`` are footnotes
    when a reference of that number stands above and the number does not go on from the line's
    own list or chapter sequence.
    """
    marks = [None if index in taken else line.mark for index, line in enumerate(lines)]
    found: list[int] = []
    last: dict[str, int] = {}
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark is None:
            continue
        if mark.family is Family.FOOTNOTE:
            found.append(index)
        elif mark.symbol in _FOOTNOTE_SYMBOLS and mark.value is not None:
            goes_on = mark.value == last.get(mark.symbol, 0) + 1
            is_open = references.last_before(mark.value, line.start) is not None
            if is_open and _is_aside(lines, marks, references, index, goes_on):
                found.append(index)
            else:
                last[mark.symbol] = mark.value
    return found


def _is_aside(
    lines: list[Line], marks: list[Mark | None], references: References, index: int, goes_on: bool
) -> bool:
    """Says whether a numbered line stands out of its sequence."""
    mark, line = marks[index], lines[index]
    if mark is None or mark.value is None or (goes_on and mark.symbol == NUMBERED):
        return False
    rest = islice(marks, index + 1, None)
    following = next((other for other in rest if other and other.symbol == mark.symbol), None)
    begins_list = following is not None and following.value == mark.value + 1
    if begins_list and references.last_before(mark.value + 1, line.start) is None:
        return False
    is_said = is_predicate(line.words) or line.text.endswith(".")
    return is_said or mark.symbol == COUNTED_ITEM


def _value(text: str, found: re.Match[str]) -> int | None:
    if found["raised"]:
        before = text[max(0, found.start() - 1) : found.start()]
        is_unit = before.isascii() and before.isalpha() and not found[0].endswith("⁾")  # km²
        at_line_start = not before.strip()
        return (
            None
            if is_unit or at_line_start
            else int(unicodedata.normalize("NFKC", found["raised"]))
        )
    if found["named"]:
        return int(found["named"]) if found["named"].isdecimal() else None
    line = text[max(0, found.start() - _BRACKET_CHARS) : found.start()].rpartition("\n")[2]
    return None if line.count("(") > line.count(")") else int(found["plain"])

"""Footnotes: which lines are one, and which words they belong to."""

from __future__ import annotations

import re
import unicodedata

from ingest.endings import is_predicate
from ingest.lines import Line, one_line
from ingest.marks import COUNTED_ITEM, NUMBERED, Family, Mark, read_mark

# ¹⁾ and [^1] in running text, and 1) set against a word that opens no bracket of its own.
_REFERENCE = re.compile(
    r"(?P<raised>[¹²³⁰⁴-⁹]+)⁾?|\[\^(?P<named>\w+)\](?!:)|(?<=[가-힣’”'\"」』.])(?P<plain>\d{1,2})\)"
)
_FOOTNOTE_SYMBOLS = frozenset({COUNTED_ITEM, NUMBERED})


def find_footnotes(text: str, lines: list[Line], taken: set[int]) -> list[int]:
    """Finds the lines that are footnotes.

    A line with a raised number is one wherever it stands. ``1) …`` and ``1. …`` are footnotes
    when a reference of that number stands above and the number does not go on from the line's
    own list or chapter sequence.
    """
    marks = [None if index in taken else read_mark(line.text) for index, line in enumerate(lines)]
    found: list[int] = []
    last: dict[str, int] = {}
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark is None:
            continue
        if mark.family is Family.FOOTNOTE:
            found.append(index)
        elif mark.symbol in _FOOTNOTE_SYMBOLS and mark.value is not None:
            goes_on = mark.value == last.get(mark.symbol, 0) + 1
            is_open = bool(references(text[: line.start], mark.value))
            if is_open and _is_aside(text, lines, marks, index, goes_on):
                found.append(index)
            else:
                last[mark.symbol] = mark.value
    return found


def _is_aside(
    text: str, lines: list[Line], marks: list[Mark | None], index: int, goes_on: bool
) -> bool:
    """Says whether a numbered line stands out of its sequence."""
    mark, line = marks[index], lines[index]
    if mark is None or mark.value is None or (goes_on and mark.symbol == NUMBERED):
        return False
    following = next(
        (
            other
            for other in marks[index + 1 :]
            if other is not None and other.symbol == mark.symbol
        ),
        None,
    )
    begins_list = following is not None and following.value == mark.value + 1
    if begins_list and not references(text[: line.start], mark.value + 1):
        return False
    is_said = is_predicate(one_line(line.text)) or line.text.endswith(".")
    return is_said or mark.symbol == COUNTED_ITEM


def references(text: str, value: int) -> list[int]:
    """Lists the offsets at which a text refers to a footnote of a number."""
    return [found.start() for found in _REFERENCE.finditer(text) if _value(text, found) == value]


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
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return None if line.count("(") > line.count(")") else int(found["plain"])

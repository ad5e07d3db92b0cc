"""Tables in text: runs of rows with tabs or pipes, told as ``열: 값`` pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.apparatus import is_caption, is_contents_entry
from ingest.lines import Line, one_line
from ingest.marks import Family, read_mark

_SEPARATOR = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_NUMERIC = re.compile(r"[△▲▽▼+\-−]?[\d,.\s]+(?:%|%p|년|명|개|건|원|억|만|천|달러|배|회|위)*$")
_EMPTY = re.compile(r"[-–—−]?$")
_CELL_MARK = re.compile(r"^[-–—·•○ㅇ*]\s+")
_CELL_BREAK = re.compile(r"\s+[-–—]\s+|\s*<br\s*/?>\s*")
_BACKSLASHED_PIPE = "\\|"
_PLACEHOLDER = "\x00"  # never in a normalised text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        first, last: indices of its first and last line.
        text: the row told as pairs; empty for a header or a line between header and body.
    """

    first: int
    last: int
    text: str


def find_tables(text: str, lines: list[Line]) -> list[list[Row]]:
    """Finds every table among the lines.

    Args:
        text: the text that the lines are of.
        lines: its lines.

    Returns:
        The rows of each table, header rows first.
    """
    tables: list[list[Row]] = []
    index = 0
    while index < len(lines):
        end = _run_end(text, lines, index)
        rows = [
            (first, last, _cells(text, lines, first, last))
            for first, last in _row_spans(text, lines, index, end)
        ]
        if len(rows) > 1 or (rows and index > 0 and is_caption(lines[index - 1].text)):
            tables.append(_tell(rows))
        index = max(end, index + 1)
    return tables


def _run_end(text: str, lines: list[Line], start: int) -> int:
    """The index behind the run of rows that begins at a line; the line's own if it is no row."""
    if not _is_row(text, lines[start]):
        return start
    end = start + 1
    while end < len(lines) and lines[end].gap == 0:
        if _is_row(text, lines[end]) or _is_broken_row(text, lines, end):
            end += 1
        else:
            break
    return end


def _is_row(text: str, line: Line) -> bool:
    if line.text.startswith("|"):
        return line.text.count("|") > 1
    raw = text[line.head : line.end]
    if "\t" not in raw or is_contents_entry(line.text):
        return False
    cells = raw.split("\t")
    mark = read_mark(f"{cells[0].strip()} ")
    lead = line.mark
    is_counted = lead is not None and lead.body > len(cells[0].strip()) and len(cells) == _PAIR
    is_indented = not any(cell.strip() for cell in cells[:-1])
    return not (mark is not None or is_counted) and not (is_indented and lead is not None)


_PAIR = 2


def _is_broken_row(text: str, lines: list[Line], index: int) -> bool:
    """A line without tabs between two rows: a cell that was set on several lines."""
    line = lines[index]
    follows = index + 1 < len(lines) and lines[index + 1].gap == 0
    if "\t" in line.text or line.text.startswith("|") or not follows:
        return False
    mark = line.mark
    if mark is not None and mark.family in {Family.CHAPTER, Family.NUMBER}:
        return False
    return "\t" in text[lines[index - 1].head : lines[index - 1].end] and _is_row(
        text, lines[index + 1]
    )


def _row_spans(text: str, lines: list[Line], start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for index in range(start, end):
        if _is_row(text, lines[index]) or not spans:
            spans.append((index, index))
        else:
            spans[-1] = (spans[-1][0], index)
    return spans


def _cells(text: str, lines: list[Line], first: int, last: int) -> list[str]:
    line = lines[first]
    if line.text.startswith("|"):
        if _SEPARATOR.match(line.text):
            return []
        bare = line.text.replace(_BACKSLASHED_PIPE, _PLACEHOLDER).strip("|")
        return [_clean(cell.replace(_PLACEHOLDER, "|")) for cell in bare.split("|")]
    return [_clean(cell) for cell in text[line.head : lines[last].end].split("\t")]


def _clean(cell: str) -> str:
    words = one_line(cell)
    if not _CELL_MARK.match(words):
        return (
            ", ".join(part for part in _CELL_BREAK.split(words) if part) if "<" in words else words
        )
    return ", ".join(part for part in _CELL_BREAK.split(_CELL_MARK.sub("", words)) if part)


def _tell(rows: list[tuple[int, int, list[str]]]) -> list[Row]:
    header, body = _split_header([cells for _, _, cells in rows])
    told: list[Row] = []
    above: list[str] = []
    for number, (first, last, cells) in enumerate(rows):
        if number < body or not cells:
            told.append(Row(first, last, ""))
            continue
        above = _inherit(cells, above)
        told.append(Row(first, last, _pairs(header, above)))
    return told


def _split_header(rows: list[list[str]]) -> tuple[list[str], int]:
    """The names of the columns, and how many rows hold them."""
    is_piped = len(rows) > 1 and not rows[1]
    if is_piped:
        return rows[0], 2
    if _starts_with_data(rows):
        return [], 0
    top = rows[0]
    has_second = len(rows) > _PAIR and bool(rows[1]) and not rows[1][0]
    if has_second and any(not cell for cell in top[1:]):
        names = _inherit_rightwards(top)
        below = rows[1] + [""] * (len(names) - len(rows[1]))
        joined = [
            " ".join(part for part in pair if part) for pair in zip(names, below, strict=False)
        ]
        return joined, 2
    return top, 1


def _starts_with_data(rows: list[list[str]]) -> bool:
    """A table without a header: its first row has a figure where the others have figures."""
    values = [cell for cell in rows[0][1:] if cell]
    if not values or len(rows) == 1:
        return len(rows) == 1
    same_first = bool(_NUMERIC.match(rows[0][0])) and bool(rows[0][0])
    return same_first and all(bool(cells[:1] and _NUMERIC.match(cells[0])) for cells in rows[1:])


def _inherit_rightwards(names: list[str]) -> list[str]:
    full: list[str] = []
    for name in names:
        full.append(name or (full[-1] if len(full) > 1 else ""))
    return full


def _inherit(cells: list[str], above: list[str]) -> list[str]:
    """Fills empty leading cells from the row above, as a merged cell loses its lower rows."""
    lead = next((place for place, cell in enumerate(cells) if cell), len(cells))
    return [*above[:lead], *[""] * (lead - len(above)), *cells[lead:]]


def _pairs(header: list[str], cells: list[str]) -> str:
    told = []
    for place, cell in enumerate(cells):
        if _EMPTY.match(cell):
            continue
        name = header[place] if place < len(header) else ""
        told.append(f"{name}: {cell}" if name else cell)
    return " / ".join(told)

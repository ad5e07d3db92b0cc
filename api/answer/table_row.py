"""A row of a table as its cells, and which tables rows belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.answer.selection import Candidate
from api.answer.wording import BETWEEN_CELLS, cleaned
from ingest.records import BlockKind
from retriever.folding import fold

_NAME = ": "
_BLANKS = re.compile(r"\s+")
_COMMAS = re.compile(r",\s+(?![^()]*\))|\s및\s")
_AND_OTHERS = re.compile(r"\s(?:등|와 같은|과 같은)(?:\s.*)?$")
_PARTS = re.compile(r"\s*(?:;\s+|[,;]?\s*[①-⑳]\s*)")
# Columns that name nothing: what stands in them is just what is said of the row.
_GENERAL = re.compile(
    r"(?:주요|세부|상세|핵심|추진)?\s?(?:내용|설명|비고|구분|항목|개요|사항|특이사항|분류)"
)
_GENERAL_NOTE = re.compile(rf"\s?\((?:{_GENERAL.pattern})\)$")
# A shorter cell is in many questions by chance.
_MIN_NAME = 2
_MIN_PIECE = 3
_NUMBERED = re.compile(r"(?:표|도표|\btable)\s?(?P<number>\d{1,3})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``column`` is empty where the table has no header for it."""

    column: str
    value: str

    @property
    def is_general(self) -> bool:
        """Whether its column names nothing, as 내용 and 비고."""
        return not self.column or _GENERAL.fullmatch(self.column) is not None

    @property
    def heading(self) -> str:
        """The name of its column, without an addition that says nothing."""
        return _GENERAL_NOTE.sub("", self.column)

    @property
    def parts(self) -> tuple[str, ...]:
        """What it enumerates: parts between semicolons or behind ①, or its value alone."""
        found = tuple(part for part in _PARTS.split(self.value) if part)
        return found or (self.value,)

    @property
    def told(self) -> str:
        """Its value on one line, parts joined by commas."""
        return ", ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """A quoted row.

    Attributes:
        candidate: the sentence that it is.
        cells: from the left; never empty.
    """

    candidate: Candidate
    cells: tuple[Cell, ...]

    @property
    def first(self) -> Cell:
        """The cell that names it, or that names what it belongs to."""
        return self.cells[0]

    @property
    def table(self) -> tuple[str, tuple[str, ...], str]:
        """What only rows of the same table share."""
        path = self.candidate.sentence.path
        return self.candidate.passage.document_id, path, self.first.column

    def cell(self, column: str) -> Cell | None:
        """Return the cell of a column, or None where it is empty."""
        return next((cell for cell in self.cells if cell.column == column), None)

    def added(self, text: str, words: Iterable[str]) -> tuple[str, ...]:
        """Return those of ``words`` in ``text`` that do not stand in the row as it is written."""
        passage, sentence = self.candidate.passage, self.candidate.sentence
        quote = squeezed(
            passage.text[sentence.start - passage.start : sentence.end - passage.start]
        )
        said: list[str] = []
        for word in words:
            if word and word in text and squeezed(word) not in quote and word not in " ".join(said):
                said.append(word)
        return tuple(said)


def cells_of(text: str) -> list[Cell]:
    """Read a row as it is told, ``열: 값 / 열: 값``."""
    cells = []
    for part in text.split(BETWEEN_CELLS):
        column, found, value = part.partition(_NAME)
        cells.append(Cell(column.strip(), value.strip()) if found else Cell("", part.strip()))
    return cells


def is_row(candidate: Candidate) -> bool:
    """Tell whether a sentence is a row of a table."""
    return candidate.sentence.kind is BlockKind.TABLE_ROW


def row_of(candidate: Candidate) -> Row:
    """Read a row."""
    return Row(candidate, tuple(cells_of(cleaned(candidate.sentence.text))))


def rows_of(table: tuple[str, tuple[str, ...], str], ranked: Sequence[Candidate]) -> list[Row]:
    """Return all rows of one table that may be quoted, in reading order, each once."""
    rows = (row_of(candidate) for candidate in ranked if is_row(candidate))
    own = {row.candidate.place: row for row in rows if row.table == table}
    return sorted(own.values(), key=lambda row: row.candidate.sentence.start)


def named_parts(cell: Cell, question: str) -> tuple[str, ...]:
    """Return the parts of a cell, or its whole value, that stand in a question."""
    asked = squeezed(question)
    if _stands(cell.value, asked):
        return (cell.told,)
    parts = tuple(part for part in cell.parts if _stands(part, asked))
    return parts or tuple(piece for piece in pieces(cell) if _stands(piece, asked, _MIN_PIECE))


def pieces(cell: Cell) -> tuple[str, ...]:
    """Return what commas part in a cell: CAR-T and CAR-NK of ``CAR-T, CAR-NK 등``."""
    enumerated = (_AND_OTHERS.sub("", part) for part in cell.parts)
    return tuple(piece.strip() for part in enumerated for piece in _COMMAS.split(part))


def of_numbered(question: str, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the rows of the table whose number a question names, the likeliest first."""
    asked = _NUMBERED.search(question)
    if asked is None:
        return []
    return [c for c in ranked if is_row(c) and asked["number"] in _numbers(c.sentence.path)]


def squeezed(text: str) -> str:
    """Return a text folded and without blanks."""
    return _BLANKS.sub("", fold(text))


def _numbers(path: Sequence[str]) -> list[str]:
    return [match["number"] for above in path[-1:] for match in _NUMBERED.finditer(above)]


def _stands(value: str, asked: str, least: int = _MIN_NAME) -> bool:
    bare = squeezed(value)
    return len(bare) >= least and bare in asked

"""A row of a table told as the cell that is asked for, its row and column named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.answer.selection import Candidate
from api.answer.spoken import SpokenSentence
from api.answer.wording import cleaned, is_noun_phrase
from ingest.records import BlockKind
from retriever.folding import fold
from retriever.particles import with_particle

_CELL = " / "
_NAME = ": "
_BLANKS = re.compile(r"\s+")
_MIN_CELLS = 2
# What makes a heading of a column be the one that is asked for: its words in the question.
_MIN_SHARED = 0.5
# A longer cell is no name of a row.
_NAME_CHARS = 40
_WHICH = r"(?:어느|무슨|어떤)\s?"
_STEM_MARK = "/v"
_NUMBER_MARK = "#"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``column`` is empty where the table has no header for it."""

    column: str
    value: str


def cells_of(text: str) -> list[Cell]:
    """Read a row as it is told, ``열: 값 / 열: 값``."""
    cells = []
    for part in text.split(_CELL):
        column, found, value = part.partition(_NAME)
        cells.append(Cell(column.strip(), value.strip()) if found else Cell("", part.strip()))
    return cells


def table_answer(
    question: str, candidate: Candidate, terms: Mapping[str, float]
) -> SpokenSentence | None:
    """Return the cell of a row that the question asks for, or None where it does not tell.

    Args:
        question: the question.
        candidate: a sentence; other kinds than rows give None.
        terms: the question's words.
    """
    if candidate.sentence.kind is not BlockKind.TABLE_ROW:
        return None
    cells = cells_of(cleaned(candidate.sentence.text))
    asked = _asked(question, [cell for cell in cells if cell.column], terms)
    if asked is None or _squeezed(asked.value) in _squeezed(question):
        return None
    row = _row_name([cell for cell in cells if cell is not asked], terms)
    if len(row.value) > _NAME_CHARS:
        return None
    value = asked.value.replace("; ", ", ")
    quote = _squeezed(_quote(candidate))
    added = tuple(part for part in (asked.column,) if _squeezed(part) not in quote)
    if asked is cells[0] and row.column and is_noun_phrase(value):
        named = f"{with_particle(row.column, '이/가')} {row.value}인 {asked.column}"
        told = f"{with_particle(named, '은/는')} {value}입니다."
    elif is_noun_phrase(value):
        told = f"{row.value}의 {with_particle(asked.column, '은/는')} {value}입니다."
    else:
        told = f"{row.value}의 {asked.column}: {value}"
    return SpokenSentence(told, (candidate,), added)


def _asked(question: str, cells: Sequence[Cell], terms: Mapping[str, float]) -> Cell | None:
    """Return the one cell whose column the question names.

    The first column names the rows: it is asked for only by 어느, 무슨 or 어떤.
    """
    if len(cells) < _MIN_CELLS:
        return None
    if re.search(_WHICH + re.escape(cells[0].column), question):
        return cells[0]
    if len(cells) == _MIN_CELLS and _squeezed(cells[0].value) in _squeezed(question):
        return cells[1]  # beside the name of its row there is nothing else to ask for
    scored = sorted(
        ((_shared(question, cell.column, terms), cell) for cell in cells[1:]), key=lambda s: -s[0]
    )
    rival = scored[1][0] if len(scored) > 1 else 0.0
    is_clear = scored[0][0] >= _MIN_SHARED and scored[0][0] > rival
    return scored[0][1] if is_clear else None


def _row_name(cells: Sequence[Cell], terms: Mapping[str, float]) -> Cell:
    """Return the cell that holds most of the question's words, the first where none does more."""

    def held(cell: Cell) -> float:
        squeezed = _squeezed(cell.value)
        return sum(idf for word, idf in terms.items() if _bare(word) in squeezed)

    return max(cells, key=held)


def _shared(question: str, column: str, terms: Mapping[str, float]) -> float:
    """Return how much of a column's name stands in the question, 0..1."""
    name = _squeezed(column)
    if not name:
        return 0.0
    if name in _squeezed(question):
        return 1.0
    held = sum(len(word) for word in map(_bare, terms) if word in name)
    return min(held / len(name), 1.0)


def _bare(term: str) -> str:
    return term.removeprefix(_NUMBER_MARK).removesuffix(_STEM_MARK)


def _quote(candidate: Candidate) -> str:
    passage, sentence = candidate.passage, candidate.sentence
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", fold(text))

"""What a question asks of a row of a table: a column, the name of the row, or all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from api.answer.row_sentence import names_a_group
from api.answer.selection import Candidate
from api.answer.table_row import (
    Cell,
    Row,
    is_row,
    named_parts,
    of_numbered,
    pieces,
    row_of,
    squeezed,
)
from retriever.folding import fold
from retriever.term_kind import bare

_MIN_CELLS = 2
# What makes a heading of a column be the one that is asked for: its words in the question.
_MIN_SHARED = 0.5
_WHICH = r"(?:어느|무슨|어떤)\s?"
_BELONGS = re.compile(r"(?:어디|무엇|어느|어떤|무슨)[^?]{0,12}(?:속하|속해|속한|해당|분류)")
_HOLDS = re.compile(
    r"(?:\s?(?:분야|부문|영역))?에(?:는|도)?\s"
    r"[^?]*(?:무엇|무슨|뭐|뭘|어떤)[^?]*(?:있|포함|들어|속하|해당)"
)
_WHOLE_TABLE = re.compile(
    r"(?<![가-힣])표(?:\s?\d+)?\]?(?:의|을|를|에는|에|은|는)?\s*"
    r"(?:내용|보여|알려|설명|정리|무엇|무슨|뭐|뭘|\?|$)"
)
_NAMES = (
    r"(?:들)?(?:은|는|이|가|을|를|에는|에)?\s*"
    r"(?:무엇|무슨|뭐|뭘|뭔|어떤|모두|전부|알려|나열|열거|보여|말해|설명|정리|꼽|표(?!에서)|[?]|$)"
)
# So many rows may be just what is asked for.
_MOST = 3


def asks_for_table(question: str) -> bool:
    """Tell whether all of a table is asked for: 표 2의 내용을 알려 주세요."""
    return _WHOLE_TABLE.search(question) is not None


def asks_which(question: str, column: str) -> bool:
    """Tell whether a question asks 어느 분야, where ``column`` is 분야."""
    return re.search(_WHICH + re.escape(column), question) is not None


def looked_up(question: str, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the rows that are just what is asked for, whatever else is likely to answer.

    They are those that what the question begins with belongs to (전자약은 어느 분야에 속하나요?),
    or those of the name that it begins with (AI 정밀의료에는 어떤 기술이 있나요?), or the table
    whose number it names.
    """
    numbered = of_numbered(question, ranked) if asks_for_table(question) else []
    if numbered:
        return numbered
    rows = (row_of(candidate) for candidate in ranked if is_row(candidate))
    return [row.candidate for row in rows if _is_looked_up(question, row)][:_MOST]


def _is_looked_up(question: str, row: Row) -> bool:
    if len(row.cells) < _MIN_CELLS:
        return False
    if _holds(question, row):
        return True
    begins = squeezed(question)
    parts = (part for c in row.cells[1:] for part in (c.told, *c.parts, *pieces(c)) if part)
    return asks_for_first(question, row) and any(
        re.match(re.escape(squeezed(part)) + r"[은는이가]", begins) for part in parts
    )


def _holds(question: str, row: Row) -> bool:
    """Tell whether a question asks what there is under the name of a row."""
    name = r"\s*".join(map(re.escape, row.first.value.split()))
    has_contents = any(cell.is_general for cell in row.cells[1:])
    return has_contents and re.match(name + _HOLDS.pattern, question) is not None


def asks_for_first(question: str, row: Row) -> bool:
    """Tell whether the first column is asked for: by 어느 or by what belongs to it."""
    column = row.first.heading
    if len(row.cells) < _MIN_CELLS or not column:
        return False
    if _BELONGS.search(question) and names_a_group(row.first):
        return not any(squeezed(c.heading) in squeezed(question) for c in row.cells[1:])
    asks_back = re.search(re.escape(column) + r"(?:은|는)\s?(?:어디|무엇|뭐|누구|어느)", question)
    if not asks_back and not asks_which(question, column):
        return False
    # 어떤 분야에 적용 asks for 주요 적용 분야 rather than for 분야.
    rivals = (cell.heading for cell in row.cells[1:] if column in cell.heading)
    others = (word for name in rivals for word in name.split() if word != column)
    return not any(word in question for word in others)


def asked_cell(question: str, row: Row, terms: Mapping[str, float]) -> Cell | None:
    """Return the one cell besides the first whose column the question names."""
    cells = [cell for cell in row.cells[1:] if cell.column]
    if not cells or not row.first.column:
        return None
    if len(row.cells) == _MIN_CELLS and named_parts(row.first, question):
        return cells[0]  # beside the name of its row there is nothing else to ask for
    if _holds(question, row):
        return next(cell for cell in row.cells[1:] if cell.is_general)
    scored = sorted(
        ((_shared(question, cell.heading, terms), cell) for cell in cells), key=lambda s: -s[0]
    )
    rival = scored[1][0] if len(scored) > 1 else 0.0
    share, best = scored[0]
    is_clear = share >= _MIN_SHARED and share > rival and not _is_last(question, row, best)
    return best if is_clear else None


def _is_last(question: str, row: Row, cell: Cell) -> bool:
    """Tell whether a question ends in the name of the first column: 지원 사업의 구분은?"""
    asked, first, own = map(squeezed, (question, row.first.heading, cell.heading))
    return own in asked and bool(first) and asked.rfind(first) >= asked.rfind(own) + len(own)


def _shared(question: str, column: str, terms: Mapping[str, float]) -> float:
    """Return how much of a column's name stands in the question, 0..1."""
    name = squeezed(column)
    if not name:
        return 0.0
    if name in squeezed(question):
        return 1.0
    held = sum(len(word) for word in map(bare, terms) if word in name)
    return min(held / len(name), 1.0)


def asks_for_names(question: str, row: Row) -> bool:
    """Tell whether a question asks for the names of the rows: 핵심 기술은? 분야를 알려 주세요."""
    heading = r"\s*".join(map(re.escape, squeezed(row.first.heading)))
    return bool(heading) and re.search(heading + _NAMES, fold(question)) is not None


def without_others(question: str, rows: Sequence[Row]) -> list[Row]:
    """Return only the rows that a question names, where it calls any of them by its name."""
    asked = [row for row in rows if named_parts(row.first, question)]
    return asked if asked and asked[0] is not rows[0] else list(rows)


def named_rows(question: str, rows: Sequence[Row]) -> list[Row]:
    """Return only the rows that the question names, where it names the best of them.

    Of one name only those are meant that it also tells apart by a further cell.
    """

    def is_named(row: Row) -> bool:
        return any(named_parts(cell, question) for cell in row.cells)

    told_apart = [r for r in rows if named_parts(r.first, question) and _own_names(question, r)]
    named = [row for row in rows if is_named(row)] if is_named(rows[0]) else list(rows)
    return told_apart or named


def _own_names(question: str, row: Row) -> list[Cell]:
    """Return the cells behind the first that the question names, and the first does not hold."""
    name = squeezed(row.first.value)
    return [
        cell
        for cell in row.cells[1:]
        if any(squeezed(part) not in name for part in named_parts(cell, question))
    ]


def row_name(question: str, row: Row, column: str, terms: Mapping[str, float]) -> Cell:
    """Return the cell that a row is called by: the first, or one that the question names."""
    others = [cell for cell in _own_names(question, row) if cell.column != column]
    if others:
        return max(others, key=lambda cell: len(cell.value))
    if named_parts(row.first, question):
        return row.first

    def held(cell: Cell) -> float:
        return sum(idf for word, idf in terms.items() if bare(word) in squeezed(cell.value))

    before = row.cells[: next(i for i, c in enumerate(row.cells) if c.column == column)]
    return max((c for c in before if c.is_general or c is row.first), key=held)

"""Korean sentences from the cells of a row: no reader is shown ``열: 값 / 열: 값``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.selection import Candidate
from api.answer.table_row import Cell, is_row, row_of, squeezed
from api.answer.wording import is_noun_phrase
from retriever.particles import with_particle

# A longer name is told without what it says in brackets.
_NAME_CHARS = 40
_BRACKETS = re.compile(r"\s?\([^()]*\)")
# Columns of these name groups: what a row tells belongs to them.
_GROUPS = re.compile(
    r"(?:분야|구분|분류|유형|종류|범주|영역|부문|업종|산업|단계|기술|전략|과제|사업|계열|그룹|부류)$"
)


def name_told(value: str) -> str:
    """Return the name of a row short enough to begin a sentence with."""
    return value if len(value) <= _NAME_CHARS else _BRACKETS.sub("", value)


def of_column(name: str, column: str, value: str) -> str:
    """Return 금산의 업체 수는 612개입니다."""
    if is_noun_phrase(value):
        return f"{name}의 {with_particle(column, '은/는')} {value}입니다."
    return f"{name}의 {column}: {value}"


def containing(name: str, value: str) -> str:
    """Return 세포 치료제에는 CAR-T 등이 있습니다: where the column names nothing."""
    if is_noun_phrase(value):
        return f"{name}에는 {with_particle(value, '이/가')} 있습니다."
    return f"{name}: {value}"


def belonging(value: str, group: Cell) -> str:
    """Return 유전체 정밀분석은 AI 바이오시스템 분야에 속합니다."""
    name = name_told(group.told)
    told = group.is_general or " " in group.heading
    if told or squeezed(name).endswith(squeezed(group.heading)):
        return f"{with_particle(value, '은/는')} {name}에 속합니다."
    return f"{with_particle(value, '은/는')} {name} {group.heading}에 속합니다."


def names_a_group(cell: Cell) -> bool:
    """Tell whether rows belong to what a cell names, rather than that they are about it."""
    return cell.is_general or _GROUPS.search(cell.heading) is not None


def whole(cells: Sequence[Cell]) -> str:
    """Return all that a row tells as one sentence."""
    first, rest = cells[0], cells[1:]
    name = name_told(first.told)
    if not rest:
        return belonging(first.told, Cell("", first.heading)) if first.column else first.told
    if not any(cell.column for cell in cells):
        return f"{name}: {', '.join(cell.told for cell in rest)}"
    told = [cell for cell in rest if not cell.is_general]
    bare = [cell for cell in rest if cell.is_general and cell.told != first.told]
    if not told:
        return containing(name, ", ".join(cell.told for cell in bare)) if bare else name
    if all(is_noun_phrase(cell.told) for cell in (*told, *bare)):
        named = "의 ".join((name, *(cell.told for cell in bare)))
        each = ", ".join(f"{with_particle(cell.heading, '이/가')} {cell.told}" for cell in told)
        return f"{with_particle(named, '은/는')} {each}입니다."
    return plainly(cells)


def plainly(cells: Sequence[Cell]) -> str:
    """Return 금산: 업체 수 612개, 주요 품목 홍삼: all that a row tells, in its words alone."""
    rest = labelled([cell for cell in cells[1:] if cell.told != cells[0].told])
    return f"{name_told(cells[0].told)}: {', '.join(rest)}" if rest else cells[0].told


def in_its_words(candidate: Candidate) -> str:
    """Return a sentence as the document has it; of a row what ``plainly`` says."""
    return plainly(row_of(candidate).cells) if is_row(candidate) else candidate.sentence.text


def labelled(cells: Sequence[Cell]) -> list[str]:
    """Return values, each behind the name of its column where there are several."""
    return [
        cell.told if cell.is_general or len(cells) == 1 else f"{cell.heading} {cell.told}"
        for cell in cells
    ]


def headings_told(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names of columns that ``whole`` says."""
    own = [cell.heading for cell in cells[1:] if not cell.is_general]
    return (cells[0].heading,) if len(cells) == 1 else tuple(own)


def joined(values: Sequence[str]) -> str:
    """Return 작물 산업과 식품 산업, or more values with commas between."""
    match values:
        case [first, second] if "," not in first + second:
            return f"{with_particle(first, '과/와')} {second}"
    return ", ".join(values)

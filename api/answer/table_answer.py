"""Rows of a table told as what is asked: a cell, all cells of one name, or all names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.answer.row_sentence import (
    belonging,
    containing,
    headings_told,
    joined,
    labelled,
    name_told,
    names_a_group,
    of_column,
    plainly,
    whole,
)
from api.answer.selection import Candidate
from api.answer.spoken import ITEM, SpokenSentence
from api.answer.table_question import (
    asked_cell,
    asks_for_first,
    asks_for_names,
    asks_for_table,
    asks_which,
    named_rows,
    row_name,
    without_others,
)
from api.answer.table_row import (
    Cell,
    Row,
    named_parts,
    row_of,
    rows_of,
    squeezed,
)
from api.answer.wording import is_noun_phrase
from retriever.particles import with_particle

# Values of one name are told in one sentence while they are as few and as short as this.
_JOINED = 3
_JOINED_CHARS = 100
# So many rows are rather a list than sentences; no list is longer than that.
_LISTED = 3
_MIN_NAMES = 2
_MAX_ITEMS = 12
# Of more rows than this only the names are told where just these are asked for, and of more than
# a list has, only what stands right beside the names.
_TOLD_WHOLE = 6
_CAPTION = re.compile(r"^[\[<(]?\s*(?:표|table)\s?\d+\s*[\])>.:]*\s*|^\[|\]$", re.IGNORECASE)


def table_answer(
    question: str,
    chosen: Sequence[Candidate],
    ranked: Sequence[Candidate],
    terms: Mapping[str, float],
) -> list[SpokenSentence]:
    """Return what the chosen rows tell, those of one table together.

    Args:
        question: the question.
        chosen: rows to tell, the likeliest first.
        ranked: all sentences that may be quoted.
        terms: the question's words.
    """
    rows = without_others(question, [row_of(candidate) for candidate in chosen])
    tables = dict.fromkeys(row.table for row in rows)
    return [
        said
        for table in tables
        for said in _told(
            question, [row for row in rows if row.table == table], rows_of(table, ranked), terms
        )
    ]


def _told(
    question: str, chosen: Sequence[Row], every: Sequence[Row], terms: Mapping[str, float]
) -> list[SpokenSentence]:
    """Tell the chosen rows of one table, the likeliest first, with what else of it is asked."""
    rows = named_rows(question, chosen)
    best = rows[0]
    named = [cell for row in rows for cell in row.cells if named_parts(cell, question)]
    if asks_for_first(question, best) and named and best.first not in named:
        return [_belongs(question, row) for row in rows]
    if asks_for_table(question) and not named:
        return _list(question, every)
    asked = asked_cell(question, best, terms)
    several = len({row.first.value for row in rows}) >= _LISTED and not named
    if asked is not None and squeezed(asked.value) not in squeezed(question):
        if several:
            return _list(question, rows, asked)
        return _column(question, asked.column, rows, every, terms)
    names = asks_for_names(question, best)
    if not named and len(rows) >= (_MIN_NAMES if names else _LISTED):
        return _list(question, every if names else rows)
    return [_whole(row) for row in rows]


def _column(
    question: str,
    column: str,
    rows: Sequence[Row],
    every: Sequence[Row],
    terms: Mapping[str, float],
) -> list[SpokenSentence]:
    """Tell one column: of the names that are asked about all that it holds."""
    told: dict[str, list[SpokenSentence]] = {}
    for row in rows:
        name = row_name(question, row, column, terms)
        if name is row.first:
            own = [other for other in every if other.first.value == name.value]
            told.setdefault(name.value, _of_one_name(question, column, own))
        else:
            told.setdefault(
                row.candidate.passage.id + row.candidate.sentence.text, [_cell(row, name, column)]
            )
    return [said for sentences in told.values() for said in sentences]


def _cell(row: Row, name: Cell, column: str) -> SpokenSentence:
    """Tell one cell of one row, called by a cell that is not its first."""
    asked = row.cell(column)
    if asked is None or asked is name:
        return _whole(row)
    columns = [cell.column for cell in row.cells]
    if columns.index(name.column) > columns.index(asked.column) and not name.is_general:
        # What stands behind is said of what stands before, not the other way round.
        named = f"{asked.told}의 {name.heading}"
        text = f"{with_particle(name.told, '은/는')} {named}입니다."
        return SpokenSentence(text, (row.candidate,), row.added(text, (name.heading,)))
    return _said_of(row, name_told(name.told), asked, general=asked.is_general)


def _said_of(row: Row, name: str, cell: Cell, *, general: bool) -> SpokenSentence:
    if name == cell.told:
        return _whole(row)
    if general:
        return SpokenSentence(containing(name, cell.told), (row.candidate,))
    text = of_column(name, cell.heading, cell.told)
    return SpokenSentence(text, (row.candidate,), row.added(text, (cell.heading,)))


def _of_one_name(question: str, column: str, rows: Sequence[Row]) -> list[SpokenSentence]:
    """Tell what a column holds in all rows of one name."""
    cells = {cell.told: (row, cell) for row in rows if (cell := row.cell(column)) is not None}
    pairs = list(cells.values())[:_MAX_ITEMS]
    name, (row, cell) = name_told(rows[0].first.told), pairs[0]
    general = cell.is_general
    each = [_said_of(own, name, held, general=general) for own, held in pairs]
    values = [held.told for _, held in pairs]
    if len(pairs) == 1 or not all(map(is_noun_phrase, values)):
        return each
    candidates = tuple(own.candidate for own, _ in pairs)
    if len(pairs) <= _JOINED and sum(map(len, values)) <= _JOINED_CHARS:
        value = joined(values)
        text = containing(name, value) if general else of_column(name, cell.heading, value)
        added = row.added(text, (cell.heading,))
        return [SpokenSentence(text, candidates, added, parts=tuple(said.text for said in each))]
    called = f"{name}의 {with_particle(cell.heading, '은/는')} 다음과 같습니다."
    lead = f"{name}에는 다음이 있습니다." if general and column not in question else called
    said = SpokenSentence(lead, candidates[:1], row.added(lead, (cell.heading,)))
    items = zip(values, candidates, each, strict=True)
    return [said, *(_item(value, (own,), (told.text,)) for value, own, told in items)]


def _list(question: str, rows: Sequence[Row], asked: Cell | None = None) -> list[SpokenSentence]:
    """Tell many rows as a list, of each the column that is asked for, or all of them.

    Of a long table only the names are told where just these are asked for.
    """
    best = rows[0]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.first.value, []).append(row)
    names_only = asks_for_names(question, best) and len(rows) > _TOLD_WHOLE
    beside = 1 if len(rows) > _MAX_ITEMS else None
    items = [
        _item(name_told(group[0].first.told), [row.candidate for row in group[:1]])
        if names_only
        else _group(group, beside, asked.column if asked else None)
        for group in list(groups.values())[:_MAX_ITEMS]
    ]
    if len(items) == 1:
        return [_whole(row) for row in rows]
    caption, heading = _caption(best), best.first.heading
    called = _called(caption, heading) if names_only else caption or heading
    if asked is not None and not asked.is_general:
        called = asked.heading
    if not called:
        return items
    text = f"{with_particle(called, '은/는')} 다음과 같습니다."
    return [
        SpokenSentence(text, (best.candidate,), best.added(text, (called, caption, heading))),
        *items,
    ]


def _caption(row: Row) -> str:
    """Return what stands above a table, without its number; nothing where it is cut."""
    path = row.candidate.sentence.path
    above = _CAPTION.sub("", _CAPTION.sub("", path[-1])).strip() if path else ""
    return above if above.count("‘") == above.count("’") else ""


def _called(caption: str, heading: str) -> str:
    """Return what the names in a table's first column are together."""
    if not caption or not heading or caption.endswith(heading):
        return caption or heading
    return heading if squeezed(heading) in squeezed(caption) else f"{caption}의 {heading}"


def _group(rows: Sequence[Row], beside: int | None, column: str | None) -> SpokenSentence:
    """Tell the rows of one name as one item: X: a, b.

    Args:
        rows: of the same name.
        beside: how many cells beside the name to tell, or None for all.
        column: the one to tell, or None for all.
    """
    name = name_told(rows[0].first.told)
    cells = [
        [c for c in row.cells[1:][:beside] if c.told != name and column in (None, c.column)]
        for row in rows
    ]
    values = [", ".join(labelled(own)) for own in cells]
    held = [(value, row.candidate) for value, row in zip(values, rows, strict=True) if value]
    if not held:
        return _item(name, [rows[0].candidate])
    text = f"{name}: {', '.join(value for value, _ in held)}"
    parts = [containing(name, value) for value, _ in held]
    headings = [c.heading for own in cells for c in own if not c.is_general]
    said = _item(text, [candidate for _, candidate in held], parts)
    return replace(said, added=rows[0].added(text, headings))


def _item(text: str, candidates: Sequence[Candidate], parts: Sequence[str] = ()) -> SpokenSentence:
    return SpokenSentence(ITEM + text, tuple(candidates), parts=tuple(parts))


def _belongs(question: str, row: Row) -> SpokenSentence:
    """Tell which name a row has that the question describes by another cell."""
    known, parts = next(
        (cell, found) for cell in row.cells[1:] if (found := named_parts(cell, question))
    )
    value = ", ".join(parts)
    between = [cell for cell in row.cells[1 : row.cells.index(known)] if cell.is_general]
    if between and not asks_which(question, row.first.heading):
        return _cell(row, Cell(known.column, value), between[0].column)
    if names_a_group(row.first) and not value[:1].isdigit():
        text = belonging(value, row.first)
        return SpokenSentence(text, (row.candidate,), row.added(text, (row.first.heading,)))
    named = f"{with_particle(known.heading, '이/가')} {value}인 {row.first.heading}"
    text = f"{with_particle(named, '은/는')} {row.first.told}입니다."
    words = (known.heading, row.first.heading)
    return SpokenSentence(text, (row.candidate,), row.added(text, words))


def _whole(row: Row) -> SpokenSentence:
    text = whole(row.cells)
    added = row.added(text, headings_told(row.cells))
    return SpokenSentence(text, (row.candidate,), added, plain=plainly(row.cells))

"""Roles that lines take whatever stands in the outline: title, tables, captions, furniture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.apparatus import (
    is_caption,
    is_chapter_word,
    is_note,
    is_page_number,
    is_references_title,
    is_rule,
    is_source,
    is_unit,
)
from ingest.endings import Ending, ending
from ingest.footnotes import References, find_footnotes
from ingest.front import find_contents, find_running_heads, find_title
from ingest.lines import Line, one_line
from ingest.marks import LOST_CIRCLE, Family, Mark
from ingest.records import BlockKind
from ingest.table import find_tables

_NOTED = frozenset({BlockKind.CAPTION, BlockKind.TABLE_ROW, BlockKind.SOURCE})


@dataclass(frozen=True, slots=True)
class Role:
    """What a run of lines is.

    Attributes:
        kind: its kind.
        last: index of the run's last line.
        text: its words where they are not those of the lines; None for the lines' own.
        is_title: whether it is the title of the document.
    """

    kind: BlockKind
    last: int
    text: str | None = None
    is_title: bool = False


@dataclass(slots=True)
class _Claims:
    """Roles given so far; a line is given one role, by whoever asks first."""

    roles: dict[int, Role] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def give(self, first: int, role: Role) -> None:
        span = range(first, role.last + 1)
        if self.taken.isdisjoint(span):
            self.roles[first] = role
            self.taken.update(span)

    def give_all(self, indices: Iterable[int], kind: BlockKind) -> None:
        for index in indices:
            self.give(index, Role(kind, index))


def assign_roles(
    text: str, lines: list[Line], references: References, known_title: str | None
) -> dict[int, Role]:
    """Gives roles to the lines that are not plain outline or prose.

    Args:
        text: the text that the lines are of.
        lines: its lines.
        references: where it refers to footnotes.
        known_title: the title where front matter gives one.

    Returns:
        Roles by the index of their first line.
    """
    claims = _Claims()
    _give_tables(claims, text, lines)
    title = find_title(lines, known_title)
    if title.last >= 0:
        claims.give(title.first, Role(BlockKind.HEADING, title.last, is_title=True))
    claims.give_all(title.furniture, BlockKind.FURNITURE)
    claims.give_all(_drawn(lines), BlockKind.FURNITURE)
    claims.give_all(find_contents(lines, claims.taken), BlockKind.CONTENTS)
    claims.give_all(find_running_heads(lines, title, claims.taken), BlockKind.FURNITURE)
    _give_references(claims, lines)
    claims.give_all(find_footnotes(lines, references, claims.taken), BlockKind.FOOTNOTE)
    _give_captions(claims, lines)
    return claims.roles


def _drawn(lines: list[Line]) -> Iterator[int]:
    for index, line in enumerate(lines):
        if is_rule(line.text) or is_page_number(line.text):
            yield index


def _give_tables(claims: _Claims, text: str, lines: list[Line]) -> None:
    for rows in find_tables(text, lines):
        for row in rows:
            kind = BlockKind.TABLE_ROW if row.text else BlockKind.FURNITURE
            claims.give(row.first, Role(kind, row.last, row.text or None))


def _give_references(claims: _Claims, lines: list[Line]) -> None:
    is_open = False
    for index, line in enumerate(lines):
        if index in claims.taken:
            continue
        mark = line.mark
        words = _words(line, mark)
        if is_references_title(words):
            is_open = mark is None or mark.family in {Family.CHAPTER, Family.NUMBER}
        elif (mark is not None and mark.family is Family.CHAPTER) or is_chapter_word(words):
            is_open = False
        elif is_open:
            last = index
            while last + 1 < len(lines) and _continues_entry(lines, last + 1, claims.taken):
                last += 1
            claims.give(index, Role(BlockKind.REFERENCE, last))


def _continues_entry(lines: list[Line], index: int, taken: set[int]) -> bool:
    line, above = lines[index], lines[index - 1]
    if line.gap or index in taken or line.mark is not None:
        return False
    return line.indent > above.indent or ending(above.text) is Ending.BROKEN


def _give_captions(claims: _Claims, lines: list[Line]) -> None:
    above: Role | None = None
    for index, line in enumerate(lines):
        if index in claims.taken:
            above = claims.roles.get(index, above)
            continue
        words = line.words
        follows_note = above is not None and above.kind in _NOTED
        role = None
        if is_unit(words) or is_caption(words):
            role = _caption(lines, index, claims.taken)
        elif is_source(words) or (follows_note and is_note(words)):
            role = Role(BlockKind.SOURCE, index)
        if role is not None:
            claims.give(index, role)
        above = role


def _caption(lines: list[Line], index: int, taken: set[int]) -> Role:
    """A caption takes in the unit that stands behind it."""
    after = index + 1
    takes_unit = after < len(lines) and after not in taken and is_unit(lines[after].text)
    return Role(BlockKind.CAPTION, after if takes_unit else index)


def _words(line: Line, mark: Mark | None) -> str:
    is_marked = mark is not None and mark.symbol != LOST_CIRCLE
    return one_line(line.text[mark.body :] if mark is not None and is_marked else line.text)

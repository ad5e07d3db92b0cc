"""Lines put together to items: one bullet, heading, paragraph or row each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.apparatus import is_byline, is_page_number, is_subtitle
from ingest.endings import HEADING_CHARS, Ending, ending, is_heading_like, is_predicate
from ingest.lines import Line, one_line
from ingest.marks import CIRCLED, DECIMAL, LOST_CIRCLE, Family, Mark
from ingest.records import BlockKind
from ingest.roles import Role

# A sentence may go on behind a page break, which leaves up to this many blank lines.
_BREAK_LINES = 3
# A line that was wrapped is nearly as long as the page is wide; shorter ones end by choice.
_WRAPPED_CHARS = 25
# Right below its bullet, without a blank line, a shorter line may already be wrapped.
_WRAPPED_BULLET_CHARS = 15
# No paragraph is longer; lines that never end are data, not prose.
_JOINED_CHARS = 4000
# How far a row of numbers that lost their circles is looked for.
_ROW_LINES = 200


@dataclass(frozen=True, slots=True)
class Item:
    """An outline element before its place in the outline is known.

    Attributes:
        kind: its kind, or None where the neighbours decide between heading, bullet, paragraph.
        mark: its mark, or None.
        written: the mark as written.
        start, end: offsets of its first character and behind its last.
        indent: columns in front of it.
        gap: blank lines in front of it.
        text: its words on one line.
        tail: its last line, for judging whether it goes on.
        is_title: whether it is the document's title.
    """

    kind: BlockKind | None
    mark: Mark | None
    written: str
    start: int
    end: int
    indent: int
    gap: int
    text: str
    tail: str
    is_title: bool = False


def build_items(text: str, lines: list[Line], roles: dict[int, Role]) -> list[Item]:
    """Joins broken lines and makes an item of each element.

    Args:
        text: the text that the lines are of.
        lines: its lines.
        roles: what is known about some of them.

    Returns:
        The items in order; those of plain outline and prose without a kind.
    """
    marks = read_marks(lines, roles)
    items: list[Item] = []
    index = 0
    while index < len(lines):
        role, mark, line = roles.get(index), marks[index], lines[index]
        last = index if role is None else role.last
        following = lines[last + 1] if last + 1 < len(lines) else None
        if role is None and mark is None and items:
            items = _without_page_number(items)
        if role is None and mark is None and items and _goes_on(items[-1], line, following):
            items[-1] = _extend(text, items[-1], line)
        else:
            items.append(_item(text, lines, index, role, mark))
        index = last + 1
    return items


def _without_page_number(items: list[Item]) -> list[Item]:
    """Drops a page number behind a broken sentence, so that the next line resumes the sentence."""
    last = items[-1]
    is_number = last.kind is BlockKind.FURNITURE and is_page_number(last.text)
    if not is_number or len(items) == 1 or items[-2].kind is not None:
        return items
    return items[:-1] if ending(items[-2].tail) is Ending.BROKEN else items


def read_marks(lines: list[Line], roles: dict[int, Role]) -> list[Mark | None]:
    """Reads the mark of each line and drops what only looks like one."""
    covered = {index for first, role in roles.items() for index in range(first + 1, role.last + 1)}
    marks: list[Mark | None] = []
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        role = roles.get(index)
        is_plain = role is None or role.kind not in {BlockKind.TABLE_ROW, BlockKind.FURNITURE}
        mark = line.mark if is_plain and index not in covered else None
        if mark is not None and mark.symbol == LOST_CIRCLE:
            is_row = _lost_circle(lines, index, mark, last.get(CIRCLED, 0))
            mark = replace(mark, symbol=CIRCLED) if is_row else None
        elif (
            mark is not None
            and (role is None or role.is_title)
            and _only_looks_marked(lines, index, mark, last)
        ):
            mark = None
        if role is None and mark is not None:
            if mark.family is Family.CHAPTER:
                last.pop(CIRCLED, None)
            last[mark.symbol] = mark.value or 0
        marks.append(mark)
    return marks


def _only_looks_marked(lines: list[Line], index: int, mark: Mark, last: dict[str, int]) -> bool:
    """A decimal that begins a sentence, a subtitle in dashes, or the 다. of a verb cut in two."""
    line = lines[index]
    if is_subtitle(line.text):
        return True
    is_in_row = mark.value in {None, 1, last.get(mark.symbol, 0) + 1}
    if mark.symbol.startswith(DECIMAL) and not (is_in_row and is_heading_like(line.text)):
        return True  # 1.5배 늘었다, 5.18 민주화운동
    if mark.family is not Family.NUMBER or line.gap or not index:
        return False
    return not is_in_row and ending(lines[index - 1].text) is not Ending.FINISHED


def _lost_circle(lines: list[Line], index: int, mark: Mark, circled: int) -> bool:
    """Says whether ``4 제목`` goes on from ③, or begins such a row itself."""
    line = lines[index]
    stands_alone = line.gap > 0 and (index + 1 == len(lines) or lines[index + 1].gap > 0)
    if not stands_alone or not is_heading_like(line.text):
        return False
    if mark.value == circled + 1 and circled:
        return True
    if mark.value != 1:
        return False
    below = (other.mark for other in lines[index + 1 : index + _ROW_LINES] if other.gap)
    row = (other for other in below if other and other.symbol in {LOST_CIRCLE, CIRCLED})
    second = next(row, None)
    return second is not None and second.value == mark.value + 1


def _item(text: str, lines: list[Line], index: int, role: Role | None, mark: Mark | None) -> Item:
    line = lines[index]
    last = lines[index if role is None else role.last]
    body = line.start + (mark.body if mark else 0)
    words = (
        role.text if role is not None and role.text is not None else one_line(text[body : last.end])
    )
    kind = None if role is None else role.kind
    return Item(
        kind=kind if words else BlockKind.FURNITURE,
        mark=mark,
        written=line.text[mark.start : mark.end] if mark else "",
        start=line.start,
        end=last.end,
        indent=line.indent,
        gap=line.gap,
        text=words,
        tail=last.text,
        is_title=role is not None and role.is_title,
    )


def _extend(text: str, item: Item, line: Line) -> Item:
    body = item.start + (item.mark.body if item.mark else 0)
    return replace(item, end=line.end, text=one_line(text[body : line.end]), tail=line.text)


def _goes_on(item: Item, line: Line, following: Line | None) -> bool:
    """Says whether an unmarked line goes on with the item above it."""
    if item.kind is not None:
        is_open = item.kind in {BlockKind.SOURCE, BlockKind.FOOTNOTE} and not line.gap
        return is_open and ending(item.tail) is not Ending.FINISHED
    if line.end - item.start > _JOINED_CHARS:
        return False
    state = ending(item.tail)
    if line.gap:
        return line.gap <= _BREAK_LINES and _resumes(item, line, state)
    is_bullet = item.mark is not None and item.mark.family is Family.BULLET
    if is_bullet and line.indent > item.indent:
        return True
    if item.mark is not None and not is_bullet and is_heading_like(item.text):
        ends_here = following is None or following.gap > 0 or following.mark is not None
        return ends_here and is_heading_like(line.text)
    wrapped_chars = _WRAPPED_BULLET_CHARS if is_bullet else _WRAPPED_CHARS
    is_wrapped = state is Ending.UNCLEAR and len(item.tail) >= wrapped_chars
    return is_wrapped or state is Ending.BROKEN


def _resumes(item: Item, line: Line, state: Ending) -> bool:
    """Says whether a line behind a blank one resumes a broken sentence."""
    if state is Ending.FINISHED or is_byline(item.text):
        return False
    if state is Ending.BROKEN:
        return True
    is_bullet = item.mark is not None and item.mark.family is Family.BULLET
    is_long = len(item.tail) >= _WRAPPED_CHARS
    says_more = len(line.text) > HEADING_CHARS or is_predicate(line.words)
    return is_bullet and is_long and says_more

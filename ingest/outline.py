"""The outline of a report: blocks, their levels, and what stands above each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.apparatus import is_chapter_word, is_references_title
from ingest.bullets import OpenBullet, place_bullet
from ingest.footnotes import references
from ingest.items import Item, build_items
from ingest.kinds import count_restarts, settle_kinds
from ingest.lines import one_line, split_lines
from ingest.marks import DECIMAL, MARKDOWN, Family, Mark
from ingest.records import Block, BlockKind
from ingest.roles import assign_roles

_PLAIN = "plain"
_WORDS = frozenset(
    {
        BlockKind.HEADING,
        BlockKind.BULLET,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_ROW,
        BlockKind.CAPTION,
    }
)
# Blanks in front of a paragraph that belongs to the bullet above it.
_CONTINUED_INDENT = 2


@dataclass(frozen=True, slots=True)
class Outline:
    """What parsing makes of a text.

    Attributes:
        title: the title lines in one, or None where the text begins without a title.
        blocks: the outline in reading order.
    """

    title: str | None
    blocks: tuple[Block, ...]


def parse(text: str, *, body_start: int = 0, known_title: str | None = None) -> Outline:
    """Parses the outline of a normalised text.

    Args:
        text: normalised text.
        body_start: offset behind the front matter.
        known_title: title from the front matter; lines that say the same are the title lines.

    Returns:
        The title and the blocks. The blocks do not overlap, and every character that is not
        blank lies in one.
    """
    lines = split_lines(text, body_start)
    items = settle_kinds(build_items(text, lines, assign_roles(text, lines, known_title)))
    nest = _Nest(text, count_restarts(items))
    front = text[:body_start]
    if front.strip():
        start = len(front) - len(front.lstrip())
        nest.add(BlockKind.FURNITURE, "", one_line(front), start, len(front.rstrip()), ())
    for index, item in enumerate(items):
        nest.place(item, items[index + 1] if index + 1 < len(items) else None)
    title = next((item.text for item in items if item.is_title), None)
    return Outline(title or None, tuple(nest.blocks))


@dataclass(frozen=True, slots=True)
class _OpenHeading:
    symbol: str
    mark: Mark | None
    block: int


@dataclass(slots=True)
class _Nest:
    """Blocks placed so far, with the headings and bullets that are open."""

    text: str
    restarts: dict[str, int]
    blocks: list[Block] = field(default_factory=list)
    headings: list[_OpenHeading] = field(default_factory=list)
    bullets: list[OpenBullet] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    caption: int | None = None

    def add(
        self,
        kind: BlockKind,
        marker: str,
        words: str,
        start: int,
        end: int,
        ancestors: tuple[int, ...],
    ) -> int:
        level = self.blocks[ancestors[-1]].level + 1 if ancestors else 0
        self.blocks.append(Block(kind, level, marker, words, start, end, ancestors))
        return len(self.blocks) - 1

    def place(self, item: Item, following: Item | None) -> None:
        if item.kind is BlockKind.HEADING:
            self._place_heading(item)
        elif item.kind is BlockKind.BULLET:
            self._place_bullet(item, following)
        elif item.kind is BlockKind.CAPTION:
            self.caption = self._add(item, self._under_headings())
        elif item.kind in {BlockKind.TABLE_ROW, BlockKind.SOURCE}:
            self._add(item, self._under_caption(item))
        elif item.kind is BlockKind.FOOTNOTE:
            self._add(item, self._noted(item))
        elif item.kind is BlockKind.REFERENCE:
            self._add(item, self._under_headings())
        elif item.kind is BlockKind.PARAGRAPH:
            self._place_paragraph(item)
        else:
            self._add(item, ())

    def _add(self, item: Item, ancestors: tuple[int, ...]) -> int:
        kind = item.kind or BlockKind.PARAGRAPH
        return self.add(kind, item.written, item.text, item.start, item.end, ancestors)

    def _under_headings(self) -> tuple[int, ...]:
        return tuple(heading.block for heading in self.headings)

    def _place_heading(self, item: Item) -> None:
        self.caption = None
        self.bullets.clear()
        if item.is_title:
            self._add(item, ())
            return
        symbol = _heading_symbol(item)
        self.headings = self.headings[: _depth(self.headings, item, symbol, self)]
        if symbol not in self.homes:
            self.homes[symbol] = self.headings[-1].symbol if self.headings else ""
        block = self._add(item, self._under_headings())
        self.headings.append(_OpenHeading(symbol, item.mark, block))

    def _place_bullet(self, item: Item, following: Item | None) -> None:
        self.caption = None
        self.bullets, bullet = place_bullet(self.bullets, item, following, len(self.blocks))
        above = tuple(open_bullet.block for open_bullet in self.bullets)
        self._add(item, self._under_headings() + above)
        self.bullets.append(bullet)

    def _place_paragraph(self, item: Item) -> None:
        self.caption = None
        if self.bullets and item.indent >= self.bullets[-1].indent + _CONTINUED_INDENT:
            above = tuple(bullet.block for bullet in self.bullets)
            self._add(item, self._under_headings() + above)
            return
        self.bullets.clear()
        self._add(item, self._under_headings())

    def _under_caption(self, item: Item) -> tuple[int, ...]:
        """The caption of a table row or source line, else what a source line stands below."""
        if self.caption is not None:
            return (*self._under_headings(), self.caption)
        last = len(self.blocks) - 1
        follows_words = last >= 0 and self.blocks[last].kind in {
            BlockKind.BULLET,
            BlockKind.PARAGRAPH,
        }
        if item.kind is BlockKind.SOURCE and follows_words:
            return (*self.blocks[last].ancestors, last)
        return self._under_headings()

    def _noted(self, item: Item) -> tuple[int, ...]:
        """The block that refers to a footnote, or else the last one with words of its own."""
        value = item.mark.value if item.mark is not None else None
        offsets = [] if value is None else references(self.text[: item.start], value)
        for offset in reversed(offsets):
            for index, block in enumerate(self.blocks):
                if block.start <= offset < block.end and block.kind in _WORDS:
                    return (*block.ancestors, index)
        for index in range(len(self.blocks) - 1, -1, -1):
            if self.blocks[index].kind in _WORDS:
                return (*self.blocks[index].ancestors, index)
        return ()


def _heading_symbol(item: Item) -> str:
    """Equal for headings that can be siblings."""
    if item.mark is None:
        return f"{_PLAIN}{'**' if item.tail.startswith('**') else ''}"
    if item.mark.symbol == DECIMAL:
        return f"{DECIMAL}{item.written.rstrip('.)').replace('-', '.').count('.')}"
    return item.mark.symbol


def _depth(headings: list[_OpenHeading], item: Item, symbol: str, nest: _Nest) -> int:
    """How many open headings a new heading stands under."""
    mark = item.mark
    if mark is None:
        if is_references_title(item.text) or is_chapter_word(item.text):
            return 0
        return _sibling(headings, symbol)
    if mark.symbol == MARKDOWN:
        return _under(headings, lambda open_: open_.symbol == MARKDOWN and _rank(open_) < mark.rank)
    same = [place for place, open_ in enumerate(headings) if open_.symbol == symbol]
    if mark.family is Family.CHAPTER:
        if same:
            return same[0]
        return _under(
            headings,
            lambda open_: (
                _is_chapter(open_) and (open_.symbol == MARKDOWN or _rank(open_) < mark.rank)
            ),
        )
    if same:
        begins_anew = mark.value == 1 and headings[-1].symbol != symbol
        has_begun = begins_anew and headings[same[-1]].mark is not None
        return len(headings) if has_begun else same[-1]
    return _new_depth(headings, mark, symbol, nest)


def _new_depth(headings: list[_OpenHeading], mark: Mark, symbol: str, nest: _Nest) -> int:
    """The depth of a numbered heading whose symbol is not open."""
    if mark.value not in {None, 1} and symbol in nest.homes:
        home = nest.homes[symbol]
        places = [place for place, open_ in enumerate(headings) if open_.symbol == home]
        return places[-1] + 1 if places else 0
    if nest.restarts.get(symbol, 0) > 1:
        return len(headings)
    return _under(headings, lambda open_: open_.mark is not None)


def _sibling(headings: list[_OpenHeading], symbol: str) -> int:
    places = [place for place, open_ in enumerate(headings) if open_.symbol == symbol]
    return places[0] if places else len(headings)


def _under(headings: list[_OpenHeading], may_stand_above: Callable[[_OpenHeading], bool]) -> int:
    """The depth below the innermost open heading that may stand above."""
    places = [place for place, open_ in enumerate(headings) if may_stand_above(open_)]
    return places[-1] + 1 if places else 0


def _is_chapter(heading: _OpenHeading) -> bool:
    return heading.mark is not None and heading.mark.family is Family.CHAPTER


def _rank(heading: _OpenHeading) -> int:
    return heading.mark.rank if heading.mark is not None else 0

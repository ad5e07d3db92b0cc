"""The outline of a report: blocks, their levels, and what stands above each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import attrgetter

from ingest.bullets import OpenBullet, place_bullet
from ingest.footnotes import References
from ingest.headings import OpenHeading, place_heading
from ingest.items import Item, build_items
from ingest.kinds import count_restarts, settle_kinds
from ingest.lines import one_line, split_lines
from ingest.records import Block, BlockKind
from ingest.roles import assign_roles

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
    references = References.read(text)
    roles = assign_roles(text, lines, references, known_title)
    items = settle_kinds(build_items(text, lines, roles))
    nest = _Nest(references, count_restarts(items))
    front = text[:body_start]
    if front.strip():
        start = len(front) - len(front.lstrip())
        nest.add(BlockKind.FURNITURE, "", one_line(front), start, len(front.rstrip()), ())
    for index, item in enumerate(items):
        nest.place(item, items[index + 1] if index + 1 < len(items) else None)
    title = next((item.text for item in items if item.is_title), None)
    return Outline(title or None, tuple(nest.blocks))


@dataclass(slots=True)
class _Nest:
    """Blocks placed so far, with the headings and bullets that are open."""

    references: References
    restarts: dict[str, int]
    blocks: list[Block] = field(default_factory=list)
    headings: list[OpenHeading] = field(default_factory=list)
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
        self.headings, heading = place_heading(
            self.headings, item, len(self.blocks), restarts=self.restarts, homes=self.homes
        )
        self.homes.setdefault(heading.symbol, self.headings[-1].symbol if self.headings else "")
        self._add(item, self._under_headings())
        self.headings.append(heading)

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
        offset = None if value is None else self.references.last_before(value, item.start)
        if offset is not None:
            index = bisect_right(self.blocks, offset, key=attrgetter("start")) - 1
            if index >= 0 and self.blocks[index].kind in _WORDS:
                return (*self.blocks[index].ancestors, index)
        for index in range(len(self.blocks) - 1, -1, -1):
            if self.blocks[index].kind in _WORDS:
                return (*self.blocks[index].ancestors, index)
        return ()

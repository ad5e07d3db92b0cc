"""The level of a bullet, from its mark, its indent and the bullets that are open."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.items import Item
from ingest.marks import BOX_RANK, COUNTED_RANK, DASH_RANK, Family
from ingest.records import BlockKind

# ``- **…**`` where conversion has turned a box into a dash and kept its boldness.
_LEAD = "-**"
# Files lose or gain a blank in front of a line; a real outdent is wider.
_SLACK = 1


@dataclass(frozen=True, slots=True)
class OpenBullet:
    """A bullet that may have children yet.

    Attributes:
        symbol: equal for bullets that can be siblings.
        rank: usual depth of the symbol.
        indent: columns in front of it.
        block: index of its block.
    """

    symbol: str
    rank: int
    indent: int
    block: int


def place_bullet(
    bullets: list[OpenBullet], item: Item, following: Item | None, block: int
) -> tuple[list[OpenBullet], OpenBullet]:
    """Finds the parents of a bullet.

    Args:
        bullets: bullets open above it, outermost first.
        item: the bullet.
        following: the item below it.
        block: index of the block that the bullet becomes.

    Returns:
        The bullets that it stands under, and itself as an open bullet.
    """
    bullet = _describe(bullets, item, following, block)
    depth = _sibling_depth(bullets, bullet)
    if depth is None:
        depth = _new_depth(bullets, bullet, item)
    return bullets[:depth], bullet


def _describe(
    bullets: list[OpenBullet], item: Item, following: Item | None, block: int
) -> OpenBullet:
    mark = item.mark
    if mark is None:
        return OpenBullet("", DASH_RANK, item.indent, block)
    if _leads(bullets, item, following):
        return OpenBullet(_LEAD, BOX_RANK, item.indent, block)
    rank = mark.rank if mark.family is Family.BULLET else COUNTED_RANK
    return OpenBullet(mark.symbol, rank, item.indent, block)


def _leads(bullets: list[OpenBullet], item: Item, following: Item | None) -> bool:
    """Says whether a dash stands for the outermost bullet of its section."""
    if item.mark is None or item.mark.rank != DASH_RANK or item.mark.family is not Family.BULLET:
        return False
    has_children = (
        following is not None
        and following.kind is BlockKind.BULLET
        and following.indent > item.indent
    )
    if item.mark.is_bold:
        has_box = any(open_.rank == BOX_RANK and open_.symbol != _LEAD for open_ in bullets)
        return has_children or not has_box
    # Emphasis may be lost on some: a dash set as far out as an emphasised one, behind its children.
    lead = next((open_ for open_ in bullets if open_.symbol == _LEAD), None)
    is_outdented = lead is not None and lead.indent == item.indent < bullets[-1].indent
    return is_outdented and (has_children or not item.gap)


def _sibling_depth(bullets: list[OpenBullet], bullet: OpenBullet) -> int | None:
    """The depth beside an open bullet of the same symbol, or None where none is open."""
    same = [place for place, open_ in enumerate(bullets) if _alike(open_, bullet)]
    if not same:
        return None
    if bullet.indent > bullets[-1].indent and bullet.indent > bullets[same[-1]].indent:
        return len(bullets)
    fitting = [place for place in same if bullets[place].indent <= bullet.indent]
    return fitting[-1] if fitting else same[0]


def _alike(one: OpenBullet, other: OpenBullet) -> bool:
    is_lead = _LEAD in {one.symbol, other.symbol} and one.rank == other.rank
    return one.symbol == other.symbol or is_lead


def _new_depth(bullets: list[OpenBullet], bullet: OpenBullet, item: Item) -> int:
    """The depth of a bullet whose symbol is not open."""
    begins_list = item.mark is not None and item.mark.value == 1 and not item.gap
    depth = len(bullets)
    while depth and not begins_list:
        above = bullets[depth - 1]
        is_outdented = above.indent > bullet.indent + _SLACK
        if not is_outdented and (bullet.indent > above.indent or bullet.rank >= above.rank):
            break
        depth -= 1
    return depth

"""The level of a heading, from its mark, its number and the headings that are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.apparatus import is_chapter_word, is_references_title
from ingest.items import Item
from ingest.marks import MARKDOWN, Family, Mark

_PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class OpenHeading:
    """A heading that may have children yet.

    Attributes:
        symbol: equal for headings that can be siblings.
        mark: its mark, or None for words alone.
        block: index of its block.
    """

    symbol: str
    mark: Mark | None
    block: int


def place_heading(
    headings: list[OpenHeading],
    item: Item,
    block: int,
    *,
    restarts: dict[str, int],
    homes: dict[str, str],
) -> tuple[list[OpenHeading], OpenHeading]:
    """Finds the parents of a heading.

    Args:
        headings: headings open above it, outermost first.
        item: the heading.
        block: index of the block that the heading becomes.
        restarts: how often numbered headings of each symbol begin again at 1.
        homes: the symbol under which headings of each symbol were first seen.

    Returns:
        The headings that it stands under, and itself as an open heading.
    """
    heading = OpenHeading(_symbol(item), item.mark, block)
    if item.mark is None:
        is_outermost = is_references_title(item.text) or is_chapter_word(item.text)
        depth = 0 if is_outermost else _sibling_depth(headings, heading)
    elif item.mark.family is Family.CHAPTER:
        is_at_root = item.mark.symbol != MARKDOWN and homes.get(item.mark.symbol) == ""
        depth = 0 if is_at_root else _chapter_depth(headings, item.mark)
    else:
        depth = _numbered_depth(headings, heading, item.mark, restarts, homes)
    return headings[:depth], heading


def _symbol(item: Item) -> str:
    if item.mark is None:
        return f"{_PLAIN}{'**' if item.tail.startswith('**') else ''}"
    return item.mark.symbol


def _places(headings: list[OpenHeading], fits: Callable[[OpenHeading], bool]) -> list[int]:
    return [place for place, heading in enumerate(headings) if fits(heading)]


def _sibling_depth(headings: list[OpenHeading], heading: OpenHeading) -> int:
    same = _places(headings, lambda above: above.symbol == heading.symbol)
    return same[0] if same else len(headings)


def _chapter_depth(headings: list[OpenHeading], mark: Mark) -> int:
    """Below the innermost chapter of a higher kind; Markdown signs go by their count."""

    def may_stand_above(above: OpenHeading) -> bool:
        if above.mark is None or above.mark.family is not Family.CHAPTER:
            return False
        if MARKDOWN in {above.symbol, mark.symbol} and above.symbol != mark.symbol:
            return above.symbol == MARKDOWN
        return above.mark.rank < mark.rank

    places = _places(headings, may_stand_above)
    return places[-1] + 1 if places else 0


def _numbered_depth(
    headings: list[OpenHeading],
    heading: OpenHeading,
    mark: Mark,
    restarts: dict[str, int],
    homes: dict[str, str],
) -> int:
    same = _places(headings, lambda above: above.symbol == heading.symbol)
    if same:
        nests = mark.value == 1 and headings[-1].symbol != heading.symbol
        return len(headings) if nests else same[-1]
    if mark.value not in {None, 1} and heading.symbol in homes:
        home = _places(headings, lambda above: above.symbol == homes[heading.symbol])
        return home[-1] + 1 if home else 0
    if restarts.get(heading.symbol, 0) > 1:
        return len(headings)
    marked = _places(headings, lambda above: above.mark is not None)
    return marked[-1] + 1 if marked else 0

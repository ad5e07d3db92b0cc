"""Heading, bullet or paragraph: what the neighbours of an item make of it."""

from __future__ import annotations

from dataclasses import replace

from ingest.apparatus import (
    is_byline,
    is_chapter_word,
    is_numbered_caption,
    is_office,
    is_references_title,
    is_subtitle,
    is_unit,
)
from ingest.endings import is_heading_like, is_predicate
from ingest.items import Item
from ingest.marks import MARKDOWN, Family
from ingest.records import BlockKind

# A numbered row is headings when most of its members have a body of their own.
_BODY_SHARE = 0.6
_STATEMENT_SHARE = 0.5
# From (1) inwards, numbers right below a bullet count its parts.
_INNER_RANK = 6
# What hangs on a caption in brackets that gives no number.
_CAPTIONED = frozenset(
    {BlockKind.TABLE_ROW, BlockKind.FURNITURE, BlockKind.SOURCE, BlockKind.CAPTION}
)


def settle_kinds(items: list[Item]) -> list[Item]:
    """Gives every item its kind."""
    settled = [_by_mark(item) for item in items]
    for run in _numbered_runs(settled):
        kind = BlockKind.HEADING if _are_headings(settled, run) else BlockKind.BULLET
        for index in run:
            settled[index] = replace(settled[index], kind=kind)
    restarts = count_restarts(settled)
    is_front = True
    for index, item in enumerate(settled):
        if item.kind is None:
            is_heading = _heads(settled, index, restarts, is_front=is_front)
            kind = BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH
            settled[index] = replace(item, kind=kind)
        elif item.kind is BlockKind.CAPTION and _is_section_name(settled, index, restarts):
            settled[index] = replace(item, kind=BlockKind.HEADING)
        is_front = is_front and (settled[index].kind is not BlockKind.HEADING or item.is_title)
    return settled


def count_restarts(items: list[Item]) -> dict[str, int]:
    """Counts how often the headings of each symbol begin again at 1."""
    counts: dict[str, int] = {}
    for item in items:
        if item.kind is BlockKind.HEADING and item.mark is not None and item.mark.value == 1:
            counts[item.mark.symbol] = counts.get(item.mark.symbol, 0) + 1
    return counts


def _by_mark(item: Item) -> Item:
    if item.kind is not None or item.mark is None:
        return item
    kind: BlockKind | None = None
    if item.mark.family is Family.BULLET:
        kind = BlockKind.BULLET
    elif item.mark.family is Family.FOOTNOTE:
        kind = BlockKind.FOOTNOTE
    elif item.mark.family is Family.CHAPTER:
        is_sure = item.mark.symbol == MARKDOWN or not is_predicate(item.text)
        kind = BlockKind.HEADING if is_sure else BlockKind.BULLET
    return replace(item, kind=kind)


def _numbered_runs(items: list[Item]) -> list[list[int]]:
    """Groups undecided numbered items whose numbers follow one another, by symbol."""
    runs: list[list[int]] = []
    latest: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        if item.kind is not None or item.mark is None:
            continue
        run = latest.get(item.mark.symbol)
        last = items[run[-1]].mark if run else None
        goes_on = last is not None and last.value is not None and item.mark.value == last.value + 1
        if run is not None and goes_on:
            run.append(index)
        else:
            latest[item.mark.symbol] = [index]
            runs.append(latest[item.mark.symbol])
    return runs


def _are_headings(items: list[Item], run: list[int]) -> bool:
    first = items[run[0]]
    above = items[run[0] - 1] if run[0] else None
    is_below_bullet = above is not None and above.kind is BlockKind.BULLET and not first.gap
    is_inner = first.mark is not None and first.mark.rank >= _INNER_RANK
    if is_below_bullet and above is not None and (first.indent > above.indent or is_inner):
        return False
    statements = sum(not is_heading_like(items[index].text) for index in run)
    bodies = sum(_has_body(items, index) for index in run)
    if statements > _STATEMENT_SHARE * len(run):
        return False
    return bodies >= _BODY_SHARE * len(run)


def _has_body(items: list[Item], index: int) -> bool:
    """Says whether what follows an item is neither its next sibling nor the next chapter."""
    following = _next(items, index)
    if following is None:
        return False
    if following.mark is None or items[index].mark is None:
        return following.kind is not BlockKind.HEADING
    is_sibling = following.kind is None and following.mark.symbol == _symbol(items[index])
    return not is_sibling and following.mark.family is not Family.CHAPTER


def _symbol(item: Item) -> str:
    return item.mark.symbol if item.mark is not None else ""


def _next(items: list[Item], index: int) -> Item | None:
    """The next item that belongs to the words of the report."""
    skipped = {BlockKind.FURNITURE, BlockKind.FOOTNOTE, BlockKind.CONTENTS}
    rest = (items[place] for place in range(index + 1, len(items)))
    return next((item for item in rest if item.kind not in skipped), None)


def _heads(items: list[Item], index: int, restarts: dict[str, int], *, is_front: bool) -> bool:
    """Says whether unmarked words are the heading of what follows."""
    item = items[index]
    if is_references_title(item.text) or (is_chapter_word(item.text) and item.gap):
        return True
    if not is_heading_like(item.text) or is_byline(item.text):
        return False
    if is_subtitle(item.text) or (is_front and is_office(item.text)):
        return False
    above = items[index - 1] if index else None
    is_apart = item.gap > 0 or above is None or above.kind is BlockKind.HEADING
    following = _next(items, index)
    return is_apart and following is not None and _is_body(following, restarts)


def _is_body(item: Item, restarts: dict[str, int]) -> bool:
    if item.kind is BlockKind.HEADING:
        # Numbered headings below an unmarked one begin again in each; one row of them stands above.
        is_numbered = item.mark is not None and item.mark.family is Family.NUMBER
        return is_numbered and restarts.get(_symbol(item), 0) > 1
    if item.kind is None:
        return not is_heading_like(item.text)
    return True


def _is_section_name(items: list[Item], index: int, restarts: dict[str, int]) -> bool:
    """Says whether a bracketed line names the section below it, not a lost figure."""
    item = items[index]
    if is_unit(item.text) or is_numbered_caption(item.text):
        return False
    following = items[index + 1] if index + 1 < len(items) else None
    if following is None or following.kind in _CAPTIONED:
        return False
    if item.gap and not following.gap:
        return _is_body(following, restarts)
    for place in range(index - 1, -1, -1):
        above = items[place]
        if above.kind is BlockKind.HEADING:
            break
        if above.kind is BlockKind.BULLET and _symbol(above) == _symbol(following):
            return False  # the list goes on behind it
    return _is_body(following, restarts)

"""Documents to passages: contiguous slices that are retrieved, with the sentences to cite."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.cite import UNCITED, cite
from ingest.records import Block, BlockKind, Document, Passage, Sentence

# Bullet groups and paragraphs under one heading join while they fit: sentences have vectors of
# their own, so a passage loses nothing by what else it holds. On 80 `tune` questions over reports
# the evidence came first / among the first five for .787/.912 with 600 characters (only groups
# under 160 joined), .787/.925 with 600, .812/.925 with 800, .762/.925 with 1,000.
MAX_CHARS = 800
# Rows and lines of a few characters: more of them than this no longer read as one passage.
_MAX_UNITS = 64
_ID_HEX_DIGITS = 16
_TABLE = frozenset({BlockKind.CAPTION, BlockKind.TABLE_ROW})
_BULLETS, _PARAGRAPHS, _ROWS = "bullets", "paragraphs", "table"
_JOINED = frozenset({_BULLETS, _PARAGRAPHS})


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a bullet, a row, a short paragraph, a sentence of a long one.

    Attributes:
        block: index of its block.
        section: index of the last heading above it, -1 where there is none.
        group: what it should stay together with, as a name and the index of its first block.
        start, end: its offsets.
        sentences: what may be cited from it.
    """

    block: int
    section: int
    group: tuple[str, int]
    start: int
    end: int
    sentences: tuple[Sentence, ...]


def chunk(document: Document, *, max_chars: int = MAX_CHARS) -> tuple[Passage, ...]:
    """Cuts a document into passages.

    A passage never crosses a heading, and never cuts a bullet, a table row or a sentence.

    Args:
        document: a parsed document.
        max_chars: length that a passage should not exceed; one bullet or sentence alone may.

    Returns:
        The passages in reading order, linked to their neighbours.
    """
    units = list(_units(document, max_chars))
    groups = [list(group) for _, group in groupby(units, lambda unit: (unit.section, unit.group))]
    pieces = [
        piece
        for group in _join(groups, max_chars)
        for piece in _balance(document.blocks, group, max_chars)
    ]
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    for position, piece in enumerate(pieces):
        passages.append(_passage(document, position, piece, seen))
    return _link(passages)


def _units(document: Document, max_chars: int) -> Iterator[_Unit]:
    section = table = -1
    is_table_open = False
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            section, is_table_open = index, False
        if block.kind in UNCITED:
            continue
        name, first = _group(document.blocks, index)
        if name == _ROWS:
            if not is_table_open or block.kind is BlockKind.CAPTION:
                table = index
            first = table
        is_table_open = name == _ROWS
        sentences = cite(document, index)
        for start, end, cited in _cuts(block, sentences, max_chars):
            yield _Unit(index, section, (name, first), start, end, cited)


def _group(blocks: tuple[Block, ...], index: int) -> tuple[str, int]:
    block = blocks[index]
    line = (*block.ancestors, index)
    bullets = [place for place in line if blocks[place].kind is BlockKind.BULLET]
    if block.kind in {BlockKind.FOOTNOTE, BlockKind.REFERENCE}:
        return block.kind.value, 0
    if bullets:
        return _BULLETS, bullets[0]
    if any(blocks[place].kind is BlockKind.PARAGRAPH for place in line):
        return _PARAGRAPHS, 0
    return _ROWS, index


def _cuts(
    block: Block, sentences: tuple[Sentence, ...], max_chars: int
) -> list[tuple[int, int, tuple[Sentence, ...]]]:
    """The parts of a block that may go to different passages: sentences of a long paragraph."""
    if block.kind is not BlockKind.PARAGRAPH or block.end - block.start <= max_chars:
        return [(block.start, block.end, sentences)]
    starts = [block.start, *(sentence.start for sentence in sentences[1:])]
    ends = [*(sentence.end for sentence in sentences[:-1]), block.end]
    return [
        (start, end, (sentence,))
        for start, end, sentence in zip(starts, ends, sentences, strict=True)
    ]


def _join(groups: list[list[_Unit]], max_chars: int) -> list[list[_Unit]]:
    """Joins neighbours under the same heading while they fit one passage."""
    joined: list[list[_Unit]] = []
    for group in groups:
        above = joined[-1] if joined else None
        if above is not None and _may_join(above, group, max_chars):
            above.extend(group)
        else:
            joined.append(group)
    return joined


def _may_join(above: list[_Unit], below: list[_Unit], max_chars: int) -> bool:
    fits = _length(above[0], below[-1]) <= max_chars
    is_prose = {above[-1].group[0], below[0].group[0]} <= _JOINED
    return fits and is_prose and above[0].section == below[0].section


def _length(first: _Unit, last: _Unit) -> int:
    return last.end - first.start


def _balance(blocks: tuple[Block, ...], units: list[_Unit], max_chars: int) -> list[list[_Unit]]:
    """Cuts a group into few parts of even length, none of them longer than it must be.

    Least squares of what each part falls short of the limit, as paragraphs are set in lines; a
    cut that parts a bullet from its first child costs as much as an empty part.
    """
    costs = [0.0]
    cuts = [0]
    for end in range(1, len(units) + 1):
        best, cut = float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            length = _length(units[start], units[end - 1])
            is_full = length > max_chars or end - start > _MAX_UNITS
            if is_full and start < end - 1:
                break
            cost = costs[start] + max(0, max_chars - length) ** 2
            cost += max_chars**2 * _parts_family(blocks, units, start)
            if cost < best:
                best, cut = cost, start
        costs.append(best)
        cuts.append(cut)
    parts: list[list[_Unit]] = []
    end = len(units)
    while end:
        parts.append(units[cuts[end] : end])
        end = cuts[end]
    return parts[::-1]


def _parts_family(blocks: tuple[Block, ...], units: list[_Unit], start: int) -> bool:
    return start > 0 and units[start - 1].block in blocks[units[start].block].ancestors


def _passage(document: Document, position: int, units: list[_Unit], seen: Counter[str]) -> Passage:
    start, end = units[0].start, units[-1].end
    text = document.text[start:end]
    name = f"{document.id}\n{text}\n{seen[text]}"
    seen[text] += 1
    above = document.blocks[units[0].block].ancestors
    return Passage(
        id=hashlib.sha256(name.encode()).hexdigest()[:_ID_HEX_DIGITS],
        document_id=document.id,
        position=position,
        text=text,
        start=start,
        end=end,
        heading_path=tuple(document.blocks[place].text for place in above),
        sentences=tuple(sentence for unit in units for sentence in unit.sentences),
    )


def _link(passages: list[Passage]) -> tuple[Passage, ...]:
    ids: list[str | None] = [None, *(passage.id for passage in passages), None]
    return tuple(
        replace(passage, previous_id=ids[place], next_id=ids[place + 2])
        for place, passage in enumerate(passages)
    )

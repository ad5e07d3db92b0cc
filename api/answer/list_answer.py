"""A list told as a list: all items of the bullet, the series or the sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from api.answer.selection import Candidate
from api.answer.spoken import SpokenSentence
from api.answer.wording import cleaned
from ingest.records import BlockKind

ITEM = "- "
# A longer series is a section, not a list.
_MAX_ITEMS = 12
_MIN_ITEMS = 2
# Items of a series are short; paragraphs under one heading are no list.
_ITEM_CHARS = 90
# Long sentences under one that is less likely than this are rather its explanation than a list.
_SURE = 0.5
# Under one less likely than this, even short ones are no list to begin an answer with.
_LIKELY = 0.2
# A list of just as many items as are asked for may stand under any of so many of the best that has
# this chance. Of 37 `tune` questions over reports that ask for a list .84 are so answered whole,
# .78 without.
_LOOKED_AT = 5
_COUNTED_LIKELY = 0.02
# A series answers where as many of its items as this are among so many of the best.
_AMONG_BEST = 5
_LABELLED = re.compile(r"^(?:[①-⑳]|\([^()]{2,24}\)|[^\s:][^:]{1,30}:\s)")
_COUNTED = re.compile(r"[①-⑳]")


def list_answer(ranked: Sequence[Candidate], count: int = 0) -> list[SpokenSentence]:
    """Return the list that the best sentence begins or belongs to, or nothing.

    Args:
        ranked: all sentences that may be quoted, the likeliest answer first; not empty.
        count: how many things are asked for, or 0 where the question does not say.
    """
    best = ranked[0]
    whole = _of_count(ranked, count) if count else []
    if whole:
        return whole
    items = children(best, ranked)
    if len(items) >= _MIN_ITEMS and (
        best.score >= _SURE or (best.score >= _LIKELY and _are_short(items))
    ):
        return [SpokenSentence(cleaned(best.sentence.text), (best,)), *_told(items)]
    counted = _counted(best)
    if counted:
        return counted
    return _series(best, ranked)


def children(parent: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences right under ``parent`` in reading order, at most twelve."""
    under = (c for c in ranked if c.sentence.path[-1:] == (parent.sentence.text,))
    return _in_order(
        c
        for c in under
        if c.passage.document_id == parent.passage.document_id
        and c.sentence.kind is not BlockKind.TABLE_ROW
    )


def _of_count(ranked: Sequence[Candidate], count: int) -> list[SpokenSentence]:
    """Return the list of exactly ``count`` items that one of the best sentences begins."""
    for parent in ranked[:_LOOKED_AT]:
        if parent.score < _COUNTED_LIKELY:
            break
        items = children(parent, ranked)
        if len(items) == count and _are_short(items):
            return [SpokenSentence(cleaned(parent.sentence.text), (parent,)), *_told(items)]
    return []


def _series(best: Candidate, ranked: Sequence[Candidate]) -> list[SpokenSentence]:
    """Return the bullets beside ``best`` where they are the items of one list."""
    if not best.sentence.path:
        return []
    items = _in_order(
        c
        for c in ranked
        if c.sentence.path == best.sentence.path
        and c.sentence.kind is best.sentence.kind is not BlockKind.TABLE_ROW
        and c.passage.document_id == best.passage.document_id
    )
    near = {c.place for c in ranked[:_AMONG_BEST]}
    if sum(item.place in near for item in items) < _MIN_ITEMS or not _is_series(items):
        return []
    parent = next((c for c in ranked if c.sentence.text == best.sentence.path[-1]), None)
    lead = [SpokenSentence(cleaned(parent.sentence.text), (parent,))] if parent else []
    return [*lead, *_told(items)]


def _is_series(items: Sequence[Candidate]) -> bool:
    if len(items) < _MIN_ITEMS or not _are_short(items):
        return False
    return all(_LABELLED.match(item.sentence.text) for item in items)


def _are_short(items: Sequence[Candidate]) -> bool:
    return median(len(item.sentence.text) for item in items) <= _ITEM_CHARS


def _counted(best: Candidate) -> list[SpokenSentence]:
    """Return the items that one sentence counts itself, as 핵심 기술: ① … ② … does."""
    text = cleaned(best.sentence.text)
    starts = [match.start() for match in _COUNTED.finditer(text)]
    if len(starts) < _MIN_ITEMS or " / " in text:
        return []
    lead = text[: starts[0]].strip()
    ends = [*starts[1:], len(text)]
    items = [text[start + 1 : end].strip(" ,;") for start, end in zip(starts, ends, strict=True)]
    said = [SpokenSentence(lead.rstrip(": "), (best,))] if lead else []
    return [*said, *(SpokenSentence(ITEM + item, (best,)) for item in items)]


def _told(items: Sequence[Candidate]) -> list[SpokenSentence]:
    return [SpokenSentence(ITEM + cleaned(item.sentence.text), (item,)) for item in items]


def _in_order(items: Iterator[Candidate]) -> list[Candidate]:
    ordered = sorted(items, key=lambda c: c.sentence.start)
    return list({c.sentence.text: c for c in ordered}.values())[:_MAX_ITEMS]

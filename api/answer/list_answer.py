"""A list told as a list: all items of the bullet, the series or the sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from api.answer.counted_items import Counted, counted_items, inline_items, polite
from api.answer.selection import Candidate
from api.answer.spoken import ITEM, SpokenSentence
from api.answer.table_row import is_row
from api.answer.wording import cleaned
from retriever.answer_kind import AnswerKind

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
_ANNOUNCES = re.compile(
    r"(?:다음|아래)(?:과|와) 같|(?:다음|아래)의?\s(?:[가-힣\d]+\s?)?(?:가지|표|그림)"
)
# Questions that ask what something is made of, and name no kind of answer: 중요한 요소는?
_ASKS_WHAT = re.compile(
    r"(?:은|는|이|가)(?:\s?(?:무엇|뭐|뭘|뭔)|\s?[?]?$)|알려|말해|나열|설명|정리|꼽"
)
_WITHOUT_LISTS = frozenset({AnswerKind.NUMBER, AnswerKind.TIME, AnswerKind.PERSON})


def list_answer(
    ranked: Sequence[Candidate], count: int = 0, question: str = ""
) -> list[SpokenSentence]:
    """Return the list that the best sentence begins or belongs to, or nothing.

    Args:
        ranked: all sentences that may be quoted, the likeliest answer first; not empty.
        count: how many things are asked for, or 0 where the question does not say.
        question: the question, which may call what is listed by its name.
    """
    best = ranked[0]
    whole = _of_count(ranked, count, question) if count else []
    if whole:
        return whole
    items = children(best, ranked)
    if len(items) >= _MIN_ITEMS and (
        best.score >= _SURE or (best.score >= _LIKELY and _are_short(items))
    ):
        return _with_lead(best, items)
    counted = _counted(best)
    if counted and not counted.unsaid:
        return _told_items(counted, best)
    return [] if counted else _series(best, ranked)


def plain_list(
    question: str, kind: AnswerKind, ranked: Sequence[Candidate]
) -> list[SpokenSentence]:
    """Return the list that the best sentence announces or is, though none was asked for.

    Args:
        question: the question.
        kind: what it asks for; none is told where that is a figure, a time or a person.
        ranked: all sentences that may be quoted, the likeliest answer first; not empty.
    """
    best = ranked[0]
    if kind in _WITHOUT_LISTS:
        return []
    items = announced_list(best, ranked) if best.score >= _SURE else []
    if items or kind is not AnswerKind.OTHER or not _ASKS_WHAT.search(question):
        return items
    counted = _counted(best)
    return _told_items(counted, best) if counted and not counted.unsaid else []


def announces(candidate: Candidate) -> bool:
    """Tell whether a sentence says that something follows it: 다음과 같음."""
    return _ANNOUNCES.search(candidate.sentence.text) is not None


def announced_list(parent: Candidate, ranked: Sequence[Candidate]) -> list[SpokenSentence]:
    """Return a sentence that announces a list with the items under it, or nothing."""
    items = children(parent, ranked) if announces(parent) else []
    return _with_lead(parent, items) if len(items) >= _MIN_ITEMS else []


def children(parent: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences right under ``parent`` in reading order, at most twelve."""
    under = (c for c in ranked if c.sentence.path[-1:] == (parent.sentence.text,))
    return _in_order(
        c for c in under if c.passage.document_id == parent.passage.document_id and not is_row(c)
    )


def _of_count(ranked: Sequence[Candidate], count: int, question: str) -> list[SpokenSentence]:
    """Return the list of exactly ``count`` items that one of the best sentences begins or is."""
    for parent in ranked[:_LOOKED_AT]:
        if parent.score < _COUNTED_LIKELY:
            break
        counted = _counted(parent)
        if counted and len(counted.items) == count:
            return _told_items(counted, parent)
        inline = inline_items(cleaned(parent.sentence.text), question, count)
        if inline and not is_row(parent):
            return _told_items(inline, parent)
        items = children(parent, ranked)
        if len(items) == count and _are_short(items):
            return _with_lead(parent, items)
    return []


def _series(best: Candidate, ranked: Sequence[Candidate]) -> list[SpokenSentence]:
    """Return the bullets beside ``best`` where they are the items of one list."""
    if not best.sentence.path or is_row(best):
        return []
    items = _in_order(
        c
        for c in ranked
        if c.sentence.path == best.sentence.path
        and c.sentence.kind is best.sentence.kind
        and c.passage.document_id == best.passage.document_id
    )
    near = {c.place for c in ranked[:_AMONG_BEST]}
    if sum(item.place in near for item in items) < _MIN_ITEMS or not _is_series(items):
        return []
    parent = next((c for c in ranked if c.sentence.text == best.sentence.path[-1]), None)
    return _with_lead(parent, items) if parent else _told(items)


def _is_series(items: Sequence[Candidate]) -> bool:
    if len(items) < _MIN_ITEMS or not _are_short(items):
        return False
    return all(_LABELLED.match(item.sentence.text) for item in items)


def _are_short(items: Sequence[Candidate]) -> bool:
    return median(len(item.sentence.text) for item in items) <= _ITEM_CHARS


def _counted(best: Candidate) -> Counted | None:
    """Return the items that one sentence counts itself, as 핵심 기술: ① … ② … does."""
    return None if is_row(best) else counted_items(cleaned(best.sentence.text))


def _told_items(counted: Counted, best: Candidate) -> list[SpokenSentence]:
    lead = [SpokenSentence(counted.lead, (best,))] if counted.lead else []
    return [*lead, *(SpokenSentence(ITEM + item, (best,)) for item in counted.items)]


def _with_lead(parent: Candidate, items: Sequence[Candidate]) -> list[SpokenSentence]:
    text = cleaned(parent.sentence.text)
    return [SpokenSentence(polite(text), (parent,), plain=text), *_told(items)]


def _told(items: Sequence[Candidate]) -> list[SpokenSentence]:
    return [SpokenSentence(ITEM + cleaned(item.sentence.text), (item,)) for item in items]


def _in_order(items: Iterator[Candidate]) -> list[Candidate]:
    ordered = sorted(items, key=lambda c: c.sentence.start)
    return list({c.sentence.text: c for c in ordered}.values())[:_MAX_ITEMS]


def in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return ``chosen`` with the sentences right under the best one in the order they stand in."""
    under = [c for c in chosen if c.sentence.path[-1:] == (chosen[0].sentence.text,)]
    ordered = iter(sorted(under, key=lambda c: c.sentence.start))
    return [next(ordered) if c in under else c for c in chosen]

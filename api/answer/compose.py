"""The sentences of an extractive answer, in the form that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from api.answer.asked_count import asked_count
from api.answer.claim import asks_yes_or_no
from api.answer.consequence import with_its_cause
from api.answer.expected import expected
from api.answer.lead import lead
from api.answer.list_answer import (
    announced_list,
    announces,
    in_reading_order,
    list_answer,
    plain_list,
)
from api.answer.selection import Candidate, select
from api.answer.sentence_before import follows, pointed_at, stands_alone, topic_before
from api.answer.sides import both_sides
from api.answer.spoken import ITEM, Asked, SpokenSentence
from api.answer.table_answer import table_answer
from api.answer.table_question import looked_up
from api.answer.table_row import is_row
from api.answer.wording import (
    cleaned,
    subject_above,
    with_subject,
    without_connective,
    without_repeated_label,
)
from api.answer.wrong_count import corrected, wrong_count
from api.answer.yes_no import LOOKED_AT
from retriever.answer_kind import AnswerKind
from retriever.hit import SearchResult
from retriever.term_kind import is_stem

Choose = Callable[[Sequence[Candidate], Mapping[str, float]], list[Candidate]]

# A sentence less likely than this does not lend its figure to the front of the answer.
_SURE = 0.75
# Among more sentences none is brought in for the sake of one that is not the first.
_FEW = 3
_YEAR_TERM = re.compile(r"#\d{4}년")


def compose(
    question: str,
    kind: AnswerKind,
    ranked: Sequence[Candidate],
    result: SearchResult,
    choose: Choose = select,
) -> list[SpokenSentence]:
    """Return what to say, every sentence with what it rests on.

    Args:
        question: the question in the user's words.
        kind: what it asks for.
        ranked: all sentences that may be quoted, the likeliest answer first.
        result: the search that found them.
        choose: picks those that suffice from ``ranked``, given the question's words.

    Returns:
        The sentences in the order to say them; none where ``ranked`` is empty. A sentence that
        begins with ``- `` is an item of a list.
    """
    if not ranked:
        return []
    wrong = wrong_count(question, ranked, result)
    if wrong is not None:
        return [corrected(wrong), *compose(wrong.mended, kind, ranked, result, choose)]
    looked = looked_up(question, ranked)
    if looked:
        return table_answer(question, looked, ranked, result.terms)
    listed = _listed(question, kind, ranked)
    chosen = both_sides(question, choose(ranked, result.terms), ranked)
    chosen = with_its_cause(question, kind, _with_announced(chosen, ranked), ranked)
    chosen = _with_named(chosen, ranked, result)
    held = {candidate.place for said in listed for candidate in said.candidates}
    rest = [] if listed else [c for c in chosen if c.place not in held]
    told = [*listed, *_told_in_turn(question, rest, ranked, result)]
    first = replace(told[0], text=without_connective(told[0].text))
    if asks_yes_or_no(question):
        asked = Asked(result.query, tuple(ranked[:LOOKED_AT]))
        return [replace(first, asked=asked), *told[1:]]
    return [_led(question, kind, first, result), *told[1:]]


def _listed(question: str, kind: AnswerKind, ranked: Sequence[Candidate]) -> list[SpokenSentence]:
    """Return the list that answers, or nothing."""
    if kind is AnswerKind.LIST:
        return list_answer(ranked, asked_count(question), question)
    return [] if asks_yes_or_no(question) else plain_list(question, kind, ranked)


def _with_announced(chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return ``chosen`` with what stands behind the best one where that says 다음과 같음."""
    best = chosen[0]
    if not announces(best):
        return list(chosen)
    behind = (
        c
        for c in ranked
        if c.passage.id == best.passage.id and c.sentence.start > best.sentence.start
    )
    following = min(behind, key=lambda c: c.sentence.start, default=best)
    rest = (c for c in chosen[1:] if c.place != following.place)
    return list({c.place: c for c in (best, following, *rest)}.values())


def _with_named(
    chosen: Sequence[Candidate], ranked: Sequence[Candidate], result: SearchResult
) -> list[Candidate]:
    """Return ``chosen``, each behind the sentence that it points back at with 이 부담 or 이는.

    That one is brought in for the best, and among few for others; else those that cannot be
    understood without it are left out.
    """
    ordered: list[Candidate] = []
    for candidate in chosen:
        if candidate in ordered:
            continue
        named = pointed_at(candidate, ranked, result, chosen if ordered else ())
        alone = stands_alone(candidate)
        if named in ordered:
            ordered.insert(ordered.index(named) + 1, candidate)
        elif named and (not ordered or named in chosen or (len(chosen) <= _FEW and not alone)):
            further = None if stands_alone(named) else pointed_at(named, ranked, result, chosen)
            ordered += [c for c in (further, named) if c is not None and c not in ordered]
            ordered.append(candidate)
        elif alone or not ordered:
            ordered.append(candidate)
    return ordered


def _told_in_turn(
    question: str,
    chosen: Sequence[Candidate],
    ranked: Sequence[Candidate],
    result: SearchResult,
) -> list[SpokenSentence]:
    """Tell what was chosen; rows of tables together, in the place of the first of them."""
    chosen = in_reading_order(chosen)
    rows = [candidate for candidate in chosen if is_row(candidate)]
    tabled = table_answer(question, rows, ranked, result.terms)
    if any(map(is_row, chosen[:1])) and any(said.text.startswith(ITEM) for said in tabled):
        return tabled  # a list of the rows leaves nothing to add
    lists = {c.place: announced_list(c, ranked) for c in chosen}
    held = {c.place for items in lists.values() for said in items[1:] for c in said.candidates}
    told: list[SpokenSentence] = []
    for place, candidate in enumerate(chosen):
        if is_row(candidate):
            told += tabled if candidate is rows[0] else []
        elif candidate.place not in held:
            after = chosen[place - 1] if place else None
            told += lists[candidate.place] or [_told(candidate, result, after)]
    return told


def _told(candidate: Candidate, result: SearchResult, after: Candidate | None) -> SpokenSentence:
    text = without_repeated_label(cleaned(candidate.sentence.text))
    subject = ""
    if not follows(candidate, after):
        text, subject = without_connective(text), topic_before(candidate)
    above = candidate.match.context_terms - candidate.match.terms
    wanted = [term for term in above if not is_stem(term)]
    subject = subject or subject_above(candidate.sentence.path, wanted, text)
    return SpokenSentence(
        with_subject(subject, text), (candidate,), added=(subject,) if subject else ()
    )


def _named(result: SearchResult) -> frozenset[str]:
    """Return the names and years in a question: a figure of another's is no answer to it."""
    names = frozenset(result.roles.names).difference(result.explained_terms)
    return frozenset(t for t in result.terms if t in names or _YEAR_TERM.fullmatch(t))


def _led(
    question: str, kind: AnswerKind, first: SpokenSentence, result: SearchResult
) -> SpokenSentence:
    """Put the figure or the date that is asked for before the first sentence."""
    candidate = first.candidates[0]
    wanted = expected(question, kind)
    if wanted.several or is_row(candidate) or candidate.score < _SURE:
        return first
    if not _named(result) <= candidate.match.terms | candidate.match.context_terms:
        return first
    found = lead(question, kind, wanted, first.text, result.terms)
    if not found or first.text.startswith(found):
        return first
    led = f"{found}입니다."
    return replace(first, text=f"{led} {first.text}", plain=first.text, lead=led)

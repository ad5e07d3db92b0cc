"""The sentences of an extractive answer, in the form that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from api.answer.asked_count import asked_count
from api.answer.expected import expected
from api.answer.lead import lead
from api.answer.list_answer import list_answer
from api.answer.selection import Candidate, select
from api.answer.sides import both_sides
from api.answer.spoken import SpokenSentence
from api.answer.table_answer import table_answer
from api.answer.wording import cleaned, subject_above, with_subject, without_connective
from api.answer.yes_no import yes_or_no
from ingest.records import BlockKind
from retriever.answer_kind import AnswerKind
from retriever.hit import SearchResult

Choose = Callable[[Sequence[Candidate], Mapping[str, float]], list[Candidate]]

# A sentence less likely than this does not lend its figure to the front of the answer.
_SURE = 0.75
_STEM_MARK = "/v"
_YEAR_TERM = re.compile(r"#\d{4}년")
_REFERS_BACK = re.compile(
    r"^(?:(?:이|그|해당|이러한|이런|이 같은)\s"
    r"|(?:이는|이를|이에|이로써|여기에|이들)[\s,](?!비해|반해))"
)
_ANNOUNCES = re.compile(
    r"(?:다음|아래)(?:과|와) 같|다음의? (?:[가-힣\d]+ )?(?:가지|표|그림)|아래의? 표"
)


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
    listed = list_answer(ranked, asked_count(question)) if kind is AnswerKind.LIST else []
    chosen = both_sides(question, choose(ranked, result.terms), ranked)
    chosen = _with_named(_with_announced(chosen, ranked), ranked, result)
    held = {candidate.place for said in listed for candidate in said.candidates}
    rest = [] if listed else [c for c in chosen if c.place not in held]
    told = [*listed, *(_told(question, candidate, result) for candidate in rest)]
    first = replace(told[0], text=without_connective(told[0].text))
    return [_led(question, kind, first, result), *told[1:]]


def _with_announced(chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return ``chosen`` with what stands behind the best one where that says 다음과 같음."""
    best = chosen[0]
    if not _ANNOUNCES.search(best.sentence.text):
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
    """Return ``chosen`` with what stands before the best one where that says 이는 or 그 회사는.

    The one before must speak of what is asked, or it was not what the best one means.
    """
    best = chosen[0]
    if not _REFERS_BACK.search(best.sentence.text):
        return list(chosen)
    above = (
        c
        for c in ranked
        if c.passage.id == best.passage.id
        and c.sentence.start < best.sentence.start
        and c.sentence.path == best.sentence.path
    )
    named = max(above, key=lambda c: c.sentence.start, default=best)
    if all(term.endswith(_STEM_MARK) for term in named.match.terms & frozenset(result.terms)):
        return list(chosen)
    return list({c.place: c for c in (named, *chosen)}.values())


def _told(question: str, candidate: Candidate, result: SearchResult) -> SpokenSentence:
    cell = table_answer(question, candidate, result.terms)
    if cell is not None:
        return cell
    text = cleaned(candidate.sentence.text)
    above = candidate.match.context_terms - candidate.match.terms
    wanted = [term for term in above if not term.endswith(_STEM_MARK)]
    subject = subject_above(candidate.sentence.path, wanted, text)
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
    """Put the figure, the date or the yes that is asked for before the first sentence."""
    candidate = first.candidates[0]
    answer = yes_or_no(question, candidate, result)
    if answer:
        text, added = f"{answer}, {first.text}", (*first.added, answer)
        return SpokenSentence(text, first.candidates, added, plain=first.text)
    wanted = expected(question, kind)
    told_already = candidate.sentence.kind is BlockKind.TABLE_ROW
    if wanted.several or told_already or candidate.score < _SURE:
        return first
    if not _named(result) <= candidate.match.terms | candidate.match.context_terms:
        return first
    found = lead(question, kind, wanted, first.text, result.terms)
    if not found or first.text.startswith(found):
        return first
    return replace(first, text=f"{found} — {first.text}", plain=first.text)

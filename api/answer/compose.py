"""The sentences of an extractive answer, in the form that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.expected import expected
from api.answer.lead import lead
from api.answer.list_answer import list_answer
from api.answer.question import AnswerKind
from api.answer.selection import Candidate, select
from api.answer.sides import both_sides
from api.answer.spoken import SpokenSentence
from api.answer.table_answer import table_answer
from api.answer.wording import cleaned, subject_above, with_subject
from api.answer.yes_no import yes_or_no
from retriever.hit import SearchResult

# A sentence less likely than this does not lend its figure to the front of the answer.
_SURE = 0.5
_BLANKS = re.compile(r"\s+")
_STEM_MARK = "/v"


def compose(
    question: str, kind: AnswerKind, ranked: Sequence[Candidate], result: SearchResult
) -> list[SpokenSentence]:
    """Return what to say, every sentence with what it rests on.

    Args:
        question: the question in the user's words.
        kind: what it asks for.
        ranked: all sentences that may be quoted, the likeliest answer first.
        result: the search that found them.

    Returns:
        The sentences in the order to say them; none where ``ranked`` is empty. A sentence that
        begins with ``- `` is an item of a list.
    """
    if not ranked:
        return []
    listed = list_answer(ranked) if kind is AnswerKind.LIST else []
    several = expected(question, kind).several
    chosen = both_sides(question, select(ranked, result.terms, several=several), ranked)
    held = {candidate.place for said in listed for candidate in said.candidates}
    rest = [] if listed else [c for c in chosen if c.place not in held]
    told = [*listed, *(_told(question, candidate, result) for candidate in rest)]
    return [_led(question, kind, told[0], result), *told[1:]]


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


def _led(
    question: str, kind: AnswerKind, first: SpokenSentence, result: SearchResult
) -> SpokenSentence:
    """Put the figure, the date or the yes that is asked for before the first sentence."""
    candidate = first.candidates[0]
    answer = yes_or_no(question, candidate, result)
    if answer:
        return SpokenSentence(f"{answer}, {first.text}", first.candidates, (*first.added, answer))
    wanted = expected(question, kind)
    unsure = wanted.several or candidate.score < _SURE
    found = "" if unsure else lead(kind, wanted, first.text, result.terms)
    if not found or _BLANKS.sub("", first.text).startswith(_BLANKS.sub("", found)):
        return first
    return SpokenSentence(f"{found} — {first.text}", first.candidates, first.added)

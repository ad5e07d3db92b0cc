"""Answers in the documents' own words, and refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from api.answer import refusal
from api.answer.carried import FollowUp, ranked_after
from api.answer.citation import cite
from api.answer.follow_up_verdict import judged_after
from api.answer.generated import Checks
from api.answer.grounding.source import Source
from api.answer.records import AnswerPart, AnswerSentence
from api.answer.refusal_features import evidence
from api.answer.refusal_text import refusal_text, related, related_text, spoken
from api.answer.register import Read, before_ending, better_polite, told_politely
from api.answer.row_sentence import in_its_words
from api.answer.said import Said, line_of, part_of
from api.answer.selection import Candidate, rank
from api.answer.spoken import ITEM, SpokenSentence
from api.answer.table_row import is_row
from api.answer.trap import NOT_IN_CORPUS, Trap, likely_trap, sure_trap
from api.answer.wording import cleaned, without_connective, without_repeated_label
from api.answer.yes_no import with_verdict
from retriever.answer_kind import AnswerKind, answer_kind
from retriever.hit import SearchResult

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether the documents answer a question.

    Attributes:
        kind: what it asks for.
        ranked: the sentences that may be quoted, the likeliest answer first.
        verdict: how likely the documents answer at all.
        trap: why they do not, or None.
    """

    kind: AnswerKind
    ranked: tuple[Candidate, ...]
    verdict: refusal.Verdict
    trap: Trap | None


def judge(
    question: str, result: SearchResult, said: str = "", follow_up: FollowUp | None = None
) -> Judged:
    """Decide whether to answer.

    Args:
        question: the words that tell what kind of answer is wanted.
        result: of the search.
        said: what was said already; its sentences are not said again.
        follow_up: what the conversation tells, where it goes on.
    """
    kind = answer_kind(question)
    found = ranked_after(question, kind, follow_up) if follow_up else rank(question, result, kind)
    ranked = [c for c in found if not _stands_in(c, said)]
    verdict = (
        judged_after(question, result, follow_up.told)
        if follow_up and follow_up.completed
        else refusal.judge(evidence(question, result))
    )
    return Judged(kind, tuple(ranked), verdict, _trap(question, kind, result, ranked, verdict))


def extract(
    question: str, chosen: Sequence[SpokenSentence], checks: Checks, read: Read
) -> Iterator[AnswerPart]:
    """Yield the sentences that answer, each before the next is checked.

    One that is cited again keeps its number.

    Args:
        question: in the user's words.
        chosen: what to say.
        checks: a sentence that fails them is said in the document's words alone.
        read: returns the morphemes of a sentence, so that its end can be told politely.
    """
    told = with_verdict(chosen, checks)
    ended = read if _better_polite(told, read) else None
    yield from _numbered(_opened(said, question, checks, ended) for said in told)


def _better_polite(chosen: Sequence[SpokenSentence], read: Read) -> bool:
    sentences = [said for said in chosen if not said.text.startswith(ITEM)]
    if any(said.opening for said in sentences):
        return True
    texts = [text for said in sentences for text in (said.lead, said.text) if text]
    return better_polite(texts, read)


def _opened(
    said: SpokenSentence, question: str, checks: Checks, read: Read | None
) -> SpokenSentence:
    """Return what is said behind words of ours, checked without these.

    Where ``read`` is given, the end of what was checked is told politely, and nothing else of it
    is changed. Items of lists and rows of tables stay as those beside them are, most of which end
    in a noun.
    """
    checked = _checked(said, question, checks) if said.text else said
    is_sentence = not (said.text.startswith(ITEM) or any(map(is_row, said.candidates)))
    if read is not None and is_sentence:
        checked = replace(checked, text=told_politely(checked.text, read))
    if not said.opening:
        return checked
    added = (*checked.added, said.opening.strip(" ,"))
    return replace(checked, text=f"{said.opening}{checked.text}", added=added)


def _checked(said: SpokenSentence, question: str, checks: Checks) -> SpokenSentence:
    if said.parts:
        each = zip(said.parts, said.candidates, strict=True)
        alone = (SpokenSentence(part, (candidate,)) for part, candidate in each)
        if all(_checked(part, question, checks) == part for part in alone):
            return said
    passages = {c.passage.id: c for c in said.candidates}
    sources = {
        marker: Source(marker, candidate.hit.document.title, candidate.passage)
        for marker, candidate in enumerate(passages.values(), start=1)
    }
    for text in filter(None, (said.text, said.plain)):
        bare = text.removeprefix(ITEM)
        if checks.check(bare, tuple(sources), sources, question).supported:
            return replace(said, text=text)
    verbatim = " ".join(spoken(in_its_words(candidate)) for candidate in said.candidates)
    item = ITEM if said.text.startswith(ITEM) else ""
    return SpokenSentence(f"{item}{verbatim}", said.candidates)


def refuse(trap: Trap, judged: Judged, result: SearchResult) -> Said:
    """Say what is missing and what the documents say nearby."""
    near = related(judged.ranked, result, judged.verdict)
    shown = frozenset().union(*(candidate.match.terms for candidate in near))
    text = refusal_text(trap, result, judged.verdict.nearest, shown)
    parts = [line_of(text, first=True)]
    for marker, candidate in enumerate(near, start=1):
        citation = replace(cite(candidate, marker), related=True)
        told = without_connective(without_repeated_label(cleaned(in_its_words(candidate))))
        sentence = AnswerSentence(spoken(told), (marker,), supported=True)
        parts.append(AnswerPart(related_text(sentence.text, marker), sentence, (citation,)))
    return Said(tuple(parts), judged.verdict.probability, trap.reason)


def _trap(
    question: str,
    kind: AnswerKind,
    result: SearchResult,
    ranked: Sequence[Candidate],
    verdict: refusal.Verdict,
) -> Trap | None:
    if not ranked or verdict.nearest is None:
        return Trap(NOT_IN_CORPUS)
    trap = sure_trap(question, kind, result, verdict)
    if trap is None and verdict.probability < refusal.CALIBRATION.threshold:
        return likely_trap(question, result, verdict)
    return trap


def _numbered(chosen: Iterable[SpokenSentence]) -> Iterator[AnswerPart]:
    markers: dict[tuple[str, int], int] = {}
    for number, said in enumerate(chosen):
        new = [candidate for candidate in said.candidates if candidate.place not in markers]
        for candidate in new:
            markers[candidate.place] = len(markers) + 1
        own = [markers[candidate.place] for candidate in said.candidates]
        citations = [cite(candidate, markers[candidate.place]) for candidate in new]
        lead, text = said.lead, said.text
        if lead and text.startswith(lead):
            yield part_of(lead, own, citations, first=number == 0)
            text, citations = text.removeprefix(lead).lstrip(), []
        first = number == 0 and text is said.text
        yield part_of(text, own, citations, first=first, added=said.added)


def _stands_in(candidate: Candidate, said: str) -> bool:
    words = _squeezed(before_ending(candidate.sentence.text))
    return bool(said and words) and words in _squeezed(said)


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text)

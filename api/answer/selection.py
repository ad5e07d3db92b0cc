"""Which sentences of the hits answer the question: the fewest that suffice."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.answer.evidence_signs import Signs, coverage, signs_of
from api.answer.wording import says_something
from ingest.records import BlockKind, Passage, Sentence
from retriever.answer_kind import AnswerKind
from retriever.hit import Hit, SearchResult, SentenceMatch

__all__ = ["Candidate", "coverage", "rank", "select"]

# Kinds of text that an answer never quotes.
NOT_QUOTED = frozenset({BlockKind.REFERENCE, BlockKind.CONTENTS, BlockKind.FURNITURE})
# Kinds that name a figure or where it comes from: an answer only to a question about just that.
_LABELS = frozenset({BlockKind.CAPTION, BlockKind.SOURCE})
_ASKS_FOR_LABEL = re.compile(r"그림|도표|도식|출처|자료|어디서 (?:따|가져)|인용|기관")

# Fitted by listwise softmax regression on the `tune` questions of a third-party set of natural
# questions, of one over the same passages in their words, and of two over reports (the chosen signs
# by forward selection in cross-validation, mean negative log chance of the answering sentences 1.26
# / .43 / 1.07 / .55 against 1.27 / .47 / 1.20 / .61 with the six of before). The answering sentence
# comes first for .66 / .92 / .66 / .86 of the `test` questions of the four and is among the first
# three for .88 / .98 / .81 / .95.
WEIGHTS = Signs(
    similarity=3.19,
    near=0.39,
    near_reworded=5.34,
    nearest=0.53,
    own=3.04,
    context=2.17,
    passage=4.33,
    fit=1.89,
    unit=2.30,
    person=0.91,
    organisation=1.93,
    focus=0.72,
    row=-4.13,
    asked_row=7.87,
    parent=-2.97,
    child=3.73,
)

# At most this many sentences of at most so many characters answer one question; a list may have
# more. Chosen with the next four on `tune` for answers right at a length that can be read: .825
# and .912 over the two sets of reports at a median of 209 and 150 characters; .800 and .850 with
# 300 characters, .825 and .900 at 198 and 140 where .65 is sure whatever the words, .812 and .900
# at 177 and 140 where .07 is likely.
MAX_SENTENCES = 5
_BUDGET_CHARS = 420
# A best sentence as likely as this answers alone, unless another adds much of the question.
_SURE = 0.6
# A sentence with less of the question's words was found by its meaning alone: less surely.
_SURE_COVERAGE = 0.5
# Others join while they have this chance ...
_LIKELY = 0.05
# ... or this, and hold this share of the question's idf mass that nothing chosen holds.
_LIKELY_ADDING = 0.03
_ADDED_COVERAGE = 0.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be part of the answer.

    Attributes:
        hit: where it stands.
        sentence: the sentence.
        match: how it meets the question.
        score: the chance, among all candidates, that it is the one that answers; 0..1.
    """

    hit: Hit
    sentence: Sentence
    match: SentenceMatch
    score: float

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.hit.passage

    @property
    def place(self) -> tuple[str, int]:
        """Document and offset, which no other sentence shares."""
        return self.passage.document_id, self.sentence.start


def rank(
    question: str, result: SearchResult, kind: AnswerKind, weights: Signs = WEIGHTS
) -> list[Candidate]:
    """Return all sentences of the hits that may be quoted, the likeliest answer first."""
    left_out = NOT_QUOTED if _ASKS_FOR_LABEL.search(question) else NOT_QUOTED | _LABELS
    pairs = list(_pairs(result.hits, left_out))
    if not pairs:
        return []
    signs = signs_of(question, result, kind, pairs)
    chances = _softmax([found.weighted(weights) for found in signs])
    found = [
        Candidate(hit, sentence, match, score=chance)
        for (hit, sentence, match), chance in zip(pairs, chances, strict=True)
    ]
    return sorted(found, key=lambda c: -c.score)


def select(
    candidates: Sequence[Candidate], terms: Mapping[str, float], *, several: bool = False
) -> list[Candidate]:
    """Return the sentences that answer, the likeliest first.

    The best comes first, alone where it is likely enough and not ``several`` things are asked for.
    Others join while they are likely or bring in words of the question that are not yet covered.
    """
    chosen = list(candidates[:1])
    for candidate in candidates[1:]:
        if len(chosen) == MAX_SENTENCES or candidate.score < _LIKELY_ADDING:
            break
        length = sum(len(c.sentence.text) for c in (*chosen, candidate))
        sure = not several and _is_sure(candidates[0], terms)
        if length <= _BUDGET_CHARS and _joins(candidate, chosen, terms, sure=sure):
            chosen.append(candidate)
    return chosen


def _is_sure(best: Candidate, terms: Mapping[str, float]) -> bool:
    held = best.match.terms | best.match.context_terms
    return best.score >= _SURE and coverage(held, terms) >= _SURE_COVERAGE


def _joins(
    candidate: Candidate, chosen: Sequence[Candidate], terms: Mapping[str, float], *, sure: bool
) -> bool:
    if any(candidate.sentence.text == other.sentence.text for other in chosen):
        return False
    if _is_lesser_row(candidate, chosen[0]):
        return False
    if not sure and candidate.score >= _LIKELY:
        return True
    covered = frozenset[str]().union(*(other.match.terms for other in chosen))
    return coverage(candidate.match.terms - covered, terms) >= _ADDED_COVERAGE


def _is_lesser_row(candidate: Candidate, best: Candidate) -> bool:
    """Tell whether both are rows and the other one has all the words that this one has and more.

    The question names the other one's row; this one only has columns in common with it.
    """
    rows = candidate.sentence.kind is best.sentence.kind is BlockKind.TABLE_ROW
    return rows and candidate.match.terms < best.match.terms


def _pairs(
    hits: Sequence[Hit], left_out: frozenset[BlockKind]
) -> Iterator[tuple[Hit, Sentence, SentenceMatch]]:
    for hit in hits:
        for sentence, match in zip(hit.passage.sentences, hit.sentences, strict=True):
            if sentence.kind not in left_out and says_something(sentence.text):
                yield hit, sentence, match


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    return [value / sum(raised) for value in raised]

"""Which sentences of the hits answer the question: the fewest that suffice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.answer.evidence_signs import Signs, coverage, signs_of
from api.answer.quotable import left_out
from api.answer.siblings import of_siblings
from api.answer.wording import says_something
from ingest.records import BlockKind, Passage, Sentence
from retriever.answer_kind import AnswerKind
from retriever.hit import Hit, SearchResult, SentenceMatch

__all__ = ["Candidate", "coverage", "rank", "repeats", "select"]

# Fitted by listwise softmax regression on `tune` questions: 199 over our reports, 133 over two
# originals, 115 over an encyclopaedia in its words and every second of 1,585 natural ones. The
# signs were chosen by forward selection on the same questions; cross-validated, the mean negative
# log chance of the answering sentences is .96 / .77 / .31 / 1.29 against 1.02 / .80 / .34 / 1.33
# with the 16 signs of before fitted anew; they come first for .72 / .77 / .90 / .66, and are among
# the first three for .89 / .93 / .98 / .85. ``year`` came later and was fitted with the others as
# they were: .910 instead of .915 over all sets, the least of the weights that reach it. So did
# ``concern``: on 234 `tune` questions over our reports and 85 new ones the mean falls from .767 to
# .736 and from .808 to .785; those first stay the same, and one or two more have evidence told.
# ``label`` does as much again: .802 to .787 and .812 to .805, those first 191 to 192 and 67 to 68.
WEIGHTS = Signs(
    meaning=3.78,
    words=3.69,
    weakest=0.39,
    own=0.76,
    verb=0.84,
    focus=0.82,
    passage=3.66,
    opening=0.43,
    fit=0.96,
    value=0.61,
    unit=2.95,
    meaning_told=1.06,
    year=1.0,
    concern=1.0,
    label=1.0,
    asked_row=4.24,
    parent=-2.14,
    child=2.81,
    length=-0.17,
)

# At most this many sentences of at most so many characters answer one question; a list may have
# more. Chosen with the next three on the 332 `tune` questions over reports, each ranked by weights
# fitted without it and asked as a whole, and on the other half of the natural ones: .822 of the
# first are right and .883 have evidence cited at a median of 166 characters, .837 and .799 of the
# second at 140. Before, with sentences of a chance of .05, or the best alone above .6, it was .825
# and .901 at 224, .832 and .799 at 138. With at most 3 sentences .798 and .855 at 162.
MAX_SENTENCES = 5
_BUDGET_CHARS = 500
# Others join the best one while they have this share of its chance. With .1 .901 have evidence
# cited at 224 characters; with .25 .864 at 156.
_LIKELY_SHARE = 0.2
# Or the answer is not among those chosen with the first chance, and they have the second. With it
# 221 of 235 `tune` questions have evidence told instead of 219, at 159 characters instead of 152
# on average; with .85, as for a part of a question, 221 at 179.
_ENOUGH = 0.7
_LIKELY = 0.05
# Or they have this chance, and hold this share of the question's idf mass that nothing chosen has.
_LIKELY_ADDING = 0.02
_ADDED_COVERAGE = 0.15


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
    pairs = list(_pairs(result, left_out(question)))
    if not pairs:
        return []
    signs = signs_of(question, result, kind, pairs)
    chances = _softmax([found.weighted(weights) for found in signs])
    found = [
        Candidate(hit, sentence, match, score=chance)
        for (hit, sentence, match), chance in zip(pairs, chances, strict=True)
    ]
    return sorted(found, key=lambda c: -c.score)


def select(candidates: Sequence[Candidate], terms: Mapping[str, float]) -> list[Candidate]:
    """Return the sentences that answer, the likeliest first.

    Others join the best while they are nearly as likely, while it is in doubt that the answer is
    among those chosen, or where they bring in words of the question that are not yet covered.

    Args:
        candidates: all, the likeliest first.
        terms: the question's words with their idf.
    """
    chosen = list(candidates[:1])
    for candidate in candidates[1:]:
        if len(chosen) == MAX_SENTENCES or candidate.score < _LIKELY_ADDING:
            break
        length = sum(len(c.sentence.text) for c in (*chosen, candidate))
        near = candidate.score >= _LIKELY_SHARE * candidates[0].score
        if length > _BUDGET_CHARS or repeats(candidate, chosen):
            continue
        doubted = sum(c.score for c in chosen) < _ENOUGH and candidate.score >= _LIKELY
        if near or doubted or _adds(candidate, chosen, terms):
            chosen.append(candidate)
    return chosen


def _adds(candidate: Candidate, chosen: Sequence[Candidate], terms: Mapping[str, float]) -> bool:
    """Tell whether a candidate holds much of the question that nothing chosen holds."""
    covered = frozenset[str]().union(*(other.match.terms for other in chosen))
    return coverage(candidate.match.terms - covered, terms) >= _ADDED_COVERAGE


def repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Tell whether a candidate says nothing that ``chosen``, not empty, does not say."""
    said = any(candidate.sentence.text == other.sentence.text for other in chosen)
    return said or _is_lesser_row(candidate, chosen[0])


def _is_lesser_row(candidate: Candidate, best: Candidate) -> bool:
    """Tell whether both are rows and the other one has all the words that this one has and more.

    The question names the other one's row; this one only has columns in common with it.
    """
    rows = candidate.sentence.kind is best.sentence.kind is BlockKind.TABLE_ROW
    return rows and candidate.match.terms < best.match.terms


def _pairs(
    result: SearchResult, unquoted: frozenset[BlockKind]
) -> Iterator[tuple[Hit, Sentence, SentenceMatch]]:
    for hit, aside in zip(result.hits, of_siblings(result), strict=True):
        rows = zip(hit.passage.sentences, hit.sentences, aside, strict=True)
        for sentence, match, of_sibling in rows:
            if sentence.kind not in unquoted and says_something(sentence.text) and not of_sibling:
                yield hit, sentence, match


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    return [value / sum(raised) for value in raised]

"""Which sentences of the hits answer the question: the fewest that suffice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from api.answer.question import AnswerKind, fits
from ingest.records import BlockKind, Passage, Sentence
from retriever.hit import Hit, SearchResult, SentenceMatch

# Kinds of text that an answer never quotes.
NOT_QUOTED = frozenset({BlockKind.REFERENCE, BlockKind.CONTENTS, BlockKind.FURNITURE})
# Kinds that name a figure or where it comes from: an answer only to a question about just that.
_LABELS = frozenset({BlockKind.CAPTION, BlockKind.SOURCE})
_ASKS_FOR_LABEL = re.compile(
    r"그림|도표|도식|표에|표의|표는|출처|자료|어디서 (?:따|가져)|인용|기관"
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts towards a sentence being the answer.

    Attributes:
        similarity: cosine with the question, scaled over all candidate sentences.
        late: how near its words come to the question's, scaled likewise.
        own: share of the question's idf mass in the sentence itself.
        context: share that stands only above it.
        passage: fused score of its passage.
        fit: the sentence holds what an answer of this kind must hold.
    """

    similarity: float
    late: float
    own: float
    context: float
    passage: float
    fit: float


# Fitted by listwise softmax regression on the `tune` questions of a third-party set of natural
# questions (1,520 whose answering passage is among the first 12) and of two sets over reports
# (160): the answering sentence comes first for .661 / .688 / .825 of the three and among the first
# three for .849 / .838 / .963 (without ``late``: .651 / .675 / .825 and .843 / .838 / .963).
WEIGHTS = Weights(similarity=0.223, late=0.211, own=0.142, context=0.088, passage=0.231, fit=0.105)

# At most this many sentences answer one question, unless a list has more items.
MAX_SENTENCES = 3
MAX_LIST_ITEMS = 8
# A further sentence joins when it is nearly as likely: with up to three sentences the answering
# one is among them for .796 of the natural questions, at 1.82 sentences a question (.04: .750,
# 1.44; .16: .830, 2.33) ...
_NEARLY_AS_LIKELY = 0.082
# ... or when it is likely enough and adds this share of the question's idf mass, as for a
# question that asks for several things.
_LIKELY = 0.16
_ADDED_COVERAGE = 0.12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be part of the answer.

    Attributes:
        hit: where it stands.
        sentence: the sentence.
        match: how it meets the question.
        score: 0..1, by ``Weights``.
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
    question: str, result: SearchResult, kind: AnswerKind, weights: Weights = WEIGHTS
) -> list[Candidate]:
    """Return all sentences of the hits that may be quoted, the likeliest answer first."""
    left_out = NOT_QUOTED if _ASKS_FOR_LABEL.search(question) else NOT_QUOTED | _LABELS
    pairs = list(_pairs(result.hits, left_out))
    if not pairs:
        return []
    similarities = _scaled([match.similarity for _, _, match in pairs])
    nearness = _scaled([match.late for _, _, match in pairs])
    best_passage = max(hit.score for hit in result.hits) or 1.0
    found = [
        Candidate(
            hit,
            sentence,
            match,
            score=weights.similarity * similar
            + weights.late * near
            + weights.own * coverage(match.terms, result.terms)
            + weights.context * coverage(match.context_terms - match.terms, result.terms)
            + weights.passage * hit.score / best_passage
            + weights.fit * fits(kind, sentence.text),
        )
        for (hit, sentence, match), similar, near in zip(pairs, similarities, nearness, strict=True)
    ]
    return sorted(found, key=lambda c: -c.score)


def select(
    candidates: Sequence[Candidate], terms: Mapping[str, float], kind: AnswerKind
) -> list[Candidate]:
    """Return the sentences that answer, the most important first.

    The best comes first; others join while they are nearly as likely or bring in words of the
    question that are not yet covered. For a list, a chosen parent bullet brings its children.
    """
    if not candidates:
        return []
    chosen = [candidates[0]]
    covered = candidates[0].match.terms
    for candidate in candidates[1:]:
        behind = candidates[0].score - candidate.score
        if len(chosen) == MAX_SENTENCES or behind > _LIKELY:
            break
        adds = coverage(candidate.match.terms - covered, terms) >= _ADDED_COVERAGE
        if (behind <= _NEARLY_AS_LIKELY or adds) and not _repeats(candidate, chosen):
            chosen.append(candidate)
            covered |= candidate.match.terms
    if kind is AnswerKind.LIST:
        return _with_items(chosen, candidates)
    return chosen


def coverage(found: frozenset[str], terms: Mapping[str, float]) -> float:
    """Return the share of the question's idf mass that ``found`` terms hold, 0..1."""
    total = sum(terms.values())
    return sum(idf for term, idf in terms.items() if term in found) / total if total else 0.0


def _pairs(
    hits: Sequence[Hit], left_out: frozenset[BlockKind]
) -> Iterator[tuple[Hit, Sentence, SentenceMatch]]:
    for hit in hits:
        for sentence, match in zip(hit.passage.sentences, hit.sentences, strict=True):
            if sentence.kind not in left_out:
                yield hit, sentence, match


def _scaled(values: Sequence[float]) -> list[float]:
    """Scale values so that the least is 0 and the greatest 1; equal ones are all 1."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(candidate.sentence.text == other.sentence.text for other in chosen)


def _with_items(chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    in_order = sorted(candidates, key=lambda c: c.sentence.start)
    listed: dict[tuple[str, int], Candidate] = {}
    for parent in chosen:
        listed[parent.place] = parent
        items = (c for c in in_order if _is_item(c, parent))
        listed.update((c.place, c) for c in islice(items, MAX_LIST_ITEMS))
    return _in_reading_order(list(listed.values()))


def _in_reading_order(listed: Sequence[Candidate]) -> list[Candidate]:
    """Return each passage's sentences together and in order, the best passage first."""
    passages = list(dict.fromkeys(c.passage.id for c in listed))
    return sorted(listed, key=lambda c: (passages.index(c.passage.id), c.sentence.start))


def _is_item(candidate: Candidate, parent: Candidate) -> bool:
    return candidate.passage.document_id == parent.passage.document_id and candidate.sentence.path[
        -1:
    ] == (parent.sentence.text,)

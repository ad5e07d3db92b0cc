"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.records import Passage
from retriever.passage_store import DocumentSummary
from retriever.query_repair import Change
from retriever.word_roles import WordRoles


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """How one sentence of a passage meets the query.

    Attributes:
        similarity: cosine of the query and the sentence.
        late: mean cosine of the query's tokens with the nearest of the sentence's.
        terms: terms of the query that stand in the sentence.
        context_terms: those that stand above it: title, headings, caption, parent bullets.
        nearness: of the question's words, the mean cosine of each one's tokens with the nearest
            of the sentence's; words that cannot be told apart in the question are left out.
        stand_ins: terms of the query for which a word of the sentence may stand (예산 for 돈), and
            what that counts, 0..1.
    """

    similarity: float
    late: float
    terms: frozenset[str]
    context_terms: frozenset[str]
    nearness: Mapping[str, float] = field(default_factory=dict)
    stand_ins: Mapping[str, float] = field(default_factory=dict)

    def share(self, term: str) -> float:
        """Return how far the sentence holds a term of the query: 1 for itself, or a stand-in's."""
        return 1.0 if term in self.terms else self.stand_ins.get(term, 0.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage: the passage.
        document: the document it belongs to.
        score: fused score in 0..1, comparable within one search only.
        scores: each signal's own score by name (``morpheme``, ``bigram``, ``dense``, ``late``,
            ``answer_form``, ``coverage``).
        ranks: the passage's 1-based rank by each signal.
        matched_terms: terms of the query, and other names for them, that stand in the passage or
            its headings.
        similarity: cosine of the query and the passage as a whole.
        sentences: one match per sentence of the passage, in order.
    """

    passage: Passage
    document: DocumentSummary
    score: float
    scores: Mapping[str, float]
    ranks: Mapping[str, int]
    matched_terms: tuple[str, ...]
    similarity: float
    sentences: tuple[SentenceMatch, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of one query, best first.

    Attributes:
        query: what was searched for: the question as typed, slips mended, English in Korean.
        changes: what was mended.
        other_names: other names for what the question names, searched for too.
        hits: at most ``top_k`` of them; passages of the same words are given once.
        terms: the query's words with their idf, in reading order, each once; terms that only
            join two of them are left out.
        unknown_terms: terms that stand nowhere in the corpus, under no other name either.
        unknown_names: proper nouns among the question's that the corpus does not even nearly hold.
        timings_ms: time by stage.
        generation: name of the index generation that answered.
        roles: which of the question's words are names, and which predicates.
        explained_terms: terms that stand nowhere in the corpus themselves, but under another name.
        reworded_terms: unknown terms that the corpus has other words for (가게 for 도소매업).
        absent_terms: unknown terms of which the corpus has none of their other words either.
    """

    query: str
    changes: tuple[Change, ...]
    other_names: tuple[str, ...]
    hits: tuple[Hit, ...]
    terms: Mapping[str, float]
    unknown_terms: tuple[str, ...]
    unknown_names: tuple[str, ...]
    timings_ms: Mapping[str, float]
    generation: str
    roles: WordRoles = field(default_factory=WordRoles)
    explained_terms: tuple[str, ...] = ()
    reworded_terms: tuple[str, ...] = ()
    absent_terms: tuple[str, ...] = ()

"""Signs that a sentence is what answers the question, one number each."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from operator import attrgetter

from api.answer.asked_value import asks_for_value, holds_asked_value
from api.answer.concern import concerns_of, spoken_of
from api.answer.expected import expected, fitting
from api.answer.word_window import Surroundings, word_nearness
from api.answer.years import years_in
from ingest.records import BlockKind, Sentence
from retriever.answer_kind import AnswerKind, fits
from retriever.hit import Hit, SearchResult, SentenceMatch
from retriever.term_kind import is_stem, is_word

Pair = tuple[Hit, Sentence, SentenceMatch]

_GLANCES = 3
# About the median length of a sentence of a report.
_USUAL_CHARS = 60
_ASKS_MEANING = re.compile(
    r"뭔가요|무엇인가|뭐예요|뭐야|뭐죠|뭔지|무엇을 말|무슨 말|뜻|의미|정의|개념|이란"
    r"|라는 게|란 게|어떤 (?:것|기술|개념)인"
)
_LABEL = re.compile(r"^[①-⑳\s]*(?:\((?P<inside>[^)]{2,20})\)\s|(?P<before>[^:]{2,20}):\s)")
_MIN_NOUN = 2
_TELLS_MEANING = re.compile(
    r"(?:란|은|는)\s.*(?:말함|말한다|뜻함|의미함|기술임?|방식임?|체계|시스템임|분야임?|것)$"
    r"|란\s|일컫|정의|뜻하|의미하|개요"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """How a sentence meets a question; 0..1 unless said otherwise.

    Attributes:
        meaning: its cosine with the question times its late match, both scaled over all
            candidate sentences.
        words: nearness to the question's words, what stands around it counted, scaled likewise.
        weakest: the same to the one word that it and its surroundings are furthest from.
        own: share of the question's idf mass in the sentence itself, words that say the same as
            its own counted in part.
        verb: the same share of the idf mass of the question's verbs.
        focus: how far it holds the question's last noun, which says what is asked of the topic.
        passage: fused score of its passage, as a share of the best one's.
        opening: it is the first of its passage that may be quoted.
        fit: it holds what an answer of this kind must hold.
        value: it holds a value of the kind asked for that the question did not bring; -1 where it
            does not, 0 where no value is asked for.
        unit: it holds a figure with the unit that is asked for.
        meaning_told: it tells what something is, and that is asked.
        year: it speaks of a year that the question names.
        concern: of how many of the question's concerns it speaks.
        label: the noun that its label ends in, as in ``(주요 부처)``, stands in the question.
        asked_row: it is a row of a table, and the question speaks of a table.
        parent: others stand under it.
        child: how well the best of those under it meets the question.
        length: logarithm of its length as a multiple of the usual.
    """

    meaning: float
    words: float
    weakest: float
    own: float
    verb: float
    focus: float
    passage: float
    opening: float
    fit: float
    value: float
    unit: float
    meaning_told: float
    year: float
    concern: float
    label: float
    asked_row: float
    parent: float
    child: float
    length: float

    def weighted(self, weights: Signs) -> float:
        """Return the sum of the signs, each times its weight."""
        return float(sum(a * b for a, b in zip(_values(self), _values(weights), strict=True)))


# ``dataclasses.astuple`` copies deeply, which took longer than all the signs.
_values = attrgetter(*(field.name for field in fields(Signs)))


def coverage(found: frozenset[str], terms: Mapping[str, float]) -> float:
    """Return the share of the question's idf mass that ``found`` terms hold, 0..1."""
    total = sum(terms.values())
    return sum(idf for term, idf in terms.items() if term in found) / total if total else 0.0


def _met(match: SentenceMatch, terms: Mapping[str, float]) -> float:
    """Return the share of idf mass that a sentence holds, stand-ins counted in part, 0..1."""
    total = sum(terms.values())
    return sum(idf * match.share(term) for term, idf in terms.items()) / total if total else 0.0


def signs_of(
    question: str, result: SearchResult, kind: AnswerKind, pairs: Sequence[Pair]
) -> list[Signs]:
    """Return the signs of each of ``pairs``, which must not be empty."""
    terms, wanted = result.terms, expected(question, kind)
    matches = [match for _, _, match in pairs]
    own = [_met(match, terms) for match in matches]
    similar = _scaled([match.similarity for match in matches])
    late = _scaled([match.late for match in matches])
    glance = [sum(seen) / _GLANCES for seen in zip(similar, late, own, strict=True)]
    parents, passages = _parents(pairs), _passages(pairs)
    near = word_nearness(matches, terms, Surroundings(parents, _beside(passages)))
    words, weakest = _scaled(near.mean.tolist()), _scaled(near.least.tolist())
    children, asks_value = _best_children(parents, glance), asks_for_value(question)
    openings = {places[0] for places in passages}
    best_passage = max(hit.score for hit, _, _ in pairs) or 1.0
    focus, asks_meaning = focus_of(terms), bool(_ASKS_MEANING.search(question))
    years, concerns = years_in(question), concerns_of(question)
    verbs = {term: idf for term, idf in terms.items() if is_stem(term)}
    return [
        Signs(
            meaning=similar[i] * late[i],
            words=words[i],
            weakest=weakest[i],
            own=own[i],
            verb=_met(match, verbs),
            focus=match.share(focus),
            passage=hit.score / best_passage,
            opening=float(i in openings),
            fit=float(kind is not AnswerKind.OTHER and fits(kind, sentence.text)),
            value=_value(question, sentence.text) if asks_value else 0.0,
            unit=float(next(fitting(wanted, sentence.text), None) is not None),
            meaning_told=float(asks_meaning and bool(_TELLS_MEANING.search(sentence.text))),
            year=float(bool(years) and not years.isdisjoint(years_in(sentence.text))),
            concern=float(spoken_of(concerns, sentence.text)),
            label=float(_is_asked_label(sentence.text, question)),
            asked_row=float(wanted.table and sentence.kind is BlockKind.TABLE_ROW),
            parent=float(i in children),
            child=children.get(i, 0.0),
            length=math.log(len(sentence.text) / _USUAL_CHARS),
        )
        for i, (hit, sentence, match) in enumerate(pairs)
    ]


def _is_asked_label(text: str, question: str) -> bool:
    label = _LABEL.match(text)
    noun = (label["inside"] or label["before"]).split()[-1:] if label else []
    return any(len(word) >= _MIN_NOUN and word in question for word in noun)


def focus_of(terms: Mapping[str, float]) -> str:
    """Return the question's last noun, which says what is asked of its topic, or nothing."""
    return next(filter(is_word, reversed(list(terms))), "")


def _value(question: str, text: str) -> float:
    return 1.0 if holds_asked_value(question, text) else -1.0


def _parents(pairs: Sequence[Pair]) -> dict[int, int]:
    """Return the place of the sentence right above each one, where that is among ``pairs``."""
    places: dict[tuple[str, str], int] = {}
    for i, (hit, sentence, _) in enumerate(pairs):
        places.setdefault((hit.passage.document_id, sentence.text), i)
    above = (
        (hit.passage.document_id, sentence.path[-1] if sentence.path else "")
        for hit, sentence, _ in pairs
    )
    return {i: places[key] for i, key in enumerate(above) if key in places}


def _best_children(parents: Mapping[int, int], glance: Sequence[float]) -> dict[int, float]:
    """Return the glance of the best sentence under each one that has any."""
    best: dict[int, float] = {}
    for child, parent in parents.items():
        best[parent] = max(best.get(parent, 0.0), glance[child])
    return best


def _passages(pairs: Sequence[Pair]) -> list[list[int]]:
    """Return the places of the sentences of each passage."""
    found: dict[str, list[int]] = {}
    for i, (hit, _, _) in enumerate(pairs):
        found.setdefault(hit.passage.id, []).append(i)
    return list(found.values())


def _beside(passages: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [pair for places in passages for pair in pairwise(places)]


def _scaled(values: Sequence[float]) -> list[float]:
    """Scale values so that the least is 0 and the greatest 1; equal ones are all 1."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]

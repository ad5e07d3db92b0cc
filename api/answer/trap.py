"""Why a question is refused: what exactly the documents do not say."""

from __future__ import annotations

from dataclasses import dataclass

from api.answer.entity_agreement import bodies_in, lacks_body, lacks_place, places_in
from api.answer.premise import wrong_year
from api.answer.refusal import Verdict
from api.answer.refusal_features import Evidence
from api.answer.refusal_words import LANGUAGES, absent_names, knows_nothing
from api.answer.years import years_in
from retriever.answer_kind import AnswerKind
from retriever.folding import fold
from retriever.hit import SearchResult

NOT_IN_CORPUS = "not_in_corpus"
UNKNOWN_NAME = "unknown_name"
OTHER_YEAR = "other_year"
OTHER_ENTITY = "other_entity"
FALSE_PREMISE = "false_premise"
OFF_TOPIC = "off_topic"

# Above this the documents answer in all likelihood, and the name is one they write otherwise
# (엔비디아 for NVIDIA).
_LIKELY_ANSWERED = 0.8
# Above this nothing that was found comes near to a name that the corpus does not hold: among the
# `tune` questions that are not refused anyway, so of four that have no answer and of none that has.
_SURELY_ABSENT = 0.75
# A sentence that speaks of less of the question than this is about something else altogether.
_SAME_TOPIC = 0.2


@dataclass(frozen=True, slots=True)
class Trap:
    """What a question asks and the documents do not say.

    Attributes:
        reason: stable code.
        missing: what is missing: names, places, years.
        stated: years that they do speak of, where another was asked for.
    """

    reason: str
    missing: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()


def sure_trap(
    question: str, kind: AnswerKind, result: SearchResult, verdict: Verdict
) -> Trap | None:
    """Return what stands against an answer however well the rest of the question fits, or None.

    A name counts only when the corpus does not hold it at all, and where an answer is likely
    otherwise, when nothing that was found comes near to it either; so do other words where the
    corpus holds none of them. A year counts only where a
    figure is asked for and the best sentence speaks of other years alone, or where the question
    presupposes it for something that the sentence dates otherwise.
    """
    unknown = _unknown(result, verdict)
    if unknown is not None or verdict.nearest is None:
        return unknown
    text = " ".join((*verdict.nearest.sentence.path[-1:], verdict.nearest.sentence.text))
    corrected = wrong_year(question, result.roles, text)
    if corrected is not None:
        return Trap(FALSE_PREMISE, (f"{corrected.presupposed}년",), (f"{corrected.stated}년",))
    if kind is AnswerKind.NUMBER and verdict.nearest.features.other_year:
        return _other_year(question, verdict.nearest)
    return None


def _unknown(result: SearchResult, verdict: Verdict) -> Trap | None:
    """Return what the corpus does not hold of the words asked about."""
    unknown = tuple(name for name in result.unknown_names if name not in LANGUAGES)
    likely = verdict.probability >= _LIKELY_ANSWERED
    if unknown and not likely:
        return Trap(UNKNOWN_NAME, unknown)
    if not likely and knows_nothing(result):
        return Trap(NOT_IN_CORPUS)
    if verdict.nearest is not None and verdict.nearest.features.absent_name >= _SURELY_ABSENT:
        return Trap(UNKNOWN_NAME, absent_names(result))
    return None


def likely_trap(question: str, result: SearchResult, verdict: Verdict) -> Trap:
    """Return what most likely keeps an improbable question from being answered."""
    best = verdict.nearest
    if best is None:
        return Trap(NOT_IN_CORPUS)
    if best.features.request:
        return Trap(OFF_TOPIC)
    if best.features.other_year:
        return _other_year(question, best)
    missing = _missing_entities(question, result, best)
    if missing and _spoken_of(result, best) >= _SAME_TOPIC:
        return Trap(OTHER_ENTITY, missing)
    return Trap(NOT_IN_CORPUS)


def _other_year(question: str, best: Evidence) -> Trap:
    stated = years_in(" ".join((*best.sentence.path, best.sentence.text)))
    return Trap(OTHER_YEAR, _named(years_in(question)), _named(stated))


def _named(years: frozenset[int]) -> tuple[str, ...]:
    return tuple(f"{year}년" for year in sorted(years))


def _missing_entities(question: str, result: SearchResult, best: Evidence) -> tuple[str, ...]:
    paths = {part for sentence in best.hit.passage.sentences for part in sentence.path}
    text = fold(" ".join((best.hit.document.title, *paths, best.hit.passage.text)))
    places = (p for p in sorted(places_in(question, result.roles.names)) if lacks_place((p,), text))
    bodies = (b for b in sorted(bodies_in(question)) if lacks_body((b,), text))
    return tuple(dict.fromkeys((*places, *bodies)))


def _spoken_of(result: SearchResult, best: Evidence) -> float:
    """Return the share of the question's idf mass that stands in or above the best sentence."""
    place = best.hit.passage.sentences.index(best.sentence)
    match = best.hit.sentences[place]
    total = sum(result.terms.values()) or 1.0
    held = match.terms | match.context_terms
    return sum(idf for term, idf in result.terms.items() if term in held) / total

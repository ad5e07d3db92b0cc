"""What is known of a question before any sentence is looked at for an answer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.answer.asked_firm import asks_which_firm
from api.answer.asked_value import asks_for_person, asks_for_value
from api.answer.attribute import attributes_in
from api.answer.entity_agreement import bodies_in, places_in
from api.answer.expected import expected
from api.answer.fact_kinds import Attribute
from api.answer.narrowing import asks_for_rest, asks_what_is_reached, kinds_in
from api.answer.refusal_words import absent_names, telling_words, weights_of
from api.answer.request import is_request
from api.answer.years import years_in
from retriever.answer_kind import AnswerKind, answer_kind
from retriever.hit import SearchResult

# A word as long as this, or one in Latin letters, has few other names.
_PARTICULAR = re.compile(r"[가-힣]{3,}|[a-z][a-z&.-]{2,}")
# Two things asked for with one verb: "상장한 해와, 세워진 해".
_AND_ALSO = re.compile(r"[가-힣][과와],\s")
# Of more strange words than this the rest are pieces of compounds; so many have 95% of answerable
# `tune` questions at most.
_MOST_STRANGE = 2
# The rarest words of a large corpus have about this idf.
_RARE_IDF = 8


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, read for what its answer must hold.

    Attributes:
        text: in the user's words.
        telling: words that say what it is about.
        particular: those that the corpus holds and that have few other names, with their idf in
            eights.
        names: proper nouns, with their weights.
        absent: Korean names that the corpus does not hold.
        events: nouns that the question makes verbs of.
        kinds: words for one kind of several.
        units: of which the figure must have one.
        person, firm: who, or which body, is asked for.
        several: more than one thing is asked for.
        reached, rest: what is reached by now, or what is left, is asked for.
        request: an opinion, advice or a piece of writing is asked for.
        foreign: number of words of another language that meet no text.
        reworded: number of telling words that the corpus has other words for.
        not_there: number of telling words of which the corpus has none of the known wordings.
        strange: number of telling words that neither the corpus nor the thesaurus knows, two at
            most.
    """

    text: str
    telling: tuple[str, ...]
    particular: dict[str, float]
    names: tuple[str, ...]
    name_weights: NDArray[np.float64]
    absent: tuple[str, ...]
    events: tuple[str, ...]
    kinds: tuple[str, ...]
    years: frozenset[int]
    places: frozenset[str]
    bodies: frozenset[str]
    attributes: tuple[Attribute, ...]
    kind: AnswerKind
    units: frozenset[str]
    person: bool
    firm: bool
    several: bool
    reached: bool
    rest: bool
    request: bool
    foreign: int
    reworded: int
    not_there: int
    strange: int


def read_question(question: str, result: SearchResult) -> AskedQuestion:
    """Read a question and what its search tells of its words."""
    kind = answer_kind(question)
    wanted = expected(question, kind)
    weights = dict(zip(result.terms, weights_of(result).tolist(), strict=True))
    telling = telling_words(result)
    names = tuple(word for word in weights if word in result.roles.names)
    unknown = frozenset(result.unknown_terms)
    reworded, absent = frozenset(result.reworded_terms), frozenset(result.absent_terms)
    return AskedQuestion(
        text=question,
        telling=telling,
        particular=_particular([word for word in telling if word not in unknown], result),
        names=names,
        name_weights=np.array([weights[name] for name in names]),
        absent=absent_names(result),
        events=result.roles.predicates,
        kinds=kinds_in(telling),
        years=years_in(question),
        places=places_in(question, result.roles.names),
        bodies=bodies_in(question),
        attributes=attributes_in(question),
        kind=kind,
        units=frozenset(wanted.units),
        person=asks_for_person(question),
        firm=asks_which_firm(question) and not asks_for_value(question),
        several=wanted.several or bool(_AND_ALSO.search(question)),
        reached=asks_what_is_reached(question),
        rest=asks_for_rest(question),
        request=is_request(question),
        foreign=sum(w.isascii() and w.isalpha() and w in unknown for w in weights),
        reworded=len(reworded.intersection(telling)),
        not_there=len(absent.intersection(telling)),
        strange=min(len(unknown.difference(reworded, absent).intersection(telling)), _MOST_STRANGE),
    )


def _particular(known: Sequence[str], result: SearchResult) -> dict[str, float]:
    return {w: result.terms[w] / _RARE_IDF for w in known if _PARTICULAR.fullmatch(w)}

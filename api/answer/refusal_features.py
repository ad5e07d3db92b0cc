"""What tells a question that the documents answer from one that they only resemble.

Every quotable sentence of the best passages is looked at as a possible answer; each gets the same
features, and the question is as answerable as its most promising sentence. All features are
comparable between searches and corpora: shares, cosines, and yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from api.answer.asked_firm import names_firm
from api.answer.asked_value import holds_asked_value
from api.answer.entity_agreement import lacks_body, lacks_place
from api.answer.narrowing import names_other_kind, speaks_of_aim, speaks_of_rest
from api.answer.quotable import evidence_left_out
from api.answer.refusal_question import AskedQuestion, read_question
from api.answer.refusal_words import NAMED, cosines, support
from api.answer.siblings import of_siblings
from api.answer.years import years_in
from ingest.records import Sentence
from retriever.answer_form import holds_form
from retriever.folding import fold
from retriever.hit import Hit, SearchResult, SentenceMatch

# As many passages as the answer is chosen from.
LOOKED_AT = 8
# A word stands for another without doubt.
_SURE = 1.0
# Questions have about as many telling words at most; more are pieces of compounds.
_MANY_WORDS = 8
_YEAR = re.compile(r"(?:19|20)\d{2}|['’]\d{2}")


@dataclass(frozen=True, slots=True)
class Features:
    """One sentence as a possible answer; shares and yes-or-no are 0..1.

    Attributes:
        weakest, next_weakest: cosine of the question's telling words that come off worst, each
            with the nearest of the sentence's tokens, or of any sentence's where several things
            are asked for.
        similarity: cosine of the question and the sentence.
        lexical: the passage's BM25 score beside the best of all.
        lacks_value: no value of the kind asked for is there.
        lacks_form: nor anything of the form asked for: a unit, a reason, a list.
        other_year, no_year: the year asked for is another one, or not there.
        lacks_names: share of the question's names that it does not speak of.
        absent_name: how far a name that the corpus does not hold is spoken of by no sentence.
        lacks_place, lacks_body: its passage does not name a place or an institution asked about.
        lacks_attribute: neither it nor what stands above it speaks of the kind of fact.
        lacks_term: idf, in eights, of the rarest word that the corpus holds, that has few other
            names, and that stands neither there nor above it.
        lacks_event: nor does any of the nouns that the question makes verbs of.
        lacks_firm: firms or bodies are asked for, and it names none but the question's.
        other_kind: another kind of thing stands in the place of one asked about.
        only_aim: what is reached is asked for, and it speaks of an aim.
        lacks_rest: what is left, or comes next, is asked for, and it tells of no such thing.
        request: an opinion, advice or a piece of writing is asked for.
        length: number of telling words, in eights, eight at most.
        foreign: number of words of another language that meet no text, in eights.
        reworded, not_there, strange: numbers of telling words that the corpus lacks, in eights: it
            has other words for them, or none of those known, or none are known.
    """

    weakest: float
    next_weakest: float
    similarity: float
    lexical: float
    lacks_value: float
    lacks_form: float
    other_year: float
    no_year: float
    lacks_names: float
    absent_name: float
    lacks_place: float
    lacks_body: float
    lacks_attribute: float
    lacks_term: float
    lacks_event: float
    lacks_firm: float
    other_kind: float
    only_aim: float
    lacks_rest: float
    request: float
    length: float
    foreign: float
    reworded: float
    not_there: float
    strange: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, and what speaks for and against it."""

    hit: Hit
    sentence: Sentence
    features: Features


@dataclass(frozen=True, slots=True)
class _Search:
    """What is known of all the passages together, or of each of them.

    Attributes:
        nearest: (telling words,) cosine of each with the nearest of all the tokens.
        carried: words that come from the conversation.
        held: words of the question that stand in any of them, or above it.
        absent: how far the names that the corpus does not hold are spoken of by no sentence.
        agrees: whether each passage names the question's places, and its bodies.
        best_lexical: highest BM25 score.
    """

    nearest: NDArray[np.float64]
    carried: frozenset[str]
    held: frozenset[str]
    absent: float
    agrees: Sequence[tuple[bool, bool]]
    best_lexical: float


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    hit: Hit
    sentence: Sentence
    match: SentenceMatch


def evidence(
    question: str, result: SearchResult, carried: frozenset[str] = frozenset()
) -> list[Evidence]:
    """Return every quotable sentence of the best passages with its features.

    Args:
        question: in the user's words.
        result: of its search.
        carried: words that come from the conversation: names among them say where to look, so
            that it is enough that they stand anywhere in the passage.
    """
    hits, unquoted = result.hits[:LOOKED_AT], evidence_left_out(question)
    rows = [
        _Row(place, hit, sentence, match)
        for place, (hit, aside) in enumerate(zip(hits, of_siblings(result), strict=False))
        for sentence, match, of_sibling in zip(
            hit.passage.sentences, hit.sentences, aside, strict=True
        )
        if sentence.kind not in unquoted and not of_sibling
    ]
    if not rows or not result.terms:
        return []
    asked = read_question(question, result)
    near = np.array([cosines(asked.telling, row.match) for row in rows])
    search = _Search(
        nearest=near.max(axis=0),
        carried=carried,
        held=frozenset().union(*(_held(row.match) for row in rows)),
        absent=_absent(asked, rows),
        agrees=[_agreement(asked, hit) for hit in hits],
        best_lexical=max(hit.scores.get("morpheme", 0.0) for hit in hits) or 1.0,
    )
    return [
        Evidence(row.hit, row.sentence, _features(asked, row, own, search))
        for row, own in zip(rows, near, strict=True)
    ]


def _within(row: _Row, carried: frozenset[str]) -> SentenceMatch:
    """Return a match above which those words stand that were carried over and its passage holds."""
    if not carried:
        return row.match
    held = frozenset().union(*(match.terms | match.context_terms for match in row.hit.sentences))
    return replace(row.match, context_terms=row.match.context_terms | carried & held)


def _absent(asked: AskedQuestion, rows: Sequence[_Row]) -> float:
    if not asked.absent:
        return 0.0
    spoken = np.array([support(asked.absent, row.match) for row in rows]).max(axis=0)
    return float(1 - spoken.min())


def _speaks(asked: AskedQuestion, text: str) -> bool:
    """Tell whether a text speaks of the kinds of fact that are asked for, or of one of several."""
    spoken = [bool(attribute.spoken.search(text)) for attribute in asked.attributes]
    return any(spoken) or not spoken if asked.several else all(spoken)


def _agreement(asked: AskedQuestion, hit: Hit) -> tuple[bool, bool]:
    """Tell whether a passage and what stands above it name the question's places and bodies."""
    if not asked.places and not asked.bodies:
        return True, True
    paths = {part for sentence in hit.passage.sentences for part in sentence.path}
    text = fold(" ".join((hit.document.title, *paths, hit.passage.text)))
    return not lacks_place(asked.places, text), not lacks_body(asked.bodies, text)


def _features(
    asked: AskedQuestion, row: _Row, own: NDArray[np.float64], search: _Search
) -> Features:
    near = sorted((search.nearest if asked.several else own).tolist())
    text = row.sentence.text
    above = " ".join((*row.sentence.path, text))
    years = years_in(above) if asked.years and _YEAR.search(above) else frozenset[int]()
    missed = bool(asked.years) and bool(years) and not asked.years & years
    held = search.held if asked.several else _held(row.match)
    return Features(
        weakest=near[0],
        next_weakest=near[min(1, len(near) - 1)],
        similarity=row.match.similarity,
        lexical=row.hit.scores.get("morpheme", 0.0) / search.best_lexical,
        lacks_value=float(not asked.person and holds_asked_value(asked.text, text) is False),
        lacks_form=float(not holds_form(asked.kind, asked.units, text)),
        other_year=float(missed),
        no_year=float(bool(asked.years) and not asked.years & years),
        lacks_names=_share_missed(asked, _within(row, search.carried)),
        absent_name=search.absent,
        lacks_place=float(not search.agrees[row.place][0]),
        lacks_body=float(not search.agrees[row.place][1]),
        lacks_attribute=float(not _speaks(asked, f"{row.hit.document.title} {above}")),
        lacks_term=max((idf for w, idf in asked.particular.items() if w not in held), default=0.0),
        lacks_event=float(bool(asked.events) and held.isdisjoint(asked.events)),
        lacks_firm=float(asked.firm and not names_firm(text, asked.text)),
        other_kind=float(names_other_kind(asked.kinds, text, above)),
        only_aim=float(asked.reached and speaks_of_aim(text)),
        lacks_rest=float(asked.rest and not speaks_of_rest(text)),
        request=float(asked.request),
        length=min(len(asked.telling), _MANY_WORDS) / _MANY_WORDS,
        foreign=asked.foreign / _MANY_WORDS,
        reworded=asked.reworded / _MANY_WORDS,
        not_there=asked.not_there / _MANY_WORDS,
        strange=asked.strange / _MANY_WORDS,
    )


def _held(match: SentenceMatch) -> frozenset[str]:
    """Return the words of the question that stand in a sentence or above it, or are stood for."""
    stood_for = (word for word in match.stand_ins if match.share(word) >= _SURE)
    return match.terms | match.context_terms | frozenset(stood_for)


def _share_missed(asked: AskedQuestion, match: SentenceMatch) -> float:
    """Return the share of the names' weight whose names a sentence does not speak of."""
    if not asked.names:
        return 0.0
    missed = np.array(support(asked.names, match)) < NAMED
    return float(asked.name_weights[missed].sum() / max(float(asked.name_weights.sum()), 1e-9))

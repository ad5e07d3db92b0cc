"""Signs that a sentence is what answers the question, one number each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from api.answer.expected import expected, fitting, names_a_body, names_a_person
from ingest.records import BlockKind, Sentence
from retriever.answer_kind import AnswerKind, fits
from retriever.hit import Hit, SearchResult, SentenceMatch

Pair = tuple[Hit, Sentence, SentenceMatch]

_STEM_MARK = "/v"
_NUMBER_MARK = "#"
_GLANCES = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """How a sentence meets a question; shares and flags are 0..1.

    Attributes:
        similarity: cosine with the question, scaled over all candidate sentences.
        near: idf-weighted nearness to the question's words, scaled likewise.
        near_reworded: the same where the sentences hold few of the question's words themselves.
        nearest: it comes closest to the question's tokens of all.
        own: share of the question's idf mass in the sentence itself.
        context: share that stands only above it.
        passage: fused score of its passage, as a share of the best one's.
        fit: it holds what an answer of this kind must hold.
        unit: it holds a figure with the unit that is asked for.
        person: somebody is asked for, and it seems to name one.
        organisation: a body is asked for, and it seems to name one.
        focus: it holds the question's last noun, which says what is asked of the topic.
        row: it is a row of a table.
        asked_row: it is one, and the question speaks of a table.
        parent: others stand under it.
        child: how well the best of those under it meets the question.
    """

    similarity: float
    near: float
    near_reworded: float
    nearest: float
    own: float
    context: float
    passage: float
    fit: float
    unit: float
    person: float
    organisation: float
    focus: float
    row: float
    asked_row: float
    parent: float
    child: float

    def weighted(self, weights: Signs) -> float:
        """Return the sum of the signs, each times its weight."""
        return float(sum(a * b for a, b in zip(_values(self), _values(weights), strict=True)))


# ``dataclasses.astuple`` copies deeply, which took longer than all the signs.
_values = attrgetter(*(field.name for field in fields(Signs)))


def coverage(found: frozenset[str], terms: Mapping[str, float]) -> float:
    """Return the share of the question's idf mass that ``found`` terms hold, 0..1."""
    total = sum(terms.values())
    return sum(idf for term, idf in terms.items() if term in found) / total if total else 0.0


def signs_of(
    question: str, result: SearchResult, kind: AnswerKind, pairs: Sequence[Pair]
) -> list[Signs]:
    """Return the signs of each of ``pairs``, which must not be empty."""
    terms, wanted = result.terms, expected(question, kind)
    own = [coverage(match.terms, terms) for _, _, match in pairs]
    context = [coverage(match.context_terms - match.terms, terms) for _, _, match in pairs]
    similar = _scaled([match.similarity for _, _, match in pairs])
    near = _scaled([_nearness(match, terms) for _, _, match in pairs])
    late = [match.late for _, _, match in pairs]
    reworded = 1 - max(a + b for a, b in zip(own, context, strict=True))
    children = _children(pairs)
    glance = [(s + n + o) / _GLANCES for s, n, o in zip(similar, _scaled(late), own, strict=True)]
    best_passage = max(hit.score for hit, _, _ in pairs) or 1.0
    focus = focus_of(terms)
    return [
        Signs(
            similarity=similar[i],
            near=near[i],
            near_reworded=near[i] * reworded,
            nearest=float(match.late == max(late)),
            own=own[i],
            context=context[i],
            passage=hit.score / best_passage,
            fit=float(kind is not AnswerKind.OTHER and fits(kind, sentence.text)),
            unit=float(next(fitting(wanted, sentence.text), None) is not None),
            person=float(wanted.person and names_a_person(sentence.text)),
            organisation=float(wanted.organisation and names_a_body(sentence.text)),
            focus=float(focus in match.terms),
            row=float(sentence.kind is BlockKind.TABLE_ROW),
            asked_row=float(wanted.table and sentence.kind is BlockKind.TABLE_ROW),
            parent=float(i in children),
            child=max((glance[child] for child in children.get(i, ())), default=0.0),
        )
        for i, (hit, sentence, match) in enumerate(pairs)
    ]


def _nearness(match: SentenceMatch, terms: Mapping[str, float]) -> float:
    """Return the idf-weighted nearness to the question's words, or to its tokens without any."""
    known = [(terms[word], near) for word, near in match.nearness.items() if word in terms]
    mass = sum(idf for idf, _ in known)
    return sum(idf * near for idf, near in known) / mass if mass else match.late


def focus_of(terms: Mapping[str, float]) -> str:
    """Return the question's last noun, which says what is asked of its topic, or nothing."""
    marks = (_STEM_MARK, _NUMBER_MARK)
    nouns = [t for t in terms if not (t.endswith(marks[0]) or t.startswith(marks[1]))]
    return nouns[-1] if nouns else ""


def _children(pairs: Sequence[Pair]) -> dict[int, list[int]]:
    """Return the places of the sentences right under each one that has any."""
    places: dict[tuple[str, str], int] = {}
    for i, (hit, sentence, _) in enumerate(pairs):
        places.setdefault((hit.passage.document_id, sentence.text), i)
    children: dict[int, list[int]] = {}
    for i, (hit, sentence, _) in enumerate(pairs):
        above = sentence.path[-1] if sentence.path else ""
        parent = places.get((hit.passage.document_id, above))
        if parent is not None:
            children.setdefault(parent, []).append(i)
    return children


def _scaled(values: Sequence[float]) -> list[float]:
    """Scale values so that the least is 0 and the greatest 1; equal ones are all 1."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]

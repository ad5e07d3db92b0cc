"""Whether one sentence of a passage bears out a part of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from api.answer.grounding.coverage import (
    OtherNames,
    covered_share,
    in_reading,
    longest_missing_run,
    stands,
)
from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure_agreement import figure_problems
from api.answer.grounding.names import name_problems
from api.answer.grounding.part import Part
from api.answer.grounding.polarity import polarity_problems
from api.answer.grounding.reading import Word
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a sentence must stand in its evidence.

    Attributes:
        enough: share of the words' weight that is enough by itself.
        with_figure: the same where the sentence gives a figure.
        least: less than this is never enough; between the two the vectors decide.
        similarity: cosine of the sentence with its evidence that is near enough then.
        missing_run: so many nouns in a row that are missing are a statement of their own.
    """

    enough: float
    with_figure: float
    least: float
    similarity: float
    missing_run: int


LIMITS = Limits(enough=0.85, with_figure=0.8, least=0.75, similarity=0.94, missing_run=2)


@dataclass(frozen=True, slots=True)
class Support:
    """How one piece of evidence bears a part out.

    Attributes:
        unit: the evidence.
        problems: why it does not; empty where it does.
        share: share of the words that it holds, 0..1.
        unsure: it does, if the two are also alike as a whole.
    """

    unit: Unit
    problems: tuple[Problem, ...]
    share: float
    unsure: bool = False


def support(part: Part, unit: Unit, other_names: OtherNames, limits: Limits = LIMITS) -> Support:
    """Check one part of a sentence against one sentence of a passage."""
    told_before = {w.start for w in part.subjects if _is_subject_before(w, unit)}
    if part.figures:
        part = replace(part, words=tuple(w for w in part.words if w.start not in told_before))
        unit, before = replace(unit, before=None), unit.before
    missing = tuple(w for w in part.words if not stands(w, unit, other_names))
    share = covered_share(part.words, missing)
    problems = [
        *figure_problems(part, unit, other_names),
        *name_problems(part, unit, other_names),
        *polarity_problems(part, unit),
    ]
    if part.figures:
        problems += _missing_subjects(part, told_before, unit, other_names)
        if not told_before and _subject_replaced(part, unit, other_names):
            problems.append(Problem("subject_missing", " ".join(w.run for w in part.subjects)))
        unit = replace(unit, before=before)
    lost = " ".join(word.run for word in missing)
    nouns_lost = any(not word.key.endswith("/v") for word in missing)
    too_long = (unit.is_row and nouns_lost) or longest_missing_run(
        part.words, missing
    ) >= limits.missing_run
    least = limits.with_figure if part.figures else limits.least
    if share < least or too_long:
        problems.append(Problem("words_missing", lost))
    return Support(unit, tuple(problems), share, unsure=not problems and share < limits.enough)


def _missing_subjects(
    part: Part, told_before: set[int], unit: Unit, other_names: OtherNames
) -> Iterator[Problem]:
    for word in part.subjects:
        if word.key in wording().generic or word.start in told_before:
            continue
        if not any(in_reading(word, reading, other_names) for reading in unit.segments):
            yield Problem("subject_missing", word.run)


def _subject_replaced(part: Part, unit: Unit, other_names: OtherNames) -> bool:
    """Tell whether a sentence that names its subject is said of something its headings name."""
    if part.inherited or unit.is_row or unit.own.refers_back:
        return False
    generic = wording().generic
    said = [w for w in part.subjects if w.key not in generic]
    clauses = {unit.own.clause_of(f.start) for f in unit.own.figures}
    stated = [
        w
        for w in unit.own.words
        if w.role == "subject" and w.clause in clauses and w.key not in generic
    ]
    return (
        bool(said and stated)
        and not any(in_reading(w, unit.own, other_names) for w in said)
        and not any(in_reading(w, part.reading, other_names) for w in stated)
    )


def _is_subject_before(word: Word, unit: Unit) -> bool:
    """Tell whether the sentence before, which the evidence goes on from, is about the word."""
    if unit.before is None:
        return False
    return any(w.role == "subject" and w.key == word.key for w in unit.before.words)

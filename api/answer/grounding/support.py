"""Whether one sentence of a passage bears out a part of an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.answer.grounding.carried import Context, carried_problems
from api.answer.grounding.coverage import (
    OtherNames,
    covered_share,
    longest_missing_run,
    stands,
)
from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure_agreement import figure_problems
from api.answer.grounding.figure_company import company_problems
from api.answer.grounding.figure_deeds import deed_problems
from api.answer.grounding.forecast import condition_problems, forecast_problems
from api.answer.grounding.names import name_problems
from api.answer.grounding.part import Part
from api.answer.grounding.polarity import polarity_problems
from api.answer.grounding.rates import rate_problems
from api.answer.grounding.routes import route_problems
from api.answer.grounding.subject import subject_problems, told_before_by
from api.answer.grounding.verdict import Problem


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


_NO_CONTEXT = Context()
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


def support(
    part: Part,
    unit: Unit,
    other_names: OtherNames,
    limits: Limits = LIMITS,
    context: Context = _NO_CONTEXT,
) -> Support:
    """Check one part of a sentence against one sentence of a passage.

    Args:
        part: of the sentence.
        unit: the sentence of the passage.
        other_names: as ``coverage`` wants them.
        limits: how much of the part must stand there.
        context: what is read before the sentence.
    """
    entire, with_before = part, unit
    if part.reading.figures:
        told_before = told_before_by(part, unit)
        part = replace(part, words=tuple(w for w in part.words if w.start not in told_before))
        unit = replace(unit, before=None)
    missing = tuple(w for w in part.words if not stands(w, unit, other_names))
    share = covered_share(part.words, missing)
    problems = [
        *figure_problems(part, unit, other_names),
        *name_problems(part, unit, other_names),
        *polarity_problems(part, unit),
        *rate_problems(part, unit),
        *company_problems(part, unit, other_names),
        *deed_problems(part, unit),
        *route_problems(part, unit),
        *forecast_problems(part, unit),
        *condition_problems(part, unit),
    ]
    if part.reading.figures:
        problems += subject_problems(entire, with_before, other_names)
        problems += carried_problems(entire, with_before, context, other_names)
    lost = " ".join(word.run for word in missing)
    nouns_lost = any(not word.key.endswith("/v") for word in missing)
    too_long = (unit.is_row and nouns_lost) or longest_missing_run(
        part.words, missing
    ) >= limits.missing_run
    least = limits.with_figure if part.figures else limits.least
    if share < least or too_long:
        problems.append(Problem("words_missing", lost))
    return Support(
        with_before, tuple(problems), share, unsure=not problems and share < limits.enough
    )

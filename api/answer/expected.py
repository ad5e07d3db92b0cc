"""What an answer must hold, finer than its kind: a unit, a table's cell, both sides, a yes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retriever.answer_form import asked_units, unit_said
from retriever.answer_kind import AnswerKind
from retriever.folding import fold
from retriever.numbers import Quantity, find_quantities

_TABLE = re.compile(r"표(?:에|의|를|는|로|\s)")
_SEVERAL = re.compile(
    r"각각|나란히|비교|[가-힣](?:이고|이며|였고|했고|인지|하고)[, ]|\?.*\?|한꺼번에|함께|같이"
)
_ASKING_WORD = re.compile(r"무엇|무슨|뭐|뭘|왜|어떤|어떻|어느|어디|누구|누가|언제|얼마|몇|며칠")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the words of a question say about its answer.

    Attributes:
        units: units of which the figure must have one; empty where the question does not say.
        table: the question speaks of a table.
        several: more than one thing is asked for.
        stated: quantities that the question itself states: they are no answer.
    """

    units: tuple[str, ...]
    table: bool
    several: bool
    stated: frozenset[tuple[str, str]]


def expected(question: str, kind: AnswerKind) -> Expected:
    """Read a question for what its answer must hold."""
    folded = fold(question)
    return Expected(
        units=asked_units(question, kind),
        table=bool(_TABLE.search(question)),
        several=bool(_SEVERAL.search(question)) or len(_ASKING_WORD.findall(folded)) > 1,
        stated=frozenset((q.key, q.unit) for q in find_quantities(question)),
    )


def fitting(wanted: Expected, text: str) -> Iterator[Quantity]:
    """Yield the quantities of ``text`` that have a unit which the question asks for."""
    if not wanted.units:
        return
    for quantity in find_quantities(text):
        is_stated = (quantity.key, quantity.unit) in wanted.stated
        if unit_said(quantity, text) in wanted.units and not is_stated:
            yield quantity

"""What an answer must hold, finer than its kind: a unit, a table's cell, both sides, a yes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retriever.answer_form import asked_units, units_meant
from retriever.answer_kind import AnswerKind
from retriever.folding import fold
from retriever.numbers import Quantity, find_quantities

_ORGANISATION = re.compile(
    r"(?:어느|어떤|무슨)\s?(?:기관|기업|회사|단체|부처|곳|대학|조직|위원회|연구소)"
    r"|기관은|회사는|누가|주체"
)
_ORGANISATION_NAME = re.compile(
    r"[가-힣A-Za-z&-]{2,}(?:부|청|처|원|회|사|대|대학교?|협회|재단|공단|공사|연구소|기업|은행|그룹"
    r"|병원|센터|제약|바이오|당|군|팀|구단|단체|기구)(?=[은는이가을를의와과에로,·\s).]|$)"
    r"|[A-Z]{2,}|[A-Z][A-Za-z]+"
)
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마"
    "길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_PERSON_NAME = re.compile(
    rf"(?<![가-힣])[{_SURNAMES}][가-힣]{{1,2}}(?=[이가은는을를의에]?(?:[\s,(·]|$))"
    r"|[A-Z][a-z]+ [A-Z][a-z]+"
    r"|[가-힣]+ (?:교수|박사|대표|장관|위원|연구원|의원|대통령|총리|감독|왕|황제|작가)"
    r"|[가-힣]{2,}(?:왕|제|후|공|스|니|트|드|슨|크)"
)
_TABLE = re.compile(r"표(?:에|의|를|는|로|\s)")
_SEVERAL = re.compile(
    r"각각|나란히|비교|[가-힣](?:이고|이며|였고|했고|인지|하고)[, ]|\?.*\?|한꺼번에|함께|같이"
)
_ASKING_WORD = re.compile(r"무엇|무슨|뭐|뭘|왜|어떤|어떻|어느|어디|누구|누가|언제|얼마|몇|며칠")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the words of a question say about its answer.

    Attributes:
        units: units of which the figure must have one; ``(MONEY,)`` for any currency; empty where
            the question does not say.
        organisation: a body is asked for.
        person: somebody is asked for.
        table: the question speaks of a table.
        several: more than one thing is asked for.
        stated: quantities that the question itself states: they are no answer.
    """

    units: tuple[str, ...]
    organisation: bool
    person: bool
    table: bool
    several: bool
    stated: frozenset[tuple[str, str]]


def expected(question: str, kind: AnswerKind) -> Expected:
    """Read a question for what its answer must hold."""
    folded = fold(question)
    return Expected(
        units=asked_units(question, kind),
        organisation=bool(_ORGANISATION.search(folded)),
        person=kind is AnswerKind.PERSON,
        table=bool(_TABLE.search(question)),
        several=bool(_SEVERAL.search(question)) or len(_ASKING_WORD.findall(folded)) > 1,
        stated=frozenset((q.key, q.unit) for q in find_quantities(question)),
    )


def fitting(wanted: Expected, text: str) -> Iterator[Quantity]:
    """Yield the quantities of ``text`` that have a unit which the question asks for."""
    if not wanted.units:
        return
    units = units_meant(wanted.units)
    for quantity in find_quantities(text):
        if quantity.unit in units and (quantity.key, quantity.unit) not in wanted.stated:
            yield quantity


def names_a_body(text: str) -> bool:
    """Tell whether ``text`` holds what looks like the name of an organisation."""
    return bool(_ORGANISATION_NAME.search(text))


def names_a_person(text: str) -> bool:
    """Tell whether ``text`` holds what looks like a person's name or office."""
    return bool(_PERSON_NAME.search(text))

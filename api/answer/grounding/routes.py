"""Where something goes from and to: 서울에서 부산으로 is not 부산에서 서울로."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.answer.grounding.evidence import Unit
from api.answer.grounding.part import Part
from api.answer.grounding.verdict import Problem

_ROUTE = re.compile(r"(?P<start>[가-힣a-z]{2,})에서 (?P<end>[가-힣a-z]{2,}?)(?:으로|로)(?=\s)")


def route_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield the ways that a part goes and its evidence goes back."""
    stated = {(m["start"], m["end"]) for m in _ROUTE.finditer(unit.own.text)}
    for found in _ROUTE.finditer(part.reading.text, *part.span):
        way = found["start"], found["end"]
        if way not in stated and way[::-1] in stated:
            yield Problem("roles_swapped", found[0])

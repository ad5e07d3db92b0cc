"""Ways to add a figure to a true sentence."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import pairwise

from eval.grounding.figure_text import digits_of, figures_of, new_to
from eval.grounding.material import Material

# Numbers that are drawn until one is new, and what stands in where none is.
_DRAWS, _NEVER_SAID = 20, 98_767
# What is put before or behind a true sentence; {} is a number that stands nowhere.
_BEFORE = {
    "amount_added": ("총 {}억 원을 들여 ", "약 {}만 달러 규모로 "),
    "count_added": ("{}개 기관이 참여하여 ", "{}명이 참여한 가운데 "),
    "date_invented": ("2019년 {month}월 {day}일, ", "지난 {month}월 {day}일 "),
}
_BEHIND = {
    "ratio_invented": (", 이는 전체의 {}%에 해당합니다", "으로 비중이 {}%에 이릅니다"),
    "growth_invented": (", 이는 전년 대비 {}% 증가한 수치입니다", ", 연평균 {}%씩 늘고 있습니다"),
    "times_invented": (", 이는 종전의 {}배입니다", ", 다섯 배로 늘었습니다", ", 열두 배나 됩니다"),
    "rank_invented": (", 세계 {}위입니다", ", 국내 {}위에 해당합니다", ", 일곱 번째로 큽니다"),
    "number_in_words": (
        ", 모두 다섯 곳입니다",
        ", 삼천칠백억 원이 들었습니다",
        ", 오십육 퍼센트입니다",
        ", 열아홉 명입니다",
        ", 구천육백 개입니다",
    ),
    "half_invented": (
        ", 이는 전체의 절반입니다",
        ", 절반이 넘습니다",
        ", 삼분의 일을 차지합니다",
        ", 7분의 4입니다",
    ),
    "vague_number": (
        ", 수백 명이 참여했습니다",
        ", 수십억 원이 들었습니다",
        ", 수만 건에 이릅니다",
        ", 몇백 곳입니다",
    ),
    "phone_invented": (", 문의는 02-{}-4821입니다", ", 대표번호는 1588-{}7입니다"),
    "year_in_words": (", 이천십칠년부터입니다", ", 이는 천구백구십삼년의 일입니다"),
    "foreign_digits": (
        ", 이는 Ⅳ단계입니다",
        ", ٣٥٧명입니다",
        ", 五百億 원입니다",
        ", １３７７개입니다",
    ),
    "model_number": (", GPT-{}가 쓰였습니다", ", H{}00 칩을 씁니다"),
}


def _added(way: str) -> Callable[[Material, random.Random], Iterator[str]]:
    def add(material: Material, chooser: random.Random) -> Iterator[str]:
        drawn = (chooser.randint(11, 998) for _ in range(_DRAWS))
        number = next((n for n in drawn if new_to(material, str(n))), _NEVER_SAID)
        day = {"month": chooser.randint(1, 12), "day": chooser.randint(1, 28)}
        if way in _BEFORE:
            yield chooser.choice(_BEFORE[way]).format(number, **day) + material.text
        else:
            said = chooser.choice(_BEHIND[way])
            yield material.text.rstrip(" .") + said.format(number)

    return add


def sum_invented(material: Material, _chooser: random.Random) -> Iterator[str]:
    """Two figures are added up."""
    found = figures_of(material.text)
    for first, second in pairwise(found):
        total = f"{digits_of(first) + digits_of(second):g}"
        if first["unit"].strip() == second["unit"].strip() and new_to(material, total):
            unit = f"{first['scale'] or ''}{first['unit']}"
            yield f"{material.text.rstrip(' .')}, 합하면 {total}{unit}입니다"
            return


ADDED_WAYS: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    name: _added(name) for name in (*_BEFORE, *_BEHIND)
}

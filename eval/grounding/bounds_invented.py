"""Ways to invent a range, a bound or an exactness that the evidence does not give."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from eval.grounding.figure_text import digits_of, figures_of, new_to
from eval.grounding.material import Material

_BOUND = {"이상": "미만", "미만": "이상", "이하": "초과", "초과": "이하"}


def range_invented(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A figure becomes a range."""
    for found in figures_of(material.text)[:1]:
        high = f"{int(digits_of(found)) + 7}"
        if new_to(material, high):
            start, end = found.span("digits")
            yield f"{material.text[:start]}{found['digits']}~{high}{material.text[end:]}"


def range_narrowed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A range becomes its upper end."""
    found = re.search(
        r"(\d[\d,.]*)\s?[~–-]\s?(\d[\d,.]*)(?=\s?(?:%|명|개|배|억|만))", material.text
    )
    if found:
        yield material.text[: found.start()] + found[2] + material.text[found.end() :]


def bound_invented(material: Material, _chooser: random.Random) -> Iterator[str]:
    """이상 or 미만 is put behind a figure."""
    for found in figures_of(material.text)[:1]:
        after = material.text[found.end() : found.end() + 5]
        unit = found["unit"].strip()
        if unit not in ("년", "월", "일", "차", "회", "위") and not any(b in after for b in _BOUND):
            yield f"{material.text[: found.end()]} 이상{material.text[found.end() :]}"
            yield f"{material.text[: found.end()]} 미만{material.text[found.end() :]}"


def bound_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """이상 becomes 미만, or is left out."""
    for old, new in _BOUND.items():
        found = re.search(rf"(?<=[%명개세원년배러건곳]) ?{old}", material.text)
        if found:
            yield material.text[: found.start()] + " " + new + material.text[found.end() :]
            yield material.text[: found.start()] + material.text[found.end() :]


def about_dropped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A rough figure is given as an exact one."""
    found = re.search(r"(?<=\d)여(?= ?[가-힣])|(?<![가-힣])약 (?=\d)", material.text)
    if found:
        yield material.text[: found.start()] + material.text[found.end() :]

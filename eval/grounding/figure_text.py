"""Figures in a sentence, found and changed for inventions."""

from __future__ import annotations

import re

from eval.grounding.material import Material

# Written without the parser under test, so that what it fails to see is still invented here.
_UNITS = (
    "%p|%|퍼센트|억 원|조 원|만 원|억 달러|달러|유로|만 명|명|"
    "개국|개사|여 개|개|곳|건|배|년|월|일|위|차|회|톤|세|km|m|kg"
)
FIGURE = re.compile(
    rf"(?<![\d.,A-Za-z\[])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>\s?[만억조천](?![가-힣]*[력래성물]))?"
    rf"(?P<unit>\s?(?:{_UNITS}))(?![A-Za-z\d])"
)


def digits_of(found: re.Match[str]) -> float:
    """Return the number that the digits of a figure are."""
    return float(found["digits"].replace(",", ""))


def figures_of(text: str) -> list[re.Match[str]]:
    """Return the figures of a text, each with its ``digits``, ``scale`` and ``unit``."""
    return list(FIGURE.finditer(text))


def put(text: str, found: re.Match[str], group: str, new: str) -> str:
    """Return a text with another word for one part of a figure."""
    start, end = found.span(group)
    return text[:start] + new + text[end:]


def new_to(material: Material, number: str) -> bool:
    """Tell whether a number stands nowhere in the passages."""
    bare = material.all_text.replace(",", "")
    return re.search(rf"(?<!\d){re.escape(number.replace(',', ''))}(?!\d)", bare) is None

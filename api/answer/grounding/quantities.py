"""Figures of a sentence with all that they must agree in: value, unit, bound, date, range.

What ``retriever.numbers`` reads is read on: numerals in words, fractions, ranges, signs of
currency, units that no list holds, 이상 and 미만, 약 and 여.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.grounding.bounds import with_bounds
from api.answer.grounding.figure import Figure
from api.answer.grounding.figure_groups import with_dates, with_ranges
from api.answer.grounding.figures_in_digits import figures_in_digits
from api.answer.grounding.figures_in_words import figures_in_words
from retriever.folding import fold
from retriever.query_edit import QueryToken

_SHORT_DATE = re.compile(r"'(\d\d)\.(?=\s?\d{1,2}(?:[.월]|$))")


def figure_text(text: str) -> str:
    """Return a text folded, with the century of a short date written out: ``'24.3`` is 2024.3."""
    return _SHORT_DATE.sub(r"20\1.", fold(text))


def find_figures(text: str, tokens: Sequence[QueryToken]) -> list[Figure]:
    """Return every figure of a folded text in order.

    Args:
        text: as ``figure_text`` returns it.
        tokens: its morphemes, which tell the units that no list holds.
    """
    starts = {token.start: token for token in tokens}
    found: list[Figure] = []
    for figure in (*figures_in_words(text, starts), *figures_in_digits(text, starts)):
        if not any(f.start < figure.end and figure.start < f.end for f in found):
            found.append(figure)
    ordered = with_ranges(text, sorted(found, key=lambda f: f.start))
    return with_dates(text, [with_bounds(text, figure) for figure in ordered])

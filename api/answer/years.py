"""The years that a text speaks of, in any writing."""

from __future__ import annotations

import re
from functools import lru_cache

from retriever.folding import fold
from retriever.numbers import find_quantities

_EARLIEST, _LATEST = 1900, 2100
_RANGE = re.compile(
    r"((?:19|20)\d{2})\s?년?\s?(?:~|-|부터|에서)\s?((?:19|20)\d{2})\s?년?(?:\s?까지)?"
)
_DECADE = re.compile(r"((?:19|20)\d)0\s?년대")
_YEARS_OF_DECADE = 10


# The same sentences are looked at again for each part of a question, and for each question.
@lru_cache(maxsize=4096)
def years_in(text: str) -> frozenset[int]:
    """Return the years that a text names; a range or a decade counts with all its years."""
    years = {
        int(quantity.value)
        for quantity in find_quantities(text)
        if quantity.unit == "년" and _EARLIEST <= quantity.value <= _LATEST
    }
    for first, last in _RANGE.findall(fold(text)):
        years.update(range(int(first), int(last) + 1))
    for decade in _DECADE.findall(fold(text)):
        start = int(decade) * _YEARS_OF_DECADE
        years.update(range(start, start + _YEARS_OF_DECADE))
    return frozenset(years)

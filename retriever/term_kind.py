"""What a search term is: a word as it is written, a stem (늘/v) or a number (#2024년)."""

from __future__ import annotations

_STEM_MARK, _NUMBER_MARK = "/v", "#"


def stem_term(stem: str) -> str:
    """Return the search term of a stem."""
    return f"{stem}{_STEM_MARK}"


def is_stem(term: str) -> bool:
    """Tell whether a term is the stem of a verb or an adjective."""
    return term.endswith(_STEM_MARK)


def is_number(term: str) -> bool:
    """Tell whether a term is a number, with or without its unit."""
    return term.startswith(_NUMBER_MARK)


def is_word(term: str) -> bool:
    """Tell whether a term is a word as texts have it: neither a stem nor a number."""
    return not is_stem(term) and not is_number(term)


def bare(term: str) -> str:
    """Return a term without the mark of its kind."""
    return term.removeprefix(_NUMBER_MARK).removesuffix(_STEM_MARK)

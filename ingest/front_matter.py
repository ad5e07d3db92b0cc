"""The YAML block between ``---`` fences at the top of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import yaml

_FENCED = re.compile(r"\s*---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)

# Front matter is a few lines; YAML nested on purpose takes time in the square of its length.
MAX_CHARS = 5000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says about itself.

    Attributes:
        title, publisher, published, original_title: as in ``Document``; None where not given.
        end: offset of the first character behind the block, 0 where there is none.
    """

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    original_title: str | None = None
    end: int = 0


def read_front_matter(text: str) -> FrontMatter:
    """Reads front matter; what is not a valid YAML mapping is text like any other."""
    fenced = _FENCED.match(text)
    if fenced is None or fenced.end() > MAX_CHARS:
        return FrontMatter()
    try:
        fields = yaml.safe_load(fenced["yaml"])
    # An impossible date such as 2024-13-40 is a ValueError, brackets without end a recursion.
    except (yaml.YAMLError, ValueError, RecursionError):
        return FrontMatter()
    if not isinstance(fields, dict):
        return FrontMatter()
    return FrontMatter(
        title=_words(fields.get("title")),
        publisher=_words(fields.get("publisher")),
        published=_words(fields.get("published")),
        original_title=_words(fields.get("original_title")),
        end=fenced.end(),
    )


def _words(value: object) -> str | None:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return " ".join(str(value).split()) or None
    return None

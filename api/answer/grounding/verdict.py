"""What the check of a sentence finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.records import Sentence

ProblemCode = Literal[
    "empty",
    "no_marker",
    "unresolved_marker",
    "not_korean",
    "link",
    "markup",
    "foreign_words",
    "invented_quote",
    "figure_missing",
    "figure_unit",
    "figure_bound",
    "figure_range",
    "figure_about",
    "figure_date",
    "figure_of_other",
    "name_missing",
    "negation",
    "direction",
    "claim",
    "certainty",
    "roles_swapped",
    "subject_missing",
    "words_missing",
    "dissimilar",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a sentence is not taken as said by its passages.

    Attributes:
        code: stable.
        words: the words of the sentence that it is about, or empty.
    """

    code: ProblemCode
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of one sentence found.

    Attributes:
        supported: whether it may be shown.
        text: the sentence, without marks that are not ours.
        markers: the passages that support it, possibly others than it named; as it named them,
            where it is not supported.
        quotes: the sentences of these passages that support it best, each with its marker.
        problems: why it is not supported; where it is, what was mended.
    """

    supported: bool
    text: str
    markers: tuple[int, ...]
    quotes: tuple[tuple[int, Sentence], ...]
    problems: tuple[Problem, ...]

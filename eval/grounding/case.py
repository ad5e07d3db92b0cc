"""One sentence given to the checks, and what should come of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from api.answer.grounding.source import Source
from api.answer.grounding.verdict import Verdict
from eval.grounding.figures_carried import CARRIED_TRULY, CARRIED_WAYS, Carried
from eval.grounding.figures_invented import FIGURE_WAYS
from eval.grounding.material import RIGHT, Material, Split
from eval.grounding.paraphrase import PARAPHRASES
from eval.grounding.words_invented import WORD_WAYS

Kind = Literal["figure", "words", "marker", "faithful"]

_NO_PASSAGE = 99
_MARK = "[9]"
_CARRIED: tuple[tuple[Kind, dict[str, Carried]], ...] = (
    ("figure", CARRIED_WAYS),
    ("faithful", CARRIED_TRULY),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence for the checks.

    Attributes:
        way: how it was made.
        kind: ``figure`` and ``words`` are inventions, ``marker`` wrong citations, ``faithful``
            keeps the meaning.
        text, markers, sources: what the checks are given.
        original: the sentence that it was made from.
        split: half of the material.
        before: the sentence that is shown before it, or empty.
    """

    way: str
    kind: Kind
    text: str
    markers: tuple[int, ...]
    sources: Mapping[int, Source]
    original: str
    split: Split
    before: str = ""

    def is_right(self, verdict: Verdict) -> bool:
        """Tell whether the checks did what they should."""
        if self.kind == "faithful":
            return verdict.supported
        if self.way == "wrong_marker":
            return not verdict.supported or RIGHT in verdict.markers
        if self.way == "mark_of_document":
            return _MARK not in verdict.text
        return not verdict.supported


def cases(materials: Sequence[Material], seed: int) -> Iterator[Case]:
    """Yield all cases that can be made of the materials, the same for the same seed."""
    chooser = random.Random(seed)  # noqa: S311
    for material in materials:
        for kind, ways in (
            ("figure", FIGURE_WAYS),
            ("words", WORD_WAYS),
            ("faithful", PARAPHRASES),
        ):
            for way, make in ways.items():
                for text in make(material, chooser):
                    if text != material.text or way == "verbatim":
                        yield _case(way, kind, text, (RIGHT,), material.sources, material)  # type: ignore[arg-type]
        yield from _carried_cases(material, chooser)
        yield from _marker_cases(material, chooser)


def _carried_cases(material: Material, chooser: random.Random) -> Iterator[Case]:
    for kind, ways in _CARRIED:
        for way, make in ways.items():
            for before, text in make(material, chooser):
                case = _case(way, kind, text, (RIGHT,), material.sources, material)
                yield replace(case, before=before)


def _marker_cases(material: Material, chooser: random.Random) -> Iterator[Case]:
    wrong = {n: source for n, source in material.sources.items() if n != RIGHT}
    said_elsewhere = any(material.text in source.passage.text for source in wrong.values())
    if wrong and not said_elsewhere:
        other = min(wrong)
        yield _case("evidence_absent", "marker", material.text, (other,), wrong, material)
        yield _case("wrong_marker", "marker", material.text, (other,), material.sources, material)
        yield _case("no_marker", "marker", material.text, (), wrong, material)
        yield _case("unresolved_marker", "marker", material.text, (_NO_PASSAGE,), wrong, material)
    marked = f"{material.text} {_MARK}"
    yield _case("mark_of_document", "marker", marked, (RIGHT,), material.sources, material)
    for text in FIGURE_WAYS["digit_changed"](material, chooser):
        yield _case("invented_unmarked", "marker", text, (), material.sources, material)


def _case(
    way: str,
    kind: Kind,
    text: str,
    markers: tuple[int, ...],
    sources: Mapping[int, Source],
    material: Material,
) -> Case:
    return Case(way, kind, text, markers, sources, material.text, material.split)

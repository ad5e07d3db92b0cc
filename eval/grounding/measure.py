"""All cases put to the checks: how many of each way come out right."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.answer.grounding.grounder import Grounder
from eval.grounding.case import Case, Kind, cases
from eval.grounding.material import materials, passages_of
from eval.progress import Progress
from ingest.records import Document

_MS = 1000.0
_STAGE = "문장 검사"
# So many wrong ones of each way are kept to be looked at.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class WayResult:
    """How one way fared.

    Attributes:
        way, kind: as in ``Case``.
        cases: how many were made.
        right: inventions caught, or faithful sentences kept.
        wrong: some of those that were not.
    """

    way: str
    kind: Kind
    cases: int
    right: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of right ones, 0..1."""
        return self.right / self.cases


@dataclass(frozen=True, slots=True)
class GroundingResult:
    """How all ways fared.

    Attributes:
        ways: in the order in which they were met, by kind.
        by_sentence: of each kind, right ones and cases of each sentence that they are made of.
        ms_per_check: mean time of one check, vectors included where they were asked for.
    """

    ways: tuple[WayResult, ...]
    by_sentence: Mapping[Kind, tuple[tuple[int, int], ...]]
    ms_per_check: float

    def of_kind(self, kind: Kind) -> tuple[int, int]:
        """Return right ones and cases of one kind."""
        chosen = [way for way in self.ways if way.kind == kind]
        return sum(way.right for way in chosen), sum(way.cases for way in chosen)


def measure_documents(
    documents: Sequence[Document],
    grounder: Grounder,
    progress: Progress,
    *,
    split: str | None,
    sentences: int,
    seed: int,
) -> GroundingResult:
    """Check what is made of sentences of documents.

    Args:
        documents: the sentences are theirs.
        grounder: the checks.
        progress: told of every hundredth case.
        split: of the sentences; None for all.
        sentences: how many are drawn, of all splits.
        seed: of what is drawn and made.
    """
    chooser = random.Random(seed)  # noqa: S311
    drawn = materials(passages_of(documents), chooser, sentences)
    chosen = [material for material in drawn if split in (None, material.split)]
    return measure(cases(chosen, seed), grounder, progress)


def measure(made: Iterable[Case], grounder: Grounder, progress: Progress) -> GroundingResult:
    """Check every case.

    Args:
        made: of one half of the material, or of both.
        grounder: the checks.
        progress: told of every hundredth case.
    """
    right: dict[tuple[Kind, str], int] = defaultdict(int)
    total: dict[tuple[Kind, str], int] = defaultdict(int)
    wrong: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    grouped: dict[Kind, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    listed = list(made)
    started = time.perf_counter()
    for number, case in enumerate(listed):
        if number % 100 == 0:
            progress(_STAGE, number, len(listed))
        key = (case.kind, case.way)
        total[key] += 1
        before = (case.before,) if case.before else ()
        verdict = grounder.check(case.text, case.markers, case.sources, before=before)
        is_right = case.is_right(verdict)
        grouped[case.kind][case.original].append(is_right)
        if is_right:
            right[key] += 1
        elif len(wrong[key]) < _SHOWN:
            wrong[key].append(case.text)
    progress(_STAGE, len(listed), len(listed))
    took = (time.perf_counter() - started) * _MS / max(len(listed), 1)
    order = sorted(total, key=lambda key: ["figure", "words", "marker", "faithful"].index(key[0]))
    ways = (WayResult(w, k, total[k, w], right[k, w], tuple(wrong[k, w])) for k, w in order)
    by_sentence = {
        kind: tuple((sum(own), len(own)) for own in groups.values())
        for kind, groups in grouped.items()
    }
    return GroundingResult(tuple(ways), by_sentence, took)

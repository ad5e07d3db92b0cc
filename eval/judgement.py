"""What a language model said of a run, kept beside it as ``judge.json``."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from eval.summary import Metric, mean_metric
from eval.verdict import Correctness
from ingest.errors import OperatorError

_FILE = "judge.json"

Problem = Literal["invalid", "failed"]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """The verdicts on one answer; None where there is none.

    Attributes:
        id: of the question.
        right: whether the run counted it as right.
        supported: of each sentence, in order; sentences that cite nothing are not supported.
        correctness: against the gold answer.
        problems: by question put to the model: ``invalid`` for a reply that is no verdict,
            ``failed`` for a call that failed. These are counted for neither side.
    """

    id: str
    right: bool
    supported: Sequence[bool] | None
    correctness: Correctness | None
    problems: Mapping[str, Problem]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts of one model on one run.

    Attributes:
        created: ISO time in UTC.
        prompts: version and SHA-256 of each.
        faithfulness: mean share of an answer's sentences that their quotes support.
        correctness: share of the answers judged ``correct``.
        agreement: share of the answers on which ``correct`` and the run's ``right`` agree.
        verdicts: answers by correctness.
        invalid: replies that were no verdict.
        failed: calls that failed.
    """

    model: str
    created: str
    prompts: Mapping[str, Mapping[str, Any]]
    faithfulness: Metric | None
    correctness: Metric | None
    agreement: Metric | None
    verdicts: Mapping[str, int]
    invalid: int
    failed: int
    rows: Sequence[JudgedRow]


def summed_up(
    rows: Sequence[JudgedRow], *, model: str, created: str, prompts: Mapping[str, Mapping[str, Any]]
) -> Judgement:
    """Return the figures of judged rows."""
    known = [row for row in rows if row.correctness is not None]
    problems = [problem for row in rows for problem in row.problems.values()]
    supported = [row.supported for row in rows if row.supported]
    return Judgement(
        model=model,
        created=created,
        prompts=prompts,
        faithfulness=_mean([sum(verdicts) / len(verdicts) for verdicts in supported]),
        correctness=_mean([float(row.correctness == "correct") for row in known]),
        agreement=_mean([float((row.correctness == "correct") == row.right) for row in known]),
        verdicts={
            name: sum(row.correctness == name for row in known)
            for name in ("correct", "partial", "wrong")
        },
        invalid=problems.count("invalid"),
        failed=problems.count("failed"),
        rows=rows,
    )


def write_judgement(folder: Path, judgement: Judgement) -> Path:
    """Store a judgement beside its run, in place of an earlier one.

    Returns:
        The file.
    """
    path = folder / _FILE
    draft = path.with_suffix(".writing")
    text = json.dumps(asdict(judgement), ensure_ascii=False, allow_nan=False, indent=1)
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def read_judgement(folder: Path) -> Judgement | None:
    """Return the judgement beside a run, or None where there is none.

    Raises:
        OperatorError: ``judgement_unreadable``.
    """
    path = folder / _FILE
    if not path.is_file():
        return None
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(JudgedRow(**row) for row in values.pop("rows"))
        metrics: dict[str, Any] = {
            name: Metric(**found) if (found := values.pop(name)) else None
            for name in ("faithfulness", "correctness", "agreement")
        }
        return Judgement(**values, **metrics, rows=rows)
    except (ValueError, TypeError, KeyError) as error:
        raise OperatorError(
            "judgement_unreadable",
            f"언어 모델의 채점 결과가 손상되었습니다: {path}",
            "파일을 지우거나 `geungeo eval judge`로 다시 채점하세요.",
        ) from error


def _mean(values: Sequence[float]) -> Metric | None:
    return mean_metric(values) if values else None

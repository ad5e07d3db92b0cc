"""Stored runs: one folder each, whole or not there at all.

::

    <data_dir>/eval/runs/
      <name>/run.json      what was asked of what, and the figures
      <name>/rows.jsonl    one question a line
      .writing-*/          not yet whole
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.row import Row
from eval.summary import Metric, Summary
from ingest.errors import InputError, NotFoundError, OperatorError

# Raised when runs of an older shape can no longer be read.
RUN_FORMAT = 1
_NAME = re.compile(r"[0-9A-Za-z가-힣][0-9A-Za-z가-힣._-]{0,79}")
_SEE_LIST = "`geungeo eval list`로 저장된 실행을 확인하세요."


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run with everything that is needed to judge it.

    Attributes:
        created: ISO time in UTC.
        gold: ``path``, ``sha256`` and ``questions`` of the gold set.
        split: the part that was asked; None for all of it.
        config: settings by name, as they were used.
        index: fingerprint: generation, encoder, analysis, passages_version, counts; what a
            service does not tell is None.
        version: of the service.
        support_method: how it was decided that a citation supports a sentence.
        seconds: how long asking and judging took.
        summary: figures of all rows; ``by_type`` and ``by_split``: of some of them.
    """

    name: str
    created: str
    gold: Mapping[str, Any]
    split: str | None
    config: Mapping[str, Any]
    index: Mapping[str, Any]
    version: str
    support_method: str
    seconds: float
    summary: Summary
    by_type: Mapping[str, Summary]
    by_split: Mapping[str, Summary]
    format: int = RUN_FORMAT


class RunFolder:
    """Knows where runs lie.

    Args:
        data_dir: ``$GEUNGEO_DATA_DIR``.
    """

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "eval" / "runs"

    def names(self) -> list[str]:
        """Return the names of the stored runs, in their order."""
        if not self.root.is_dir():
            return []
        return sorted(
            path.name
            for path in self.root.iterdir()
            if _NAME.fullmatch(path.name) and (path / "run.json").is_file()
        )

    def path_of(self, name: str) -> Path:
        """Return the folder of a run, whether it exists or not.

        Raises:
            InputError: ``usage`` for a name that no run can have.
        """
        if not _NAME.fullmatch(name):
            raise InputError(
                "usage",
                f"실행 이름으로 쓸 수 없습니다: {name[:80]}",
                "한글, 영문자, 숫자와 . _ - 로 80자까지 적으세요.",
            )
        return self.root / name

    def check_free(self, name: str, *, overwrite: bool) -> None:
        """Refuse a name that is taken.

        Raises:
            InputError: ``run_exists``, or as ``path_of``.
        """
        if self.path_of(name).exists() and not overwrite:
            raise InputError(
                "run_exists",
                f"같은 이름의 실행이 이미 있습니다: {name}",
                "다른 이름을 쓰거나, 바꾸려면 --overwrite를 붙이세요.",
            )

    def write(self, record: RunRecord, rows: Sequence[Row], *, overwrite: bool = False) -> Path:
        """Store a run; a crash leaves it whole or not there.

        Raises:
            InputError: ``run_exists``.
        """
        self.check_free(record.name, overwrite=overwrite)
        self.root.mkdir(parents=True, exist_ok=True)
        target = self.path_of(record.name)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=self.root) as scratch:
            draft, old = Path(scratch) / "new", Path(scratch) / "old"
            draft.mkdir()
            lines = (_json(asdict(row)) for row in rows)
            _write(draft / "rows.jsonl", "".join(f"{line}\n" for line in lines))
            _write(draft / "run.json", _json(asdict(record), indent=1))
            if overwrite:
                with suppress(FileNotFoundError):
                    target.rename(old)
            try:
                draft.rename(target)
            except BaseException:
                if old.exists():
                    old.rename(target)
                raise
            shutil.rmtree(old, ignore_errors=True)
        return target

    def read(self, name: str) -> RunRecord:
        """Return a stored run without its rows.

        Raises:
            NotFoundError: ``run_not_found``.
            OperatorError: ``run_unreadable``.
        """
        try:
            values = json.loads(self._text(name, "run.json"))
            summaries = {part: _summaries(values[part]) for part in ("by_type", "by_split")}
            return RunRecord(**{**values, "summary": _summary(values["summary"]), **summaries})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _unreadable(name) from error

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a stored run.

        Raises:
            NotFoundError: ``run_not_found``.
            OperatorError: ``run_unreadable``.
        """
        try:
            return list(_rows(self._text(name, "rows.jsonl")))
        except (ValueError, TypeError) as error:
            raise _unreadable(name) from error

    def _text(self, name: str, file: str) -> str:
        try:
            return (self.path_of(name) / file).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise NotFoundError(
                "run_not_found", f"저장된 실행이 없습니다: {name}", _SEE_LIST
            ) from error


def _rows(text: str) -> Iterator[Row]:
    # Not splitlines(): an answer may hold U+2028, which JSON leaves as it is.
    for line in text.split("\n"):
        if line:
            yield Row(**json.loads(line))


def _summary(values: Mapping[str, Any]) -> Summary:
    metrics = {name: Metric(**metric) for name, metric in values["metrics"].items()}
    return Summary(**{**values, "metrics": metrics})


def _summaries(values: Mapping[str, Any]) -> dict[str, Summary]:
    return {name: _summary(summary) for name, summary in values.items()}


def _unreadable(name: str) -> OperatorError:
    return OperatorError(
        "run_unreadable",
        f"실행 {name}의 파일이 손상되었거나 지금 판과 형식이 다릅니다.",
        f"`geungeo eval run --name {name} --overwrite`로 다시 실행하세요.",
    )


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=str)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())

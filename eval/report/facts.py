"""What the head of the page says of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eval.run_record import RunRecord
from ingest.names import readable_path

_EVERYTHING = "전체"


def facts_of(record: RunRecord) -> dict[str, str]:
    """Return label and value of what a reader asks first."""
    asked = record.config.get("url") or "이 컴퓨터"
    return {
        "질문": readable_path(Path(str(record.gold["path"]))).rsplit("/", 1)[-1],
        "부분": record.split or _EVERYTHING,
        "물은 곳": str(asked),
        "실행": record.created.replace("T", " ").replace("+00:00", " UTC"),
        "걸린 시간": f"{record.seconds:,.0f}초",
    }


def details_of(record: RunRecord) -> dict[str, str]:
    """Return label and value of what makes the run repeatable."""
    return {
        "질문 파일": readable_path(Path(str(record.gold["path"]))),
        "질문 파일 SHA-256": str(record.gold["sha256"]),
        "서비스의 판": record.version,
        **_flat("설정", record.config),
        **_flat("색인", record.index),
        "인용 판정 방법": record.support_method,
    }


def threshold_of(record: RunRecord) -> float | None:
    """Return the confidence below which the run refused, where that is known.

    A run does not store it: it is that of this installation where the run was made in this
    process by the same version.
    """
    from api.answer.refusal import CALIBRATION

    is_own = not record.config.get("url") and record.version == version("geungeo")
    return CALIBRATION.threshold if is_own else None


def _flat(what: str, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{what}: {name}": value if isinstance(value, str) else _json(value)
        for name, value in values.items()
        if value not in (None, [], "")
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)

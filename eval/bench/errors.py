"""Why a benchmark could not be run."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

_TAIL_CHARS = 600


class CannotMeasureError(Exception):
    """A benchmark that cannot be run here; the message is in Korean and names the remedy."""


def optional(module: str) -> Any:
    """Import a module of the ``bench`` extra.

    Raises:
        CannotMeasureError: where it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise CannotMeasureError(
            f"{module} 패키지가 없습니다. `pip install 'geungeo[bench]'`로 설치하세요."
        ) from error


def tail(log: Path) -> str:
    """Return the end of a log file, for an error message."""
    return log.read_text(encoding="utf-8", errors="replace").strip()[-_TAIL_CHARS:]

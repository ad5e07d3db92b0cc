"""What every compared system looks like from outside."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.bench.errors import CannotMeasureError

INSTALL = "pip install 'geungeo[peers]'"


@dataclass(frozen=True, slots=True)
class Found:
    """One item that a search gave.

    Attributes:
        document: name of the file it comes from.
        text: what a reader of the item would see.
    """

    document: str
    text: str


class System(Protocol):
    """A system that indexes a folder of files and searches it; made with its models loaded."""

    def index(self, files: Sequence[Path], scratch: Path) -> int:
        """Make Markdown files searchable.

        Args:
            files: all in one folder, which has a parent of its own.
            scratch: an empty folder to write in.

        Returns:
            How many items can be found.
        """

    def search(self, question: str, top_k: int) -> list[Found]:
        """Return at most ``top_k`` items, best first."""


def peer_module(name: str) -> Any:
    """Import a module of the ``peers`` extra.

    Raises:
        CannotMeasureError: where it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise CannotMeasureError(f"{name} 패키지가 없습니다. `{INSTALL}`로 설치하세요.") from error

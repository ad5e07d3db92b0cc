"""Telling whoever waits how far a run is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage in Korean, how much of it is done and how much there is (0: unknown)."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


INDEX_STAGES = {
    "parse": "단락 나누기",
    "analyse": "형태소 분석",
    "embed": "임베딩",
    "write": "색인 쓰기",
}
"""What the stages of indexing are called."""

"""Telling whoever waits how far a long job is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done and how much there is (0: not known)."""

STAGES = {
    "load": "문서 읽기",
    "model": "임베딩 모델 준비",
    "parse": "단락 나누기",
    "analyse": "형태소 분석",
    "embed": "임베딩",
    "write": "색인 쓰기",
}


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""

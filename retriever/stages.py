"""How long each stage of a search took."""

from __future__ import annotations

import time


class Stages:
    """Milliseconds between one stage's end and the next, by name."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self._last = time.perf_counter()

    def end(self, stage: str) -> None:
        """Close a stage."""
        now = time.perf_counter()
        self.ms[stage] = (now - self._last) * 1000
        self._last = now

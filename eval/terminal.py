"""What the commands of ``geungeo eval`` write: results, notes on the work, and tables."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from eval.progress import Progress

# What could command a terminal or reorder its text; line feed and tab stay.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# JSON escapes the rest by itself.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_GAP = "  "


def say(text: str = "") -> None:
    """Write a line of the result to standard output."""
    sys.stdout.write(f"{_UNSAFE.sub('', text)}\n")


def note(text: str) -> None:
    """Write a line about the work, not its result, to standard error."""
    sys.stderr.write(f"{_UNSAFE.sub('', text)}\n")
    sys.stderr.flush()


def say_json(value: Any) -> None:
    """Write a value as JSON to standard output."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    safe = _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    sys.stdout.write(f"{safe}\n")


def say_table(rows: Sequence[Sequence[str]]) -> None:
    """Write rows in columns as wide as a terminal shows them: the first left, the others right."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [first + " " * (widths[0] - _width(first))]
        cells += [
            " " * (width - _width(cell)) + cell
            for cell, width in zip(others, widths[1:], strict=True)
        ]
        say(_GAP.join(cells).rstrip())


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a progress callback that draws bars in a terminal and plain lines elsewhere."""
    if not sys.stderr.isatty():
        begun: set[str] = set()
        yield lambda stage, _done, _total: _begin(stage, begun)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            bars.start()
            tasks[stage] = bars.add_task(stage, total=total or None)
        bars.update(tasks[stage], completed=done, total=total or None)

    try:
        yield show
    finally:
        bars.stop()


def _begin(stage: str, begun: set[str]) -> None:
    if stage not in begun:
        begun.add(stage)
        note(f"{stage}…")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

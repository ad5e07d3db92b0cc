"""What the command line writes: text that a terminal can be trusted with, and JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from api.progress import STAGES, Progress
from api.text import one_line, printable
from ingest.errors import GeungeoError
from ingest.names import readable_path

_BOLD, _DIM, _RED, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"
# Legal in JSON as they are, but not safe to show in a terminal.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def say(text: str = "") -> None:
    """Write a line of the result to standard output."""
    sys.stdout.write(f"{printable(text)}\n")


def say_part(text: str) -> None:
    """Write a part of a line at once, so that it is seen while the rest is made."""
    sys.stdout.write(printable(text))
    sys.stdout.flush()


def say_bold(text: str) -> None:
    """Write an emphasised line of the result."""
    sys.stdout.write(f"{_styled(printable(text), _BOLD, sys.stdout)}\n")


def say_dim(text: str) -> None:
    """Write a line of the result that matters less."""
    sys.stdout.write(f"{_styled(printable(text), _DIM, sys.stdout)}\n")


def note(text: str) -> None:
    """Write a line about the work, not its result, to standard error."""
    sys.stderr.write(f"{printable(text)}\n")
    sys.stderr.flush()


def warn(error: GeungeoError) -> None:
    """Write what went wrong and how to mend it to standard error."""
    sys.stderr.write(f"{_styled('오류:', _RED, sys.stderr)} {_told(error.message)}\n")
    if error.remedy:
        note(f"  → {one_line(error.remedy)}")


def say_json(value: Any) -> None:
    """Write a value as JSON to standard output."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    safe = _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    sys.stdout.write(f"{safe}\n")


def error_json(error: GeungeoError) -> dict[str, Any]:
    """Return the JSON form of an error."""
    return {
        "error": {
            "code": error.code,
            "message": printable(error.message),
            "remedy": printable(error.remedy),
        }
    }


def announce_first_index(corpus: Path) -> None:
    """Say that the first index is about to be built."""
    place = one_line(readable_path(corpus))
    note(f"아직 색인이 없어 {place}의 보고서로 처음 색인을 만듭니다. 한 번만 하는 일입니다.")


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a progress callback that draws bars in a terminal and plain lines elsewhere."""
    if not _is_terminal(sys.stderr):
        yield _PlainProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            bars.start()
            tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total or None)
        bars.update(tasks[stage], completed=done, total=total or None)

    try:
        yield show
    finally:
        for task in bars.tasks:
            # A stage whose size was never known is drawn as done, not as waiting for ever.
            if task.total is None:
                bars.update(task.id, total=1, completed=1)
        bars.stop()


class _PlainProgress:
    """One line when a stage begins and one when its work is done."""

    def __init__(self) -> None:
        self._begun: set[str] = set()
        self._ended: set[str] = set()

    def __call__(self, stage: str, done: int, total: int) -> None:
        name = STAGES.get(stage, stage)
        if stage not in self._begun:
            self._begun.add(stage)
            note(f"{name}…")
        if total and done >= total and stage not in self._ended:
            self._ended.add(stage)
            if stage != "model":
                note(f"{name}: {total:,}개 완료")


def _told(message: str) -> str:
    return printable(one_line(message))


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _styled(text: str, style: str, stream: TextIO) -> str:
    if os.environ.get("NO_COLOR") or not _is_terminal(stream):
        return text
    return f"{style}{text}{_RESET}"

"""The other end of ``eval.peers.worker``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench.errors import CannotMeasureError, tail
from eval.peers.system import Found
from eval.peers.systems import Resources

_STOP_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Replies:
    """What a system found for some questions.

    Attributes:
        ms: milliseconds of each question.
        found: items of each question, best first.
    """

    ms: tuple[float, ...]
    found: tuple[tuple[Found, ...], ...]


class SystemProcess:
    """A system in a process of its own, its models loaded when this returns.

    Args:
        name: key of the system.
        resources: what it is made of.
        log: file for what it writes to standard error.

    Raises:
        CannotMeasureError: when it cannot be started.
    """

    def __init__(self, name: str, resources: Resources, log: Path) -> None:
        self._name = name
        self._log = log
        given = [name, str(resources.models_dir.resolve()), str(resources.threads)]
        with log.open("w", encoding="utf-8") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own worker
                [sys.executable, "-m", "eval.peers.worker", *given],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=environment(os.environ, resources.threads),
            )
        try:
            self._call("wait")
        except CannotMeasureError:
            self.close()
            raise

    def index(self, files: Sequence[Path], scratch: Path) -> tuple[float, int]:
        """Index files; return the seconds and how many items can be found."""
        names = [str(file.resolve()) for file in files]
        reply = self._call("index", files=names, scratch=str(scratch))
        return float(reply["seconds"]), int(reply["items"])

    def search(self, questions: Sequence[str]) -> Replies:
        """Search for each question."""
        reply = self._call("search", questions=list(questions))
        found = tuple(tuple(Found(*item) for item in items) for items in reply["found"])
        return Replies(tuple(reply["ms"]), found)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        self._process.stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        self._process.stdout.close()

    def _call(self, do: str, **request: Any) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        try:
            self._process.stdin.write(json.dumps({"do": do, **request}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise CannotMeasureError(f"{self._name} 프로세스가 멈췄습니다.\n{tail(self._log)}")
        reply: dict[str, Any] = json.loads(line)
        return reply


def environment(base: Mapping[str, str], threads: int) -> dict[str, str]:
    """Return the environment of every system: none of our settings, no network, equal threads."""
    kept = {k: v for k, v in base.items() if not k.upper().startswith("GEUNGEO_")}
    return {
        **kept,
        "PYTHONUTF8": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
        "LANGSMITH_TRACING": "false",
        "OMP_NUM_THREADS": str(threads),
    }

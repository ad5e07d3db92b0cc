"""The other end of ``eval.bench.peer_worker``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from eval.bench.errors import CannotMeasureError, tail

_STOP_SECONDS = 20.0


class Peer:
    """LangChain's recipe in a process of its own, ready when this returns.

    Args:
        model: folder of the embedding model.
        threads: of PyTorch.
        environment: of the process.
        log: file for what it writes to standard error.
    """

    def __init__(
        self, model: Path, threads: int, environment: Mapping[str, str], log: Path
    ) -> None:
        self._log = log
        with log.open("w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "eval.bench.peer_worker", str(model), str(threads)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=dict(environment),
            )
        self._call("wait")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def encode(self, texts: Sequence[str], prompt: str, out: Path | None = None) -> float:
        """Embed texts; return the seconds it took."""
        path = str(out) if out else None
        return float(self._call("encode", texts=list(texts), prompt=prompt, out=path)["seconds"])

    def ingest(self, files: Sequence[Path], folder: Path) -> tuple[float, int]:
        """Index files from nothing; return the seconds and the chunks."""
        return self._index("ingest", files, folder)

    def add(self, files: Sequence[Path], folder: Path) -> tuple[float, int]:
        """Add files to the index; return the seconds and the new chunks."""
        return self._index("add", files, folder)

    def open(self, folder: Path) -> None:
        """Read an index from disk."""
        self._call("open", folder=str(folder))

    def search(self, questions: Sequence[str], top_k: int) -> list[float]:
        """Search for each question; return the milliseconds of each."""
        return [float(ms) for ms in self._call("search", questions=questions, top_k=top_k)["ms"]]

    def close(self) -> None:
        """End the process."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _index(self, do: str, files: Sequence[Path], folder: Path) -> tuple[float, int]:
        names = [str(file.resolve()) for file in files]
        reply = self._call(do, files=names, folder=str(folder))
        return float(reply["seconds"]), int(reply["chunks"])

    def _call(self, do: str, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None  # noqa: S101 - asked for above
        assert self.process.stdout is not None  # noqa: S101 - asked for above
        try:
            self.process.stdin.write(json.dumps({"do": do, **request}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise CannotMeasureError(f"비교 대상 프로세스가 멈췄습니다.\n{tail(self._log)}")
        reply: dict[str, Any] = json.loads(line)
        return reply

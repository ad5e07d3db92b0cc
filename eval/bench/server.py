"""A real ``geungeo serve`` in a process of its own."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.bench.errors import CannotMeasureError, optional, tail
from eval.gold_set import GoldQuestion

_STOP_SECONDS = 20.0
_ANSWER_SECONDS = 60.0
_OK = 200


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Attributes:
        pid: of its process.
        address: host and port.
        start_seconds: from the command to the first question it can answer.
    """

    pid: int
    address: str
    start_seconds: float

    def ask_all(self, questions: Sequence[GoldQuestion]) -> list[float]:
        """Ask over one connection, one question after the other; return milliseconds of each.

        Raises:
            CannotMeasureError: when a reply is not an answer.
        """
        connection = http.client.HTTPConnection(self.address, timeout=_ANSWER_SECONDS)
        try:
            return [_ask(connection, question) for question in questions]
        finally:
            connection.close()

    def memory_mib(self) -> float:
        """Return the resident memory of the process and of those it started."""
        return resident_mib(self.pid)


def resident_mib(pid: int) -> float:
    """Return the resident memory of a process and of those it started, in MiB."""
    process = optional("psutil").Process(pid)
    family = [process, *process.children(recursive=True)]
    return float(sum(member.memory_info().rss for member in family) / 2**20)


@contextmanager
def running_server(command: Path, environment: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """Start ``geungeo serve`` on a free port and stop it at the end.

    Raises:
        CannotMeasureError: when it ends before it answers.
    """
    log = folder / "serve.log"
    start = time.perf_counter()
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [str(command), "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env=dict(environment),
            cwd=folder,
        )
    try:
        address = _address(process, log)
        yield Server(process.pid, address, time.perf_counter() - start)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    """Read the address from the line that the server writes once it can answer."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    for line in process.stdout:
        found = re.search(r"http://([\w.:\[\]-]+)", line)
        if found:
            return found.group(1)
    raise CannotMeasureError(f"geungeo serve를 띄우지 못했습니다.\n{tail(log)}")


def _ask(connection: http.client.HTTPConnection, question: GoldQuestion) -> float:
    body = json.dumps(
        {"question": question.question, "history": list(question.history)}, ensure_ascii=False
    )
    start = time.perf_counter()
    connection.request(
        "POST", "/v1/ask", body.encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    response = connection.getresponse()
    reply = response.read()
    ms = (time.perf_counter() - start) * 1000
    if response.status != _OK:
        detail = reply.decode("utf-8", "replace")
        raise CannotMeasureError(f"/v1/ask가 {response.status}로 답했습니다: {detail}")
    return ms

"""Many people at once, each reading a streamed answer: ``python -m eval.bench.streaming_load``.

Everybody asks again as soon as they are answered. Who is told to come back later does so after
the time that the server names, as the contract asks for. Clients and server share the computer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from eval.bench.errors import CannotMeasureError, optional
from eval.bench.quantiles import p50, p95
from eval.bench.server import Server, resident_mib, running_server
from eval.gold_set import read_gold

_GOLD = Path(__file__).resolve().parents[1] / "gold" / "reports.jsonl"
_DELIBERATE = frozenset({429, 503})
_OK = 200
# How often the memory of the server is looked at.
_LOOK_SECONDS = 5.0
_FIRST_QUESTIONS = 50


@dataclass(slots=True)
class Seen:
    """What the users met.

    Attributes:
        first: seconds to the first sentence of each answer.
        done: seconds to the end of each answer.
        later: how often each status that says to come back was met.
        errors: how often each other failure was met.
        memory: MiB of the server, over time.
    """

    first: list[float] = field(default_factory=list)
    done: list[float] = field(default_factory=list)
    later: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)


async def use(
    address: str, questions: Sequence[str], users: int, seconds: float, seen: Seen
) -> None:
    """Let some users ask for some time."""
    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=users, max_keepalive_connections=users)
    async with httpx.AsyncClient(
        base_url=f"http://{address}", limits=limits, timeout=60.0, trust_env=False
    ) as client:
        await asyncio.gather(
            *(_user(client, questions, number, end, seen) for number in range(users))
        )


async def _user(
    client: httpx.AsyncClient, questions: Sequence[str], number: int, end: float, seen: Seen
) -> None:
    place = number
    while time.monotonic() < end:
        try:
            wait = await _ask(client, questions[place % len(questions)], seen)
        except httpx.HTTPError as error:
            seen.errors[type(error).__name__] += 1
            continue
        if wait is None:
            place += 1
        else:
            await asyncio.sleep(wait)


async def _ask(client: httpx.AsyncClient, question: str, seen: Seen) -> float | None:
    """Ask once; return after how many seconds to come back, where the server says so."""
    start = time.perf_counter()
    body = {"question": question, "stream": True}
    async with client.stream("POST", "/v1/ask", json=body) as response:
        if response.status_code in _DELIBERATE and "retry-after" in response.headers:
            await response.aread()
            seen.later[response.status_code] += 1
            return float(response.headers["retry-after"])
        if response.status_code != _OK:
            seen.errors[f"HTTP {response.status_code}"] += 1
            return None
        await _read(response, start, seen)
    return None


async def _read(response: httpx.Response, start: float, seen: Seen) -> None:
    names: list[str] = []
    async for line in response.aiter_lines():
        if not line.startswith("event: "):
            continue
        if not names:
            seen.first.append(time.perf_counter() - start)
        names.append(line.removeprefix("event: "))
    if names and names[-1] == "done":
        seen.done.append(time.perf_counter() - start)
    else:
        seen.errors[f"ended with {names[-1] if names else 'nothing'}"] += 1


async def _watch(pid: int, seen: Seen) -> None:
    while True:
        seen.memory.append(resident_mib(pid))
        await asyncio.sleep(_LOOK_SECONDS)


async def measure(server: Server, users: int, seconds: float) -> dict[str, object]:
    """Load a running server and return what was seen, as JSON can hold it."""
    questions = [question.question for question in read_gold(_GOLD) if not question.history]
    warm = Seen()
    await use(server.address, questions, 1, _LOOK_SECONDS, warm)
    seen = Seen()
    process = optional("psutil").Process(server.pid)
    before = sum(process.cpu_times()[:2])
    watching = asyncio.create_task(_watch(server.pid, seen))
    start = time.perf_counter()
    await use(server.address, questions, users, seconds, seen)
    took = time.perf_counter() - start
    watching.cancel()
    memory = [*seen.memory, resident_mib(server.pid)]
    if not seen.done:
        raise CannotMeasureError(f"한 번도 답을 받지 못했습니다: {dict(seen.errors)}")
    return {
        "users": users,
        "seconds": round(took, 1),
        "answers": len(seen.done),
        "answers_per_second": round(len(seen.done) / took, 1),
        "told_to_come_back": {str(status): count for status, count in seen.later.items()},
        "errors": dict(seen.errors),
        "first_sentence_seconds": {"p50": p50(seen.first), "p95": p95(seen.first)},
        "done_seconds": {"p50": p50(seen.done), "p95": p95(seen.done)},
        "one_user_done_seconds": {"p50": p50(warm.done), "p95": p95(warm.done)},
        "memory_mib": [round(value) for value in memory],
        "server_cpu_cores": round((sum(process.cpu_times()[:2]) - before) / took, 2),
    }


def main() -> int:
    """Measure, print JSON and tell whether nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.streaming_load")
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    command = Path(sys.executable).with_name("geungeo")
    with (
        tempfile.TemporaryDirectory() as folder,
        # The settings are those of whoever runs this, so that any of them can be measured.
        running_server(command, os.environ, Path(folder)) as server,
    ):
        found = asyncio.run(measure(server, options.users, options.seconds))
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 1 if found["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())

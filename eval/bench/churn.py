"""Asking while documents come and go: ``python -m eval.bench.churn``.

A server of its own takes uploads and removals over HTTP and an ingestion from the command line
beside them, while clients ask. No question may fail, and every answer must come from one
generation: all passages that it cites stand there, and every quote is exact.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from eval.bench.quantiles import p50, p95
from eval.bench.server import running_server
from eval.bench.workbench import REPOSITORY
from retriever.generation import IndexFolder
from retriever.passage_store import PassageStore

_OK = 200
_SECONDS = 120.0
_CLIENTS = 3
_TIMEOUT_SECONDS = 120.0
# Generations follow each other no faster than they are built, which takes longer than this.
_WATCH_SECONDS = 0.02
_BETWEEN_INGESTIONS_SECONDS = 30.0
_FIRST_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one question; seconds are of the monotonic clock."""

    asked: float
    answered: float
    status: int
    body: dict[str, Any]


@dataclass(slots=True)
class Generations:
    """The passages of every generation that was published while it watched.

    Attributes:
        passages: by generation, the text of each passage by its id.
    """

    folder: IndexFolder
    passages: dict[str, dict[str, str]] = field(default_factory=dict)

    def watch(self, stop: threading.Event) -> None:
        """Take note of generations until told to stop."""
        while not stop.is_set():
            self.note()
            time.sleep(_WATCH_SECONDS)
        self.note()

    def note(self) -> None:
        """Read the current generation where it is new."""
        current = self.folder.current()
        if current is None or current.name in self.passages:
            return
        store = PassageStore(current.passages)
        try:
            ids = [summary.id for summary in store.summaries()]
            self.passages[current.name] = {
                p.id: p.text for document in ids for p in store.passages_of(document)
            }
        finally:
            store.close()


def faults(replies: Sequence[Reply], generations: Generations) -> list[str]:
    """Return what is wrong with the replies; empty where every one is whole."""
    return [fault for reply in replies for fault in _faults(reply, generations)]


def _faults(reply: Reply, generations: Generations) -> list[str]:
    if reply.status != _OK:
        return [f"{reply.status}: {reply.body}"]
    citations = reply.body["citations"]
    found = [
        f"인용이 단락과 다릅니다: {c['quote']}"
        for c in citations
        if c["passage"][c["start"] : c["end"]] != c["quote"]
    ]
    whole = any(
        all(own.get(c["passage_id"]) == c["passage"] for c in citations)
        for own in generations.passages.values()
    )
    if not whole:
        found.append(f"한 색인에서 나오지 않은 답입니다: {reply.body['answer']}")
    return found


def keep_asking(
    address: str, questions: Sequence[str], stop: threading.Event, replies: list[Reply]
) -> None:
    """Ask one question after the other until told to stop."""
    with httpx.Client(base_url=address, timeout=_TIMEOUT_SECONDS) as client:
        place = 0
        while not stop.is_set():
            question = questions[place % len(questions)]
            place += 1
            asked = time.monotonic()
            response = client.post("/v1/ask", json={"question": question})
            replies.append(Reply(asked, time.monotonic(), response.status_code, response.json()))


def report(number: int, lines: int = 20) -> str:
    """Return a short report that no other number has."""
    facts = [f"- 등대 {number}-{i}호의 높이는 {number * 3 + i}미터로 측정됨" for i in range(lines)]
    return "\n".join(
        [
            f"# 등대 {number}차 보고서",
            "",
            "## 1. 현황",
            *facts,
            f"- 등대 {number}차 관리원은 {number}명임",
        ]
    )


@dataclass(slots=True)
class Changes:
    """What was changed, and what went wrong with it.

    Attributes:
        made: adding and removing, each counted.
        seconds: each took.
        faults: in words.
    """

    made: int = 0
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def keep_changing(address: str, stop: Callable[[], bool], changes: Changes) -> None:
    """Add a report, ask for it, remove it and ask again, until told to stop."""
    number = _FIRST_NUMBER
    with httpx.Client(base_url=address, timeout=_TIMEOUT_SECONDS) as client:
        while not stop():
            number += 1
            name = f"등대{number}.md"
            added = _timed(
                changes,
                lambda: client.post(
                    "/v1/documents?wait=60",
                    files={"files": (name, report(number).encode())},  # noqa: B023 - called at once
                ),
            )
            if added is None:
                continue
            document = added["job"]["files"][0]["document_id"]
            if document not in _cited(client, number):
                changes.faults.append(f"넣은 문서로 답하지 않습니다: {name}")
            _timed(changes, lambda: client.delete(f"/v1/documents/{document}?wait=60"))  # noqa: B023
            if document in _cited(client, number):
                changes.faults.append(f"뺀 문서로 답했습니다: {name}")


def _timed(changes: Changes, change: Callable[[], httpx.Response]) -> dict[str, Any] | None:
    start = time.monotonic()
    response = change()
    changes.made += 1
    changes.seconds.append(time.monotonic() - start)
    if response.status_code != _OK:
        changes.faults.append(f"{response.status_code}: {response.text}")
        return None
    body: dict[str, Any] = response.json()
    return body


def _cited(client: httpx.Client, number: int) -> set[str]:
    """Return the ids of the documents that the answer about a report's own fact cites."""
    question = f"등대 {number}차 관리원은 몇 명인가요?"
    response = client.post("/v1/ask", json={"question": question})
    return {citation["document_id"] for citation in response.json()["citations"]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it from the command line; the exit status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.churn", description=__doc__)
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="재는 시간(초)")
    parser.add_argument(
        "--models", type=Path, default=REPOSITORY / ".geungeo" / "models", help="모델 폴더"
    )
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="geungeo-churn-") as name:
        figures = _run(Path(name), given.models, given.seconds)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 1 if figures["faults"] else 0


def _run(folder: Path, models: Path, seconds: float) -> dict[str, Any]:
    data = folder / "data"
    data.mkdir()
    (data / "models").symlink_to(models)
    command = Path(sys.executable).parent / "geungeo"
    environment = {**os.environ, "GEUNGEO_DATA_DIR": str(data)}
    subprocess.run([command, "ingest", REPOSITORY / "corpus"], env=environment, check=True)
    gold = (REPOSITORY / "eval" / "gold" / "reports.jsonl").read_text("utf-8")
    questions = [json.loads(line)["question"] for line in gold.splitlines()]
    generations = Generations(IndexFolder(data / "index"))
    replies: list[Reply] = []
    changes = Changes()
    stop = threading.Event()
    with running_server(command, environment, folder) as server:
        address = f"http://{server.address}"
        threads = [threading.Thread(target=generations.watch, args=(stop,))]
        for place in range(_CLIENTS):
            own = questions[place::_CLIENTS]
            threads.append(threading.Thread(target=keep_asking, args=(address, own, stop, replies)))
        threads.append(threading.Thread(target=keep_changing, args=(address, stop.is_set, changes)))
        for thread in threads:
            thread.start()
        ingestions = _ingest_beside(command, environment, folder, seconds, changes)
        stop.set()
        for thread in threads:
            thread.join()
        memory = server.memory_mib()
    milliseconds = [(reply.answered - reply.asked) * 1000 for reply in replies]
    return {
        "seconds": seconds,
        "asked": len(replies),
        "changes": changes.made,
        "ingestions": ingestions,
        "generations": len(generations.passages),
        "cited": sum(len(reply.body.get("citations", ())) for reply in replies),
        "ask_p50_ms": round(p50(milliseconds)),
        "ask_p95_ms": round(p95(milliseconds)),
        "ask_most_ms": round(max(milliseconds)),
        "change_p50_s": round(p50(changes.seconds), 2),
        "memory_mib": round(memory),
        "faults": [*faults(replies, generations), *changes.faults],
    }


def _ingest_beside(
    command: Path, environment: dict[str, str], folder: Path, seconds: float, changes: Changes
) -> int:
    """Ingest from the command line now and then until the time is over; returns how often."""
    end = time.monotonic() + seconds
    count = 0
    while time.monotonic() < end:
        path = folder / f"풍차{count}.md"
        path.write_text(f"# 풍차 {count}호 보고서\n\n- 풍차 {count}호를 세움\n", encoding="utf-8")
        done = subprocess.run(
            [command, "ingest", path], env=environment, capture_output=True, text=True, check=False
        )
        count += 1
        if done.returncode:
            changes.faults.append(f"geungeo ingest: {done.stderr}")
        time.sleep(max(0.0, min(_BETWEEN_INGESTIONS_SECONDS, end - time.monotonic())))
    return count


if __name__ == "__main__":
    raise SystemExit(main())

"""What a server that is killed has acknowledged is there after its next start; nothing half is."""

import re
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from api.service import Service
from api.settings import Settings
from eval.bench.churn import Changes, Generations, Reply, faults, keep_asking, keep_changing
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from retriever.generation import IndexFolder
from tests.api.conftest import serving, spawn, wait_until

RAIN = "# 강수 보고서\n\n" + "".join(
    f"- 관측소 {i}호의 강수량은 {i * 7}밀리미터임\n" for i in range(250)
)
LIGHT = "# 등대 보고서\n\n- 서해 등대는 모두 37기로 조사됨\n"
QUESTIONS = [
    "산불 피해 지역에 설치한 사방댐은 몇 개인가요?",
    "한강의 평균 수온은 몇 도인가요?",
    "배달 수수료에 대해 알려 주세요",
]


@contextmanager
def server_process() -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A server in a process of its own, killed at the end where it still runs."""
    process = spawn("serve", "--port", "0")
    assert process.stdout is not None
    assert process.stderr is not None
    # Nobody else reads the log, and a full pipe would stop the server.
    reader = threading.Thread(target=process.stderr.read)
    reader.start()
    try:
        found = next(m for line in process.stdout if (m := re.search(r"http://\S+", line)))
        with httpx.Client(base_url=found.group(), timeout=60) as client:
            yield process, client
    finally:
        process.kill()
        process.wait(30)
        process.stdout.close()
        reader.join()
        process.stderr.close()


def half_an_upload(client: httpx.Client) -> socket.socket:
    """Send the beginning of an upload and hold the connection."""
    connection = socket.create_connection((client.base_url.host, client.base_url.port or 80))
    part = 'Content-Disposition: form-data; name="files"; filename="반쪽.md"'
    head = (
        f"POST /v1/documents HTTP/1.1\r\nHost: {client.base_url.netloc.decode()}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n"
        f"--x\r\n{part}\r\n\r\n# 반쪽 보고서\n\n- 반쪽만 온 글\n"
    )
    connection.sendall(head.encode() + b"a" * 20_000)
    return connection


def job(client: httpx.Client, path: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(path).json()["job"]
    return found


def test_a_killed_server_loses_nothing_that_it_acknowledged(data_dir: Path) -> None:
    uploads = data_dir / "uploads"
    with server_process() as (process, client):
        connection = half_an_upload(client)
        wait_until(lambda: any(path.stat().st_size for path in uploads.rglob("0")))
        taken = [
            client.post("/v1/documents", files={"files": (name, text.encode())})
            for name, text in (("강수.md", RAIN), ("등대.md", LIGHT))
        ]
        assert [response.status_code for response in taken] == [202, 202]
        first, second = (response.headers["location"] for response in taken)
        wait_until(lambda: any(s["name"] == "embed" for s in job(client, first)["stages"]))
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        connection.close()
    assert list((data_dir / "index").glob(".building-*"))
    assert list(uploads.glob(".receiving-*"))

    with server_process() as (_, client):
        wait_until(lambda: job(client, second)["state"] == "done", 120)
        jobs = client.get("/v1/jobs").json()["jobs"]
        assert len(jobs) == 2
        assert job(client, first)["state"] == "done"
        assert job(client, first)["attempts"] == 2
        titles = {d["title"] for d in client.get("/v1/documents").json()["documents"]}
        assert titles >= {"강수 보고서", "등대 보고서"}
        assert len(titles) == 5
        rain = client.post("/v1/ask", json={"question": "관측소 99호의 강수량은 얼마인가요?"})
        assert "693밀리미터" in rain.json()["answer"]
        light = client.post("/v1/ask", json={"question": "서해 등대는 모두 몇 기인가요?"})
        assert "37기" in light.json()["answer"]
    assert not list((data_dir / "index").glob(".building-*"))
    assert not [path for path in uploads.iterdir() if path.is_dir()]


def test_every_answer_is_whole_while_documents_come_and_go(
    data_dir: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> None:
    service = Service(Settings(data_dir=data_dir), encoder=encoder, analyzer=analyzer)
    steps = serving(service)
    address = str(next(steps).client.base_url)
    generations = Generations(IndexFolder(data_dir / "index"))
    replies: list[Reply] = []
    changes = Changes()
    stop = threading.Event()
    threads = [threading.Thread(target=generations.watch, args=(stop,))] + [
        threading.Thread(target=keep_asking, args=(address, QUESTIONS[i:], stop, replies))
        for i in range(2)
    ]
    for thread in threads:
        thread.start()
    keep_changing(address, lambda: changes.made >= 6, changes)
    stop.set()
    for thread in threads:
        thread.join(60)
    assert next(steps, None) is None
    assert changes.faults == []
    assert len(replies) > 10
    assert faults(replies, generations) == []
    assert len(generations.passages) >= 5
    assert any(reply.body["citations"] for reply in replies)


def test_a_torn_answer_would_be_found(data_dir: Path) -> None:
    generations = Generations(IndexFolder(data_dir / "index"))
    generations.note()
    ((passage_id, text),) = list(next(iter(generations.passages.values())).items())[:1]
    whole = {"passage_id": passage_id, "passage": text, "quote": text[1:5], "start": 1, "end": 5}

    def told(status: int = 200, **fields: Any) -> list[str]:
        body = {"answer": "답", "citations": [{**whole, **fields}]}
        return faults([Reply(0.0, 1.0, status, body)], generations)

    assert told() == []
    assert told(passage_id="0" * 16)
    assert told(passage=text + ".")
    assert told(quote="다른 말")
    assert told(status=503)

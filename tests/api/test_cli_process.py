"""The command as a process: signals, pipes, limits and time."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import spawn, wait_until

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"
SLOW_SENTENCES = 3000


@pytest.fixture
def long_report(tmp_path: Path) -> Path:
    """A report that takes much longer to embed than a test waits."""
    path = tmp_path / "긴것.md"
    lines = [f"- 관측소 {i}호의 강수량은 {i * 7}밀리미터로 기록됨" for i in range(SLOW_SENTENCES)]
    path.write_text("# 강수 보고서\n\n" + "\n".join(lines), encoding="utf-8")
    return path


def generation(data_dir: Path) -> str:
    return (data_dir / "index" / "CURRENT").read_text("ascii")


def embedding_begins(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("임베딩…"):
            return
    pytest.fail("임베딩이 시작되지 않음")


@pytest.fixture
def still_answers(
    data_dir: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> Callable[[], bool]:
    def answers() -> bool:
        service = Service(Settings(data_dir=data_dir), encoder=encoder, analyzer=analyzer)
        answered = "88개" in service.answer(QUESTION).text
        service.close()
        return answered

    return answers


def test_help_is_quick() -> None:
    start = time.perf_counter()
    process = spawn("--help")
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert time.perf_counter() - start < 2  # 0.2 s on an idle machine


def test_help_imports_nothing_heavy() -> None:
    heavy = ["numpy", "torch", "faiss", "kiwipiepy", "pydantic", "fastapi", "rich", "structlog"]
    code = f"import sys, api.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_ctrl_c_in_the_middle_leaves_the_index(
    data_dir: Path, long_report: Path, still_answers: Callable[[], bool]
) -> None:
    before = generation(data_dir)
    process = spawn("ingest", str(long_report))
    embedding_begins(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "중단했습니다. 이전 색인은 그대로입니다." in err
    assert "Traceback" not in err
    assert generation(data_dir) == before
    assert not list((data_dir / "index").glob(".building-*"))
    assert still_answers()


def test_ctrl_c_during_the_first_imports_is_told(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
    process = spawn("docs", "list", PYTHONPATH=str(tmp_path))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.strip() == "중단했습니다. 이전 색인은 그대로입니다."


def test_kill_in_the_middle_leaves_the_index(
    data_dir: Path, long_report: Path, still_answers: Callable[[], bool]
) -> None:
    before = generation(data_dir)
    process = spawn("ingest", str(long_report))
    embedding_begins(process)
    process.kill()
    process.communicate(timeout=60)
    assert generation(data_dir) == before
    assert still_answers()
    other = long_report.with_name("짧은것.md")
    other.write_text("# 풍차 보고서\n\n- 풍차 5기를 세움\n", encoding="utf-8")
    again = spawn("ingest", str(other))
    _, err = again.communicate(timeout=60)
    assert again.returncode == 0, err
    assert generation(data_dir) != before
    assert not list((data_dir / "index").glob(".building-*"))


def test_a_file_that_cannot_grow_leaves_the_index(
    data_dir: Path, tmp_path: Path, still_answers: Callable[[], bool]
) -> None:
    before = generation(data_dir)
    report = tmp_path / "새것.md"
    report.write_text("# 풍차 보고서\n\n- 풍차 5기를 세움\n", encoding="utf-8")
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from api.cli import main
raise SystemExit(main(["ingest", {str(report)!r}]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "오류:" in done.stderr
    assert "Traceback" not in done.stderr
    assert generation(data_dir) == before
    assert still_answers()


def test_a_reader_that_leaves_early_is_no_error(data_dir: Path) -> None:
    process = spawn("docs", "list")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert err == ""


def test_two_ingestions_at_once_wait_for_each_other(data_dir: Path, tmp_path: Path) -> None:
    processes = []
    for name in ("하나", "둘"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"# {name} 보고서\n\n- {name} 등대를 세움\n", encoding="utf-8")
        processes.append(spawn("ingest", str(path)))
    for process in processes:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    out, _ = spawn("docs", "list").communicate(timeout=60)
    assert "하나 보고서" in out
    assert "둘 보고서" in out


def test_a_busy_index_is_told(data_dir: Path, tmp_path: Path, long_report: Path) -> None:
    first = spawn("ingest", str(long_report))
    embedding_begins(first)
    second = spawn("ingest", str(long_report), GEUNGEO_INGEST_WAIT_SECONDS="0")
    _, err = second.communicate(timeout=60)
    first.kill()
    first.communicate(timeout=60)
    assert second.returncode == 1
    assert "다른 색인 작업이 진행 중입니다" in err


def test_serve_says_where_and_stops_quietly(data_dir: Path) -> None:
    process = spawn("serve", "--port", "0")
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("근거 서버가 준비되었습니다: http://127.0.0.1:")
    url = first.split(": ", 1)[1].strip()
    rest = [process.stdout.readline() for _ in range(3)]
    assert "물어볼 만한 질문" in rest[0]
    assert f"curl -s {url}/v1/ask" in rest[1]
    assert httpx.get(f"{url}/readyz", timeout=30).status_code == 200
    taken = spawn("serve", "--port", url.rsplit(":", 1)[1])
    _, err = taken.communicate(timeout=60)
    assert taken.returncode == 1
    assert "다른 프로그램이 포트" in err
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "서버를 껐습니다." in err
    assert "Traceback" not in err


def test_serve_takes_up_what_is_ingested_meanwhile(data_dir: Path, tmp_path: Path) -> None:
    process = spawn("serve", "--port", "0")
    assert process.stdout is not None
    url = process.stdout.readline().split(": ", 1)[1].strip()
    report = tmp_path / "새것.md"
    report.write_text("# 풍차 보고서\n\n- 제주에 풍차 5기를 세움\n", encoding="utf-8")
    ingestion = spawn("ingest", str(report))
    ingestion.communicate(timeout=60)
    assert ingestion.returncode == 0
    name = generation(data_dir)
    with httpx.Client(base_url=url, timeout=30) as client:
        wait_until(lambda: client.get("/readyz").json()["generation"] == name)
        body = client.post("/v1/ask", json={"question": "제주에 세운 풍차는 몇 기인가요?"}).json()
    assert "풍차 5기" in body["answer"]
    process.terminate()
    process.communicate(timeout=60)


def test_plain_output_where_there_is_no_terminal(data_dir: Path, reports: Path) -> None:
    process = spawn("ingest", str(reports), "--rebuild", FORCE_COLOR="1")
    out, err = process.communicate(timeout=60)
    assert "\x1b" not in out + err
    assert "임베딩…" in err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="가상 터미널이 없음")
def test_bars_are_drawn_in_a_terminal(data_dir: Path, reports: Path) -> None:
    main_end, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "ingest", str(reports), "--rebuild"],
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(terminal)
    shown = b""
    while chunk := _read(main_end):
        shown += chunk
    os.close(main_end)
    assert process.wait(60) == 0
    assert "색인 쓰기".encode() in shown
    assert b"\x1b[" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""


def test_several_processes_answer_at_one_address(data_dir: Path) -> None:
    assert data_dir.is_dir()
    process = spawn("serve", "--port", "0", "--workers", "2")
    assert process.stderr is not None
    url = ""
    for line in process.stderr:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            url = found.group()
            break

    def ready() -> bool:
        try:
            return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    wait_until(ready, 120)
    for _ in range(4):
        wait_until(ready, 120)
        answer = httpx.post(f"{url}/v1/ask", json={"question": QUESTION}, timeout=30)
        assert answer.status_code in {200, 503}
    process.terminate()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "서버를 껐습니다." in err
    assert "Traceback" not in err

"""A small index, a real server over it, and the command line in and out of this process."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.cli import main
from api.logs import configure_logs
from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder

WATER = """# 한강 수질 보고서

## 1. 현황
- 한강의 평균 수온은 2023년에 14.2도로 측정됨
- 조류 경보는 모두 17회 발령되었으며 대부분 8월에 집중됨

## 2. 대책
- 하수처리장 세 곳을 새로 지어 질소 배출량을 30% 줄일 계획임
- 시민 감시단 450명이 매주 물빛과 냄새를 기록함
"""
FOREST = """# 산림 복원 보고서

## 1. 산불 피해
- 강원도 산불로 소나무 숲 2만 3천 헥타르가 사라짐
- 피해 지역의 토양 유실을 막기 위해 사방댐 88개를 설치함

## 2. 나무 심기
- 참나무와 자작나무 묘목 120만 그루를 2026년까지 심을 예정임
"""
STREET = """# 골목상권 보고서

## 1. 매출
- 전통시장의 하루 평균 매출은 점포당 31만 원으로 조사됨
- 배달 수수료 부담이 가장 큰 어려움으로 꼽힘
"""
REPORTS = {"한강.md": WATER, "산림.md": FOREST, "골목.md": STREET}


@dataclass(frozen=True)
class Finished:
    """What a command did."""

    status: int
    out: str
    err: str


RunCli = Callable[..., Finished]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests reaches them."""
    for name in list(os.environ):
        if name.upper().startswith("GEUNGEO_"):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def analyzer() -> KoreanAnalyzer:
    """The analyser, shared because loading takes seconds."""
    return KoreanAnalyzer()


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three short reports."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory,
    models_dir: Path,
    reports: Path,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Path:
    """A data folder with an index of the reports; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "models").symlink_to(models_dir)
    service = Service(Settings(data_dir=folder), encoder=encoder, analyzer=analyzer)
    service.changes.ingest([reports])
    service.close()
    return folder


@pytest.fixture
def data_dir(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: Path) -> Path:
    """A data folder of the test's own, with the same index, set in the environment."""
    folder = tmp_path / "data"
    shutil.copytree(built, folder, symlinks=True)
    monkeypatch.setenv("GEUNGEO_DATA_DIR", str(folder))
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", str(reports))
    return folder


@pytest.fixture
def empty_data_dir(
    tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch, reports: Path
) -> Path:
    """A data folder of the test's own without an index, set in the environment."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(models_dir)
    monkeypatch.setenv("GEUNGEO_DATA_DIR", str(folder))
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", str(reports))
    return folder


@pytest.fixture
def cli(
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> RunCli:
    """Run ``geungeo`` in this process, with the models that are loaded already."""
    monkeypatch.setattr("retriever.encoder.load_encoder", lambda *_, **__: encoder)
    monkeypatch.setattr("retriever.analysis.KoreanAnalyzer", lambda *_, **__: analyzer)

    def run(*arguments: str) -> Finished:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        return Finished(status, captured.out, captured.err)

    return run


def spawn(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    """Start ``geungeo`` in a process of its own, which an interrupt stops."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Tests that a script started in the background ignore it, and so would the process.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    client: httpx.Client
    service: Service
    logs: Path | None


def serving(service: Service, logs: Path | None = None) -> Iterator[Running]:
    """Run a server on a free port until the generator is closed."""
    ready = threading.Event()
    app = create_app(service, service.settings, on_ready=ready.set)
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    assert ready.wait(60)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield Running(client, service, logs)
    server.should_exit = True
    thread.join(30)
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def server(
    built: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Iterator[Running]:
    """A server over the reports, shared: tests only read from it."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(built, folder, symlinks=True, dirs_exist_ok=True)
    settings = Settings(data_dir=folder, max_question_chars=200, max_body_bytes=20_000)
    service = Service(settings, encoder=encoder, analyzer=analyzer)
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    with (folder / "log.jsonl").open("w", encoding="utf-8") as file:
        configure_logs("info", file)
        yield from serving(service, folder / "log.jsonl")
        root.handlers = handlers
        root.setLevel(level)


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something that another thread or process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "기다리던 일이 일어나지 않음"
        time.sleep(0.01)

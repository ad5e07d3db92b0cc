"""The README's commands on a clean checkout. Only the installed packages are shared with this one:
installing them is what `.ci/run` proves, and twice would take the time of all other tests."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
READY_SECONDS = 240


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (REPOSITORY / ".git").exists() or not shutil.which("make"):
        pytest.skip("needs git's history and make")
    folder = tmp_path_factory.mktemp("fresh") / "geungeo"
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(folder)], check=True)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (folder / ".venv" / ".installed").touch()
    return folder


def environment(clone: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GEUNGEO_")}
    return {**own, "PYTHONPATH": str(clone)}


@contextmanager
def running(clone: Path) -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=clone,
        env=environment(clone),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                wait_until_ready(client, process)
                yield client
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


def wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(READY_SECONDS * 2):
        assert process.poll() is None, "make run ended by itself"
        try:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    pytest.fail("make run was not ready in time")


def test_make_run_answers_from_nothing_and_again_at_once(clone: Path) -> None:
    with running(clone) as client:
        body = client.post(
            "/v1/ask", json={"question": "신테카바이오는 언제 코스닥에 상장했나요?"}
        ).json()
        assert "2019년 12월" in body["answer"]
        assert body["citations"][0]["quote"] in body["citations"][0]["passage"]
        listed = client.get("/v1/documents").json()
        assert len(listed["documents"]) == 2
    built = sorted(path.name for path in (clone / ".geungeo" / "index").iterdir())
    with running(clone) as client:
        assert client.get("/readyz").status_code == httpx.codes.OK
    assert sorted(path.name for path in (clone / ".geungeo" / "index").iterdir()) == built


def test_nothing_that_make_run_makes_is_left_for_git_to_track(clone: Path) -> None:
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""


def test_ci_calls_the_test_command_of_the_readme(clone: Path) -> None:
    assert (clone / ".ci" / "run").read_text().splitlines()[-1] == "make test"
    for readme in ("README.md", "README.ko.md"):
        text = (clone / readme).read_text()
        assert "make run" in text
        assert "make test" in text
    planned = subprocess.run(
        ["make", "--dry-run", "test"], cwd=clone, capture_output=True, text=True, check=True
    ).stdout
    assert "pytest" in planned
    assert "pip install" not in planned

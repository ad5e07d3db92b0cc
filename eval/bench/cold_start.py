"""Cold start: seconds from a command to its answer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from eval.bench.errors import CannotMeasureError
from eval.bench.figure import Figure, Section
from eval.bench.interleave import alternate
from eval.bench.workbench import THREADS, Workbench

_ROUNDS = 4
_SECONDS = 180.0
_QUESTION = "차세대 염기서열 분석 기술은 어디에 쓰이나요?"


def measure(bench: Workbench) -> Section:
    """Start both commands by turns, after one start of each that is not counted."""
    ours = [str(bench.command), "ask", _QUESTION]
    program = [sys.executable, "-m", "eval.bench.peer_ask"]
    peer = [*program, str(bench.model), str(bench.peer_index), _QUESTION]
    _ = bench.data_dir
    bench.say("명령을 처음부터 실행해 봅니다")
    runs: tuple[list[float], list[float]] = ([], [])
    for counted in (False, True):
        runs = alternate(
            bench.rounds(_ROUNDS) if counted else 1,
            partial(_run, bench, ours),
            partial(_run, bench, peer),
        )
    return Section(
        title="첫 답까지 걸리는 시간",
        setup=(
            f'근거는 `geungeo ask "{_QUESTION}"` 명령이 끝날 때까지입니다. 비교 대상은'
            " sentence-transformers를 들여와 같은 모델 폴더를 읽고 질문 하나를 임베딩해 FAISS에서"
            " 찾아 찍는 파이썬 프로그램이 끝날 때까지이며, LangChain은 들여오지 않습니다. 색인은"
            " 양쪽 모두 이미 있고, 한 번씩 실행해 파일이 운영체제 캐시에 오른 뒤에 쟀습니다."
            f" 스레드는 양쪽 모두 {THREADS}개입니다."
        ),
        figures=(Figure("명령에서 답까지", "초", tuple(runs[0]), tuple(runs[1])),),
        remarks=(
            "근거는 이 시간에 모델과 색인의 검사합을 확인하고 형태소 분석기를 읽으며, 답할 문장을"
            " 고르는 일까지 합니다. 비교 대상은 가장 가까운 조각을 찾기만 합니다.",
        ),
    )


def _run(bench: Workbench, command: Sequence[str], _turn: int) -> float:
    # Ours runs where no .env lies; the peer's module is found from the repository.
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env=dict(bench.environment),
        cwd=bench.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode or not done.stdout.strip():
        name = Path(command[0]).name
        raise CannotMeasureError(f"{name} 명령이 실패했습니다.\n{done.stderr.strip()[-600:]}")
    return seconds

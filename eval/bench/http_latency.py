"""Latency and throughput over HTTP, of a real server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from eval.bench.figure import Figure, Section
from eval.bench.interleave import alternate
from eval.bench.quantiles import p50, p95
from eval.bench.server import Server, running_server
from eval.bench.workbench import TOP_K, Workbench
from eval.gold_set import GoldQuestion

_ROUNDS = 4
_CROWDED_ROUNDS = 2
_CLIENTS = 4


def measure(bench: Workbench) -> Section:
    """Ask a server alone by turns with the peer, then with several clients at once."""
    bench.peer.open(bench.peer_index)
    asked = [question.question for question in bench.questions]
    _ = bench.data_dir
    bench.say("geungeo serve를 띄웁니다")
    with running_server(bench.command, bench.environment, bench.folder) as server:
        server.ask_all(bench.questions[:TOP_K])
        bench.peer.search(asked[:TOP_K], TOP_K)
        bench.say(f"질문 {len(asked)}개를 번갈아 HTTP로 묻습니다")
        alone, theirs = alternate(
            bench.rounds(_ROUNDS),
            lambda _turn: server.ask_all(bench.questions),
            lambda _turn: bench.peer.search(asked, TOP_K),
        )
        bench.say(f"클라이언트 {_CLIENTS}개가 함께 묻습니다")
        together = [_together(server, bench.questions) for _ in range(_CROWDED_ROUNDS)]
    return Section(
        title="질문 하나에 걸리는 시간(HTTP)",
        setup=(
            "`geungeo serve`를 따로 띄우고 같은 컴퓨터에서 연결을 유지한 채 `POST /v1/ask`로 평가"
            f" 질문 {len(asked)}개를 물었습니다. 시간은 클라이언트에서 쟀습니다. 비교 대상은 HTTP를"
            " 거치지 않은 LangChain 구성의 유사도 검색이며, 질문 전체를 한 차례씩 번갈아"
            f" 물었습니다. 동시 접속은 클라이언트 {_CLIENTS}개가 각자 질문 전체를 물은 것입니다."
        ),
        figures=(
            Figure("한 명 p50", "ms", tuple(map(p50, alone)), tuple(map(p50, theirs))),
            Figure("한 명 p95", "ms", tuple(map(p95, alone)), tuple(map(p95, theirs))),
            Figure(f"동시 {_CLIENTS}명 p50", "ms", tuple(p50(ms) for _, ms in together)),
            Figure(f"동시 {_CLIENTS}명 p95", "ms", tuple(p95(ms) for _, ms in together)),
            Figure(
                f"동시 {_CLIENTS}명 처리량",
                "질문/초",
                tuple(len(ms) / seconds for seconds, ms in together),
                more_is_better=True,
            ),
            Figure("서버를 켠 뒤 답할 수 있을 때까지", "초", (server.start_seconds,)),
        ),
        remarks=("클라이언트도 같은 컴퓨터의 CPU를 씁니다.",),
    )


def _together(server: Server, questions: Sequence[GoldQuestion]) -> tuple[float, list[float]]:
    """Return the wall seconds and every latency of several clients at once."""
    start = time.perf_counter()
    with ThreadPoolExecutor(_CLIENTS) as clients:
        # Each begins elsewhere, so that they do not ask the same thing at the same time.
        shift = len(questions) // _CLIENTS
        orders = [[*questions[i * shift :], *questions[: i * shift]] for i in range(_CLIENTS)]
        latencies = list(clients.map(server.ask_all, orders))
    return time.perf_counter() - start, [ms for client in latencies for ms in client]

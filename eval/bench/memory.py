"""Resident memory, after warm-up and after many questions."""

from __future__ import annotations

from itertools import cycle, islice

from eval.bench.figure import Figure, Section
from eval.bench.server import resident_mib, running_server
from eval.bench.workbench import TOP_K, Workbench

_QUESTIONS = 200
_QUICK_QUESTIONS = 60


def measure(bench: Workbench) -> Section:
    """Look at a fresh server and a fresh peer before and after the same questions."""
    count = _QUICK_QUESTIONS if bench.options.quick else _QUESTIONS
    questions = list(islice(cycle(bench.questions), count))
    asked = [question.question for question in questions]
    _ = bench.data_dir
    bench.say(f"geungeo serve에 질문 {count}개를 묻고 메모리를 잽니다")
    with running_server(bench.command, bench.environment, bench.folder) as server:
        server.ask_all(questions[:1])
        ours = [server.memory_mib()]
        server.ask_all(questions)
        ours.append(server.memory_mib())
    folder = bench.peer_index
    with bench.new_peer() as peer:
        peer.open(folder)
        peer.search(asked[:1], TOP_K)
        theirs = [resident_mib(peer.process.pid)]
        peer.search(asked, TOP_K)
        theirs.append(resident_mib(peer.process.pid))
    return Section(
        title="메모리",
        setup=(
            f"새로 띄운 `geungeo serve`에 첫 질문을 한 뒤와 질문 {count}개를 더 한 뒤의 상주"
            " 메모리(RSS)입니다. 비교 대상은 새로 띄운 LangChain 구성 프로세스에 같은 질문을"
            " 한 것으로, 웹 서버는 없습니다."
        ),
        figures=(
            Figure("첫 질문 뒤", "MiB", (ours[0],), (theirs[0],)),
            Figure(f"질문 {count}개 뒤", "MiB", (ours[1],), (theirs[1],)),
        ),
        remarks=(
            "근거에는 형태소 분석기(Kiwi)와 웹 서버가 들어 있습니다. 디스크에서 그대로 펼쳐 읽는"
            " 파일도 상주 메모리에 셈해집니다.",
        ),
    )

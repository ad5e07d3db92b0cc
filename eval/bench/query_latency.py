"""Query latency in one process, by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from api.answer.answerer import Answerer
from api.answer.records import Turn
from eval.bench.figure import Figure, Section
from eval.bench.interleave import alternate
from eval.bench.quantiles import p50, p95
from eval.bench.workbench import THREADS, TOP_K, Workbench
from eval.gold_set import GoldQuestion
from retriever.live_index import LiveIndex

_ROUNDS = 4
_STAGES = {
    "analyse": "형태소 분석",
    "embed": "임베딩",
    "retrieve": "검색",
    "answer": "문장 고르기",
    "total": "전체",
}


def measure(bench: Workbench) -> Section:
    """Ask every gold question of both by turns."""
    live = LiveIndex(bench.data_dir, bench.encoder, bench.analyzer)
    answerer = Answerer(live.current)
    bench.peer.open(bench.peer_index)
    questions = [question.question for question in bench.questions]
    bench.say(f"질문 {len(questions)}개를 번갈아 묻습니다")
    _answer_all(answerer, bench.questions[:TOP_K])
    bench.peer.search(questions[:TOP_K], TOP_K)
    ours, theirs = alternate(
        bench.rounds(_ROUNDS),
        lambda _turn: _answer_all(answerer, bench.questions),
        lambda _turn: bench.peer.search(questions, TOP_K),
    )
    live.close()
    return Section(
        title="질문 하나에 걸리는 시간(프로세스 안)",
        setup=(
            f"모델을 읽어 둔 채 `corpus/`의 색인에 평가 질문 {len(questions)}개를 물었습니다."
            " 비교 대상은 같은 질문으로 한 유사도 검색(질문 임베딩과 FAISS 검색)입니다. 양쪽 모두"
            f" 상위 {TOP_K}개를 찾고 스레드는 {THREADS}개이며, 질문 전체를 한 차례씩 번갈아"
            " 물었습니다."
        ),
        figures=query_figures(ours, theirs),
        remarks=(
            "비교 대상은 비슷한 조각을 찾는 데서 끝나고, 근거의 ‘전체’는 답할 문장을 고르고 인용을"
            " 붙이거나 답을 거절하는 것까지입니다.",
        ),
    )


def _answer_all(answerer: Answerer, questions: Sequence[GoldQuestion]) -> list[Mapping[str, float]]:
    return [
        answerer.answer(question.question, history=_turns(question), top_k=TOP_K).timings_ms
        for question in questions
    ]


def _turns(question: GoldQuestion) -> list[Turn]:
    roles: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}
    return [Turn(roles[turn["role"]], turn["content"]) for turn in question.history]


def query_figures(
    ours: Sequence[Sequence[Mapping[str, float]]], theirs: Sequence[Sequence[float]]
) -> tuple[Figure, ...]:
    """Return median and tail of each stage.

    Args:
        ours: ms by stage of each question, by round; small talk is answered without a search, and
            has the total alone.
        theirs: ms of each question, by round.
    """
    figures = []
    for stage, korean in _STAGES.items():
        for name, share in (("p50", p50), ("p95", p95)):
            mine = tuple(share([t[stage] for t in turn if stage in t]) for turn in ours)
            peer = tuple(share(turn) for turn in theirs) if stage == "total" else ()
            figures.append(Figure(f"{korean} {name}", "ms", mine, peer))
    return tuple(figures)

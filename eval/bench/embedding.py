"""Embedding: passages a second, and whether both backends find the same sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bench.figure import Figure, Section
from eval.bench.interleave import alternate
from eval.bench.texts import cut, sentences_of
from eval.bench.workbench import THREADS, Workbench, seconds_of

_TEXTS_BY_LENGTH = {100: 192, 350: 64}
_WARM_UP_TEXTS = 32
_QUICK_SHARE = 4
_ROUNDS = 3
_TARGET = 2.5
_TOP = 10


def measure(bench: Workbench) -> Section:
    """Time both on the same texts by turns, and compare what they find."""
    speeds = [_speed(bench, length, count) for length, count in _TEXTS_BY_LENGTH.items()]
    return Section(
        title="임베딩",
        setup=(
            "같은 모델 폴더(multilingual-e5-small)를 근거는 OpenVINO로, 비교 대상은"
            " sentence-transformers의 기본 백엔드(PyTorch, 한 묶음 32개)로 돌렸습니다. 스레드는"
            f" 양쪽 모두 {THREADS}개입니다. 글은 `corpus/`의 보고서에서 100자와 350자씩 잘랐고,"
            " 차례마다 다른 곳을 잘랐습니다. 양쪽 모두 몇 개를 먼저 돌려 본 뒤에 쟀습니다."
            " 비교 대상은 별도 프로세스에서 돕니다."
        ),
        figures=(*speeds, *_agreement(bench)),
        remarks=(
            "정밀도는 각 라이브러리의 기본값입니다. OpenVINO는 프로세서가 bfloat16을 지원하면"
            " bfloat16으로 계산하고 PyTorch는 float32로 계산하므로, 속도 비율에는 정밀도 차이도"
            " 들어 있습니다. 그 대가는 상위 10개 일치율에 나타납니다.",
            f"상위 10개 일치율: 평가 질문 {len(bench.questions)}개마다 `corpus/`의 문장에서"
            " 가까운 10개를 양쪽에서 뽑아 겹치는 비율을 평균했습니다.",
        ),
    )


def _speed(bench: Workbench, length: int, count: int) -> Figure:
    if bench.options.quick:
        count //= _QUICK_SHARE
    text = "\n".join(document.text for document in bench.documents)
    texts = [cut(text, length, count, shift=7 * number) for number in range(_ROUNDS)]
    bench.say(f"{length}자짜리 {count}개를 번갈아 임베딩합니다")
    encoder, peer = bench.encoder, bench.peer
    # The first large batch pays for buffers and pages of the weights, on both sides.
    warm_up = cut(text, length, _WARM_UP_TEXTS, shift=3)
    encoder.encode_passages(warm_up)
    peer.encode(warm_up, "passage")
    ours, theirs = alternate(
        bench.rounds(_ROUNDS),
        lambda turn: seconds_of(lambda: encoder.encode_passages(texts[turn])),
        lambda turn: peer.encode(texts[turn], "passage"),
    )
    return Figure(
        name=f"{length}자 임베딩",
        unit="개/초",
        ours=tuple(count / seconds for seconds in ours),
        peer=tuple(count / seconds for seconds in theirs),
        more_is_better=True,
        target=_TARGET,
    )


def _agreement(bench: Workbench) -> tuple[Figure, Figure]:
    sentences = [sentence.text for sentence in sentences_of(bench.documents)]
    questions = [question.question for question in bench.questions]
    if bench.options.quick:
        sentences = sentences[::_QUICK_SHARE]
    bench.say(f"문장 {len(sentences)}개와 질문 {len(questions)}개로 검색 결과를 견줍니다")
    ours = bench.encoder.encode_passages(sentences), bench.encoder.encode_queries(questions)
    theirs = (
        _peer_vectors(bench, sentences, "passage"),
        _peer_vectors(bench, questions, "query"),
    )
    cosine = float((ours[0] * theirs[0]).sum(axis=1).mean())
    lists = nearest(*ours, _TOP), nearest(*theirs, _TOP)
    return (
        Figure(
            f"상위 10개 일치율(문장 {len(sentences)}개)",
            "0~1",
            (mean_overlap(*lists),),
            more_is_better=True,
        ),
        Figure("같은 문장의 두 벡터의 코사인 평균", "0~1", (cosine,), more_is_better=True),
    )


def _peer_vectors(bench: Workbench, texts: list[str], prompt: str) -> NDArray[np.float32]:
    path = Path(bench.folder, f"peer-{prompt}.npy")
    bench.peer.encode(texts, prompt, path)
    vectors: NDArray[np.float32] = np.load(path)
    return vectors


def nearest(
    passages: NDArray[np.float32], queries: NDArray[np.float32], count: int
) -> NDArray[np.int64]:
    """Return (queries, count) rows of ``passages`` with the largest inner product, best first."""
    return np.argsort(-(queries @ passages.T), axis=1, kind="stable")[:, :count]


def mean_overlap(first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    """Return the mean share of each row of ``first`` that stands in the same row of ``second``."""
    shares = [
        len(set(a) & set(b)) / len(a) for a, b in zip(first.tolist(), second.tolist(), strict=True)
    ]
    return sum(shares) / len(shares)

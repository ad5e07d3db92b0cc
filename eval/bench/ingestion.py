"""Ingestion: from files to an index on disk, again unchanged, and with one document more."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench.figure import Figure, Section
from eval.bench.interleave import alternate
from eval.bench.langchain_recipe import CHUNK_CHARS, OVERLAP_CHARS
from eval.bench.quantiles import median
from eval.bench.texts import load_documents, recombined_reports, sentences_of
from eval.bench.workbench import THREADS, Workbench, seconds_of
from ingest.load import find_files
from retriever.indexing import IndexUpdate

_ROUNDS = 2
_ADDED_PASSAGES = 10


@dataclass(frozen=True, slots=True)
class _Round:
    data_dir: Path
    update: IndexUpdate
    seconds: float


def measure(bench: Workbench) -> Section:
    """Ingest ``corpus/``, repeat it and add to it; then what was given with ``--documents``."""
    rounds, whole = _from_nothing(bench, bench.options.corpus, "corpus/")
    bench.adopt(rounds[-1].data_dir, bench.folder / f"peer-ingested-{len(rounds) - 1}")
    figures = [
        *whole,
        *_stages(rounds),
        _repeated(bench, rounds[-1].data_dir),
        _one_more(bench, rounds[-1].data_dir),
    ]
    if bench.options.documents is not None:
        figures += _from_nothing(bench, bench.options.documents, "--documents로 준 보고서")[1]
    return Section(
        title="색인 만들기",
        setup=(
            "모델은 이미 풀려 있고 양쪽 모두 모델을 읽어 둔 상태에서, 파일을 읽기 시작해 색인을"
            " 디스크에 다 쓸 때까지 쟀습니다. 비교 대상은 LangChain의 흔한 구성으로,"
            f" RecursiveCharacterTextSplitter({CHUNK_CHARS}자, {OVERLAP_CHARS}자 겹침), 같은 모델의"
            " sentence-transformers(PyTorch), FAISS IndexFlatIP입니다. 스레드는 양쪽 모두"
            f" {THREADS}개입니다."
        ),
        figures=tuple(figures),
        remarks=(
            "근거는 단락뿐 아니라 문장마다 벡터를 하나씩 더 만들고 형태소와 두 글자 색인도"
            " 만듭니다. 비교 대상은 조각마다 벡터 하나만 만듭니다.",
            "단락(조각)의 길이가 서로 달라, 초당 개수보다 같은 글에 걸린 시간으로 비교해야 합니다.",
            "비교 대상의 구성은 바뀌지 않은 파일을 가려내지 않고 처음부터 다시 만들므로 그"
            " 항목은 비율을 내지 않았습니다.",
            "문서 하나 추가: 근거는 새 글만 임베딩하고 새 색인 세대를 통째로 써서 한 번에 바꾸며,"
            " 비교 대상은 열려 있는 색인에 덧붙여 저장합니다.",
        ),
    )


def _from_nothing(
    bench: Workbench, source: Path, name: str
) -> tuple[list[_Round], tuple[Figure, ...]]:
    files = find_files([source])
    bench.say(f"{name}: 파일 {len(files)}개를 번갈아 색인합니다")
    _ = bench.encoder, bench.analyzer, bench.peer
    rounds, theirs = alternate(
        bench.rounds(_ROUNDS),
        lambda turn: _ingest(bench, source, turn),
        lambda turn: bench.peer.ingest(files, bench.folder / f"peer-ingested-{turn}"),
    )
    embedded, passages = rounds[0].update.embedded, rounds[0].update.passages
    chunks = theirs[0][1]
    seconds = tuple(one.seconds for one in rounds), tuple(one[0] for one in theirs)
    return rounds, (
        Figure(f"{name}: 처음부터", "초", *seconds),
        Figure(
            f"{name}: 단락 {passages:,}개(비교 대상은 조각 {chunks:,}개)",
            "개/초",
            tuple(passages / s for s in seconds[0]),
            tuple(chunks / s for s in seconds[1]),
            more_is_better=True,
            compared=False,
        ),
        Figure(
            f"{name}: 임베딩한 글 {embedded:,}개(비교 대상은 {chunks:,}개)",
            "개/초",
            tuple(embedded / s for s in seconds[0]),
            tuple(chunks / s for s in seconds[1]),
            more_is_better=True,
            compared=False,
        ),
    )


def _ingest(bench: Workbench, source: Path, turn: int) -> _Round:
    data_dir = bench.folder / f"ingested-{source.name}-{turn}"
    start = time.perf_counter()
    update = bench.update(data_dir, load_documents(source))
    return _Round(data_dir, update, time.perf_counter() - start)


def _stages(rounds: Sequence[_Round]) -> list[Figure]:
    names = {"parse": "단락 나누기", "analyse": "형태소 분석", "embed": "임베딩", "write": "쓰기"}
    return [
        Figure(
            f"corpus/: 그 가운데 {korean}",
            "초",
            tuple(one.update.seconds[stage] for one in rounds),
        )
        for stage, korean in names.items()
    ]


def _repeated(bench: Workbench, data_dir: Path) -> Figure:
    bench.say("바뀌지 않은 파일을 다시 색인합니다")
    folder = bench.folder / "peer-repeated"
    ours, theirs = alternate(
        1,
        lambda _turn: [
            seconds_of(lambda: bench.update(data_dir, load_documents(bench.options.corpus)))
            for _ in range(3)
        ],
        lambda _turn: bench.peer.ingest(bench.files, folder)[0],
    )
    return Figure("바뀌지 않은 파일 다시", "초", (median(ours[0]),), tuple(theirs), compared=False)


def _one_more(bench: Workbench, data_dir: Path) -> Figure:
    """Add a new report, each time another one, to both."""
    sentences = [sentence.text for sentence in sentences_of(bench.documents)]
    rounds = bench.rounds(3)
    texts = recombined_reports(
        sentences, passages=_ADDED_PASSAGES * rounds, per_report=_ADDED_PASSAGES, seed=1
    )
    files = [bench.folder / f"added-{number}.md" for number in range(rounds)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    bench.say("문서를 하나씩 더합니다")
    ours, theirs = alternate(
        rounds,
        lambda turn: seconds_of(lambda: bench.update(data_dir, load_documents(files[turn]))),
        lambda turn: bench.peer.add([files[turn]], bench.folder / "peer-repeated")[0],
    )
    name = f"문서 하나(단락 {_ADDED_PASSAGES}개) 추가"
    return Figure(name, "초", tuple(ours), tuple(theirs))

"""Index size: bytes on disk, by part and by passage."""

from __future__ import annotations

import json
from pathlib import Path

from eval.bench.figure import Figure, Section
from eval.bench.workbench import Workbench
from retriever.generation import GenerationFolder, IndexFolder

_PART_NAMES = {
    "passages.sqlite": "단락과 문서(passages.sqlite)",
    "dense.faiss": "벡터(dense.faiss)",
    "morphemes": "형태소 색인",
    "bigrams": "두 글자 색인",
    "arrays": "문장별 낱말과 토큰 배열",
    "aliases.json": "이름 짝(aliases.json)",
    "manifest.json": "명세(manifest.json)",
}
_KIBIBYTE = 1024


def measure(bench: Workbench) -> Section:
    """Add up the files of both indexes of ``corpus/``."""
    current = IndexFolder(bench.data_dir / "index").current()
    assert current is not None  # noqa: S101 - data_dir has just been indexed
    parts = sizes_by_part(current.root)
    counts = current.verify().counts
    chunks = len(json.loads((bench.peer_index / "chunks.json").read_text("utf-8")))
    ours, theirs = sum(parts.values()), folder_bytes(bench.peer_index)
    figures = [
        _kib("색인 전체", ours, theirs),
        Figure("단락(조각) 하나", "바이트", (ours / counts["passages"],), (theirs / chunks,)),
        Figure("벡터 하나", "바이트", (ours / counts["vectors"],), (theirs / chunks,)),
        *_parts(parts, current, bench.peer_index),
        _kib("임베딩 캐시(cache.sqlite)", (bench.data_dir / "cache.sqlite").stat().st_size),
    ]
    return Section(
        title="색인 크기",
        setup=(
            f"`corpus/`를 색인한 뒤 파일 크기를 더했습니다. 근거는 단락 {counts['passages']:,}개와"
            f" 벡터 {counts['vectors']:,}개, 비교 대상은 조각과 벡터 {chunks:,}개입니다."
        ),
        figures=tuple(figures),
        remarks=(
            "근거의 색인에는 문서 원문, 문장 위치, 형태소 색인과 두 글자 색인, 문장별 벡터가"
            " 들어 있고 비교 대상에는 조각의 글과 벡터만 들어 있습니다.",
            "임베딩 캐시는 색인에 들지 않습니다. 지워도 답하는 데 문제가 없고, 다음 색인 때"
            " 다시 계산합니다.",
        ),
    )


def _parts(parts: dict[str, int], current: GenerationFolder, peer: Path) -> list[Figure]:
    counterparts = {
        current.passages.name: (peer / "chunks.json").stat().st_size,
        current.dense.name: (peer / "index.faiss").stat().st_size,
    }
    return [
        _kib(_PART_NAMES.get(part, part), size, counterparts.get(part))
        for part, size in sorted(parts.items(), key=lambda item: -item[1])
    ]


def _kib(name: str, ours: int, theirs: int | None = None) -> Figure:
    peer = () if theirs is None else (theirs / _KIBIBYTE,)
    return Figure(name, "KiB", (ours / _KIBIBYTE,), peer)


def sizes_by_part(folder: Path) -> dict[str, int]:
    """Return the bytes of each file and folder that lies directly in a folder."""
    return {
        entry.name: folder_bytes(entry) if entry.is_dir() else entry.stat().st_size
        for entry in sorted(folder.iterdir())
    }


def folder_bytes(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

"""The indexes of an ablation: built anew each time, embeddings kept from one time to the next."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eval.ablation.searching import Retrievers
from eval.progress import INDEX_STAGES, Progress
from ingest.errors import RetryLaterError
from ingest.records import Document
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.generation import GenerationFolder, IndexFolder
from retriever.indexing import update_index
from retriever.live_index import open_generation
from retriever.rerank import Reranker

_BARE = " (제목 없이)"


@contextmanager
def alone(home: Path, command: str = "ablate") -> Iterator[None]:
    """Keep other ablations out of a folder, which is made where it is missing.

    Raises:
        RetryLaterError: ``ablation_busy`` when another one is running: both would be slower, and
            their times worth nothing.
    """
    from filelock import FileLock, Timeout

    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise RetryLaterError(
            "ablation_busy",
            f"다른 `geungeo eval {command}`가 실행 중입니다.",
            "끝난 뒤 다시 실행하세요.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def build(
    home: Path,
    documents: Sequence[Document],
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    reranker: Reranker | None,
    progress: Progress,
) -> Retrievers:
    """Index documents with and without what stands above their sentences, and open both.

    Args:
        home: held by ``alone``; its index is replaced, its cache of embeddings used and filled.
        documents: what is searched.
        encoder: of both indexes.
        analyzer: of both indexes.
        reranker: for the variants that rerank.
        progress: told of the building.

    Raises:
        InputError: ``nothing_to_search``.
        OperatorError: when an index cannot be written or read.
    """
    shutil.rmtree(home / "index", ignore_errors=True)
    folders = {
        headings: _built(home, documents, encoder, analyzer, progress, headings=headings)
        for headings in (True, False)
    }
    whole, bare = (open_generation(folders[h], encoder, analyzer) for h in (True, False))
    if reranker is None:
        return Retrievers(whole, bare, whole, bare)
    again = (
        open_generation(folders[h], encoder, analyzer, reranker=reranker) for h in (True, False)
    )
    return Retrievers(whole, bare, *again)


def _built(
    home: Path,
    documents: Sequence[Document],
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    progress: Progress,
    *,
    headings: bool,
) -> GenerationFolder:
    suffix = "" if headings else _BARE

    def tell(stage: str, done: int, total: int) -> None:
        progress(INDEX_STAGES.get(stage, stage) + suffix, done, total)

    update = update_index(
        home,
        add=documents,
        encoder=lambda: encoder,
        analyzer=analyzer,
        rebuild=True,
        headings=headings,
        progress=tell,
    )
    return GenerationFolder(IndexFolder(home / "index").root / update.generation)

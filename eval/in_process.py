"""The question-answering system run in this process, over an index of the evaluation's own."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from eval.gold_set import GoldQuestion
from eval.loaded_encoder import loaded_encoder
from eval.progress import INDEX_STAGES, Progress
from eval.reply import FIRST_SENTENCE, SEARCH_DEPTH, CitedQuote, FoundPassage, Reply
from eval.run_config import RunConfig
from ingest.errors import OperatorError

if TYPE_CHECKING:
    from api.answer.records import Answer
    from ingest.records import Document
    from retriever.analysis import KoreanAnalyzer
    from retriever.encoder_base import Encoder
    from retriever.generation import GenerationFolder, Manifest
    from retriever.hit import SearchResult
    from retriever.search import Retriever

# Two runs that begin together build the same index one after the other.
_WAIT_SECONDS = 600.0
_KEY_LENGTH = 16
# As the service rounds them, so that both ways of asking give the same rows.
_SCORE_DIGITS = 6
# The evaluation's index holds nothing that cannot be built again.
_MENDED_BY_BUILDING = frozenset({"index_unreadable", "index_outdated"})


class Surroundings(Protocol):
    """What the settings of the service say of the machine."""

    @property
    def data_dir(self) -> Path:
        """Where indexes and runs are kept."""
        ...

    @property
    def models_dir(self) -> Path:
        """Where embedding models are unpacked."""
        ...

    @property
    def corpus_dir(self) -> Path:
        """Reports that are indexed when no others are named."""
        ...

    @property
    def embedding_model(self) -> str:
        """Folder or name of the embedding model; empty for the default."""
        ...

    @property
    def reranker(self) -> str:
        """Folder or name of the cross-encoder; empty for none."""
        ...

    @property
    def threads(self) -> int:
        """Threads that embed."""
        ...


class InProcess:
    """Answers from one generation, whatever is published while the run goes on.

    Args:
        retriever: of the generation.
        manifest: how it was built.
        top_k: passages that the answerer looks at.
    """

    def __init__(self, retriever: Retriever, manifest: Manifest, top_k: int) -> None:
        from api.answer.answerer import Answerer

        self._retriever = retriever
        self._manifest = manifest
        self._top_k = top_k
        self._answerer = Answerer(lambda: retriever)

    @property
    def index(self) -> Mapping[str, Any]:
        """Fingerprint of the index."""
        return {
            "generation": self._retriever.generation,
            "encoder": {name: self._manifest.encoder[name] for name in ("model", "digest")},
            "analysis": self._manifest.analysis["digest"],
            "passages_version": self._manifest.chunking["version"],
            "reranker": self._retriever.reranker.name if self._retriever.reranker else "",
            "counts": self._manifest.counts,
        }

    @property
    def version(self) -> str:
        """Version of this installation."""
        return version("geungeo")

    @property
    def retriever(self) -> Retriever:
        """Searches the generation."""
        return self._retriever

    @property
    def analyzer(self) -> KoreanAnalyzer:
        """The analyser of the index, loaded already."""
        return self._retriever.analyzer

    def ask(self, gold: GoldQuestion) -> Reply:
        """Answer one question, and search once more for the ranks of its evidence."""
        from api.answer.records import Answer, Turn

        history = [
            Turn("user" if turn["role"] == "user" else "assistant", turn["content"])
            for turn in gold.history
        ]
        start = time.perf_counter()
        said = self._answerer.stream(gold.question, history=history, top_k=self._top_k)
        first = next(said)
        waited = (time.perf_counter() - start) * 1000
        *_, answer = (first, *said)
        assert isinstance(answer, Answer)  # noqa: S101 - a stream ends with the answer
        found = self._retriever.search(answer.rewritten_question, top_k=SEARCH_DEPTH)
        return _reply(answer, found, {**answer.timings_ms, FIRST_SENTENCE: waited})

    def passages(self) -> Mapping[str, str]:
        """Return the text of every passage that is searched, by id."""
        store = self._retriever.store
        return {p.id: p.text for d in store.summaries() for p in store.passages_of(d.id)}


def settled(config: RunConfig, surroundings: Surroundings) -> RunConfig:
    """Return the settings with the service's own where the run leaves them open."""
    open_still: dict[str, Any] = {}
    if not config.documents:
        open_still["documents"] = (surroundings.corpus_dir,)
    if config.embedding_model is None:
        open_still["embedding_model"] = surroundings.embedding_model
    return config.model_copy(update=open_still)


def open_in_process(config: RunConfig, surroundings: Surroundings, progress: Progress) -> InProcess:
    """Index the documents of a run where that is not done yet, and open the index.

    The operator's aliases and dictionary and the reranker are those of the service. The index lies
    in ``<data_dir>/eval/indexes/``, one for each set of places and model, so
    that the index that is served is never touched.

    Args:
        config: settled.
        surroundings: where models and indexes lie.
        progress: told of the loading and the building.

    Raises:
        InputError: when a document cannot be read.
        OperatorError: when the model or the index cannot be opened.
        RetryLaterError: ``index_busy``.
    """
    from retriever.analysis import KoreanAnalyzer
    from retriever.user_dictionary import FILE_NAME, read_user_dictionary

    documents = read_documents(config.documents)
    encoder = loaded_encoder(surroundings, progress, config.embedding_model or "")
    home = surroundings.data_dir / "eval" / "indexes" / _key(config.documents, encoder)
    analyzer = KoreanAnalyzer(read_user_dictionary(surroundings.data_dir / FILE_NAME))
    try:
        generation = _built(home, documents, encoder, analyzer, progress)
        manifest = generation.verify()
    except OperatorError as error:
        if error.code not in _MENDED_BY_BUILDING:
            raise
        shutil.rmtree(home / "index")
        generation = _built(home, documents, encoder, analyzer, progress)
        manifest = generation.verify()
    retriever = _opened(generation, encoder, analyzer, surroundings)
    return InProcess(retriever, manifest, config.top_k)


def read_documents(places: Sequence[Path]) -> list[Document]:
    """Return the reports among files and folders.

    Raises:
        InputError: when one cannot be read: figures over a part would mislead.
    """
    from ingest.load import find_files, load

    return [load(path) for path in find_files(places)]


def _key(places: Sequence[Path], encoder: Encoder) -> str:
    names = sorted(str(path.expanduser().resolve()) for path in places)
    text = "\n".join([encoder.fingerprint.digest(), *names])
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_KEY_LENGTH]


def _built(
    home: Path,
    documents: Sequence[Document],
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    progress: Progress,
) -> GenerationFolder:
    """Bring the index up to date and return its generation."""
    from retriever.generation import GenerationFolder, IndexFolder
    from retriever.indexing import update_index

    folder = IndexFolder(home / "index")
    update = update_index(
        home,
        add=documents,
        remove=list(_gone(folder.current(), documents)),
        encoder=lambda: encoder,
        analyzer=analyzer,
        progress=lambda stage, done, total: progress(INDEX_STAGES.get(stage, stage), done, total),
        wait_seconds=_WAIT_SECONDS,
    )
    return GenerationFolder(folder.root / update.generation)


def _opened(
    generation: GenerationFolder,
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    surroundings: Surroundings,
) -> Retriever:
    from retriever.aliases import OPERATOR_FILE, read_operator_aliases
    from retriever.live_index import open_generation
    from retriever.rerank import load_reranker

    reranker = surroundings.reranker
    return open_generation(
        generation,
        encoder,
        analyzer,
        read_operator_aliases(surroundings.data_dir / OPERATOR_FILE),
        load_reranker(reranker, threads=surroundings.threads) if reranker else None,
    )


def _gone(current: GenerationFolder | None, documents: Sequence[Document]) -> Iterator[str]:
    """Yield the ids of documents that the index holds and the places no longer do."""
    from contextlib import closing

    from retriever.passage_store import PassageStore

    if current is None:
        return
    wanted = {document.id for document in documents}
    with closing(PassageStore(current.passages)) as store:
        yield from [s.id for s in store.summaries() if s.id not in wanted]


def _reply(answer: Answer, found: SearchResult, timings_ms: Mapping[str, float]) -> Reply:
    from api.answer.selection import coverage

    hits = found.hits
    similarities = [s.similarity for hit in hits for s in hit.sentences]
    return Reply(
        text=answer.text,
        answerable=answer.answerable,
        refusal_reason=answer.refusal_reason,
        rewritten_question=answer.rewritten_question,
        citations=tuple(
            CitedQuote(
                c.marker, c.passage_id, c.title, c.heading_path, c.quote, c.passage, c.start, c.end
            )
            for c in answer.citations
        ),
        sentence_markers=tuple(sentence.markers for sentence in answer.sentences),
        confidence=answer.confidence,
        hits=tuple(FoundPassage(hit.passage.id, round(hit.score, _SCORE_DIGITS)) for hit in hits),
        top_similarity=max([*similarities, *(hit.similarity for hit in hits)], default=0.0),
        coverage=max(
            (coverage(frozenset(hit.matched_terms), found.terms) for hit in hits), default=0.0
        ),
        unknown_terms=found.unknown_terms,
        timings_ms=timings_ms,
    )

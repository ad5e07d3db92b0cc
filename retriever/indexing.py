"""Documents in and out of the index: each change builds a generation and publishes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.chunk import chunk
from ingest.errors import InputError
from ingest.records import PASSAGES_VERSION, Document, Passage
from retriever.alias_learning import learn_aliases
from retriever.aliases import write_aliases
from retriever.analysis import KoreanAnalyzer, bigrams
from retriever.answer_form import sentence_forms
from retriever.compatibility import check_encoder, is_outdated
from retriever.dense import DenseIndex
from retriever.document_set import Merge, merge, replacements
from retriever.embedding import EmbeddedTexts, Embedding
from retriever.encoder_base import Encoder
from retriever.generation import GenerationFolder, IndexFolder, Manifest, disk_errors
from retriever.held_documents import held_documents
from retriever.lexical import LexicalIndex
from retriever.passage_store import write_store
from retriever.passage_text import PassageText, passage_text
from retriever.term_table import TermTable
from retriever.text_cache import TextCache

# Stage, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]

# Small enough that little is lost when a long ingestion is stopped and begun again.
_ANALYSE_BATCH = 512


@dataclass(frozen=True, slots=True)
class IndexUpdate:
    """What an ingestion did.

    Attributes:
        generation: name of the generation that is current now.
        published: whether it is a new one; False when there was nothing to do.
        added, updated, unchanged, removed: titles of documents.
        replaced: titles of restatements that are set aside for their original.
        documents, passages: how many the index holds; set-aside documents have no passages.
        embedded: texts embedded now; ``reused`` came from the cache.
        seconds: by stage.
        recovered_from: the older generation whose documents a rebuild had to fall back on.
    """

    generation: str
    published: bool
    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    replaced: tuple[str, ...]
    documents: int
    passages: int
    embedded: int
    reused: int
    seconds: Mapping[str, float]
    recovered_from: str | None = None


def update_index(
    data_dir: Path,
    *,
    add: Sequence[Document] = (),
    remove: Sequence[str] = (),
    encoder: Callable[[], Encoder],
    analyzer: KoreanAnalyzer,
    rebuild: bool = False,
    headings: bool = True,
    progress: Progress | None = None,
    wait_seconds: float = 60.0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> IndexUpdate:
    """Add and remove documents, and publish the index that results.

    Until the last moment the previous generation serves; on any failure it goes on serving.

    Args:
        data_dir: folder of the index and the cache.
        add: documents to add; those already held are left as they are.
        remove: ids of documents to take out.
        encoder: gives the embedding model; called once, when it is needed.
        analyzer: the analyser for terms.
        rebuild: build anew even where nothing changed, with this encoder.
        headings: index what stands above each sentence with it.
        progress: told of each stage's advance.
        wait_seconds: how long to wait for another build to end.
        now: the clock that names generations, in UTC.

    Raises:
        NotFoundError: ``document_not_found`` for an id in ``remove``.
        InputError: ``nothing_to_search`` when no passage would be left.
        OperatorError: ``model_mismatch``, ``index_unreadable``, ``disk_full``.
        RetryLaterError: ``index_busy``.
    """
    folder = IndexFolder(data_dir / "index")
    with folder.writing(wait_seconds), disk_errors():
        held = held_documents(folder, rebuild=rebuild)
        merged = merge(held.documents, add, remove)
        model = encoder()
        if held.manifest is not None:
            check_encoder(held.manifest, model)
            same_headings = held.manifest.chunking.get("headings") == headings
            if not merged.changed and same_headings and not is_outdated(held.manifest, analyzer):
                return _unchanged(folder, held.manifest, merged)
        job = _Build(merged, model, analyzer, headings, progress or _silent, {}, {})
        with TextCache(data_dir / "cache.sqlite") as cache:
            moment = now()
            name = f"{moment:%Y%m%dT%H%M%S%f}"
            with folder.building(name) as draft:
                counts = job.write(draft, cache, moment)
        return replace(_report(name, merged, counts, job), recovered_from=held.recovered_from)


@dataclass(frozen=True, slots=True)
class _Build:
    merged: Merge
    encoder: Encoder
    analyzer: KoreanAnalyzer
    headings: bool
    progress: Progress
    seconds: dict[str, float]
    worked: dict[str, int] = field(default_factory=dict)

    def write(self, draft: GenerationFolder, cache: TextCache, now: datetime) -> dict[str, int]:
        """Fill the draft with every file of a generation and seal it."""
        documents = self.merged.documents
        replaced_by = replacements(documents)
        with self._stage("parse"):
            searched = [d for d in documents if d.id not in replaced_by]
            passages = self._chunk(searched)
        titles = {document.id: document.title for document in documents}
        texts = [passage_text(titles[p.document_id], p, headings=self.headings) for p in passages]
        draft.arrays.mkdir()
        with self._stage("analyse"):
            self._write_lexical(draft, cache, texts)
            write_aliases(draft.aliases, learn_aliases(searched, self.analyzer))
        with self._stage("embed"):
            embedded = self._embedded(cache, texts)
        with self._stage("write"):
            DenseIndex.build(embedded.vectors, embedded.first_rows).write(draft.dense)
            embedded.tokens.write(draft.token_starts, draft.token_codes, draft.token_scales)
            places = {document.id: i for i, document in enumerate(documents)}
            np.save(draft.first_rows, embedded.first_rows)
            np.save(
                draft.passage_documents,
                np.array([places[p.document_id] for p in passages], dtype=np.int32),
            )
            write_store(draft.passages, documents, passages, replaced_by)
            counts = {
                "documents": len(documents),
                "replaced": len(replaced_by),
                "passages": len(passages),
                "sentences": len(embedded.vectors) - len(passages),
                "vectors": len(embedded.vectors),
                "tokens": len(embedded.tokens.scales),
            }
            draft.seal(
                created=now.isoformat(timespec="seconds"),
                encoder={
                    **asdict(self.encoder.fingerprint),
                    "digest": self.encoder.fingerprint.digest(),
                },
                analysis={
                    **asdict(self.analyzer.settings),
                    "digest": self.analyzer.settings.digest(),
                },
                chunking={"version": PASSAGES_VERSION, "headings": self.headings},
                counts=counts,
            )
        return counts

    def _chunk(self, documents: Sequence[Document]) -> list[Passage]:
        passages: list[Passage] = []
        for done, document in enumerate(documents, start=1):
            passages.extend(chunk(document))
            self.progress("parse", done, len(documents))
        if not passages:
            raise InputError(
                "nothing_to_search",
                "검색할 본문이 하나도 남지 않습니다.",
                "본문이 있는 문서를 먼저 넣은 뒤 다시 실행하세요.",
            )
        return passages

    def _write_lexical(
        self, draft: GenerationFolder, cache: TextCache, texts: Sequence[PassageText]
    ) -> None:
        terms = self._terms(cache, texts)
        parts = [(*text.context, *text.sentences) for text in texts]
        morphemes = LexicalIndex.build(
            [[t for p in own for t in terms[p]] for own in parts], draft.morphemes
        )
        own_terms = [terms[sentence] for text in texts for sentence in text.sentences]
        np.save(
            draft.sentence_forms,
            sentence_forms(sentence for text in texts for sentence in text.sentences),
        )
        TermTable.of(own_terms, morphemes.vocabulary).write(
            draft.sentence_starts, draft.sentence_terms
        )
        above = [
            [t for p in context for t in terms[p]]
            for text in texts
            for context in text.sentence_contexts
        ]
        TermTable.of(above, morphemes.vocabulary).write(draft.context_starts, draft.context_terms)
        LexicalIndex.build(([g for p in own for g in bigrams(p)] for own in parts), draft.bigrams)

    def _terms(self, cache: TextCache, texts: Sequence[PassageText]) -> dict[str, list[str]]:
        wanted = list(dict.fromkeys(p for t in texts for p in (*t.context, *t.sentences)))
        digest = self.analyzer.settings.digest()
        terms = cache.terms(digest, wanted)
        missing = [text for text in wanted if text not in terms]
        for at in range(0, len(missing), _ANALYSE_BATCH):
            batch = missing[at : at + _ANALYSE_BATCH]
            found = self.analyzer.morphemes(batch)
            cache.add_terms(digest, batch, found)
            terms.update(zip(batch, found, strict=True))
            self.progress("analyse", at + len(batch), len(missing))
        return terms

    def _embedded(self, cache: TextCache, texts: Sequence[PassageText]) -> EmbeddedTexts:
        embedding = Embedding(self.encoder, cache, lambda n, of: self.progress("embed", n, of))
        embedded = embedding.embed(texts)
        self.worked.update(embedded=embedding.embedded, reused=embedding.reused)
        return embedded

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.progress(name, 0, 0)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


def _unchanged(folder: IndexFolder, manifest: Manifest, merged: Merge) -> IndexUpdate:
    name = folder.current_name() or ""
    counts: Mapping[str, int] = manifest.counts
    return _update(name, False, merged, counts, {"embedded": 0, "reused": 0}, {})


def _report(name: str, merged: Merge, counts: Mapping[str, int], job: _Build) -> IndexUpdate:
    return _update(name, True, merged, counts, job.worked, job.seconds)


def _update(
    name: str,
    published: bool,
    merged: Merge,
    counts: Mapping[str, int],
    worked: Mapping[str, int],
    seconds: Mapping[str, float],
) -> IndexUpdate:
    set_aside = replacements(merged.documents)
    return IndexUpdate(
        generation=name,
        published=published,
        added=merged.added,
        updated=merged.updated,
        unchanged=merged.unchanged,
        removed=merged.removed,
        replaced=tuple(d.title for d in merged.documents if d.id in set_aside),
        documents=counts["documents"],
        passages=counts["passages"],
        embedded=worked["embedded"],
        reused=worked["reused"],
        seconds=dict(seconds),
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    return None

"""What the indexed documents are, said in a few words: their titles and what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.answer.marker import MARKER
from ingest.records import Block, BlockKind, Document
from retriever.passage_store import DocumentSummary, PassageStore

# So many documents are opened for their headings; a big corpus is described by some of them.
_MOST_OPENED = 20
_MOST_TOPICS = 6
# A heading shorter than this says too little (서론, 개요), a longer one is a sentence.
_SHORTEST, _LONGEST = 4, 30
_NUMBER = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|\d+|[가-하])[.)]\s*")
_APPARATUS = re.compile(
    r"^(?:서론|결론|머리말|맺음말|들어가며|나가며|개요|요약|목차|참고|부록|논의 배경|연구 배경)"
    r"|결론|시사점$|참고\s?문헌"
)
_LONGEST_TITLE = 80
_RESTATED = re.compile(r"\s*\((?:재서술본|요약본)\)$")


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document in a few words.

    Attributes:
        title: without notes on how it was made.
        publisher, published: where known.
        topics: its chief headings, in reading order; empty where it has none.
    """

    title: str
    publisher: str | None
    published: str | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """What can be asked about.

    Attributes:
        total: how many documents are searched.
        documents: the first of them.
        examples: questions that the documents answer.
    """

    total: int
    documents: tuple[DocumentFacts, ...]
    examples: tuple[str, ...] = ()


def corpus_facts(store: PassageStore, examples: tuple[str, ...] = ()) -> CorpusFacts:
    """Return the facts of an index generation; documents replaced by their original are left out.

    Args:
        store: of the generation.
        examples: questions that it answers, where some were made.
    """
    searched = [summary for summary in store.summaries() if summary.replaced_by is None]
    opened = ((s, store.document(s.id)) for s in searched[:_MOST_OPENED])
    described = tuple(_described(s, document) for s, document in opened)
    return CorpusFacts(len(searched), described, examples)


def _described(summary: DocumentSummary, document: Document | None) -> DocumentFacts:
    title = shown_title(summary.title)
    topics = tuple(_topics(document, title)) if document else ()
    return DocumentFacts(title, summary.publisher, summary.published, topics)


def shown_title(title: str) -> str:
    """Return a title fit to be said: short, and without what would read as a marker of ours."""
    plain = " ".join(MARKER.sub("", _RESTATED.sub("", title)).split())
    return plain if len(plain) <= _LONGEST_TITLE else f"{plain[: _LONGEST_TITLE - 1]}…"


def _topics(document: Document, title: str) -> list[str]:
    """Return the headings of the outermost level that has several."""
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING]
    by_level: dict[int, list[str]] = {}
    for heading, text in _telling(headings):
        if text != title and text not in by_level.setdefault(heading.level, []):
            by_level[heading.level].append(text)
    several = [texts for _, texts in sorted(by_level.items()) if len(texts) > 1]
    return several[0][:_MOST_TOPICS] if several else []


def _telling(headings: list[Block]) -> Iterator[tuple[Block, str]]:
    for heading in headings:
        text = MARKER.sub("", _NUMBER.sub("", heading.text)).strip()
        if _SHORTEST <= len(text) <= _LONGEST and not _APPARATUS.search(text):
            yield heading, text

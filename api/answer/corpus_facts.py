"""What the indexed documents are, said in a few words: their titles and what they speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from api.answer.marker import MARKER
from ingest.records import Block, BlockKind, Document, Passage
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
# So many documents can be asked after by their titles.
_MOST_NAMED = 2_000
# What stands for a value that is not known: 표기 없음.
_NOT_KNOWN = re.compile(r"없음|미상|불명|^-$")
# A byline stands among the first lines.
_HEAD_BLOCKS = 8
_AUTHOR = re.compile(
    r"^(?:저자|글쓴이|지은이|작성자|집필)\s?[:：]"
    r"|^[가-힣]{2,4}\s.{0,30}(?:연구위원|연구원|교수|박사|위원|팀장|센터장|실장|기자|컨설턴트|PD)(?:\W|\d|$)"
)
_CONTENTS_LEVELS = 2
_MOST_CONTENTS = 40
_RESTATED = re.compile(r"\s*\((?:재서술본|요약본)\)$")


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document in a few words.

    Attributes:
        title: without notes on how it was made.
        publisher, published: where known.
        topics: its chief headings, in reading order; empty where it has none.
        id: of the document, or empty.
        source: name of the file.
        original: title of the report that it restates, or None.
        byline: the line under its title that says who wrote it, or None.
        contents: its two outermost levels of headings, the inner ones indented.
        characters: length of its text, 0 where it was not opened.
    """

    title: str
    publisher: str | None
    published: str | None
    topics: tuple[str, ...]
    id: str = ""
    source: str = ""
    original: str | None = None
    byline: str | None = None
    contents: tuple[str, ...] = ()
    characters: int = 0


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """What can be asked about.

    Attributes:
        total: how many documents are searched.
        documents: the first of them.
        examples: questions that the documents answer.
        others: those behind them, which were not opened.
        passages_of: returns the passages of the document with an id, in reading order.
    """

    total: int
    documents: tuple[DocumentFacts, ...]
    examples: tuple[str, ...] = ()
    others: tuple[DocumentFacts, ...] = ()
    passages_of: Callable[[str], Sequence[Passage]] = field(
        default=lambda _id: (), compare=False, repr=False
    )


def corpus_facts(store: PassageStore, examples: tuple[str, ...] = ()) -> CorpusFacts:
    """Return the facts of an index generation; documents replaced by their original are left out.

    Args:
        store: of the generation.
        examples: questions that it answers, where some were made.
    """
    searched = [summary for summary in store.summaries() if summary.replaced_by is None]
    opened = ((s, store.document(s.id)) for s in searched[:_MOST_OPENED])
    described = tuple(_described(s, document) for s, document in opened)
    others = tuple(_described(s, None) for s in searched[_MOST_OPENED:_MOST_NAMED])
    return CorpusFacts(len(searched), described, examples, others, store.passages_of)


def within(facts: CorpusFacts, document_ids: Collection[str]) -> CorpusFacts:
    """Return the facts of some documents alone; of all where none are given."""
    if not document_ids:
        return facts
    documents = tuple(d for d in facts.documents if d.id in document_ids)
    others = tuple(d for d in facts.others if d.id in document_ids)
    return replace(facts, total=len(documents) + len(others), documents=documents, others=others)


def _described(summary: DocumentSummary, document: Document | None) -> DocumentFacts:
    title = shown_title(summary.title)
    original = shown_title(summary.original_title) if summary.original_title else None
    publisher = summary.publisher
    facts = DocumentFacts(
        title=title,
        publisher=None if publisher and _NOT_KNOWN.search(publisher) else publisher,
        published=summary.published,
        topics=(),
        id=summary.id,
        source=shown_title(summary.source),
        original=original,
    )
    if document is None:
        return facts
    return replace(
        facts,
        topics=tuple(_topics(document, title)),
        byline=_byline(document),
        contents=tuple(_contents(document, title)),
        characters=len(document.text),
    )


def _byline(document: Document) -> str | None:
    """Return the line before the first chapter that says who wrote a document."""
    for block in document.blocks[:_HEAD_BLOCKS]:
        if block.kind is BlockKind.HEADING and block.marker:
            return None
        if block.kind is BlockKind.PARAGRAPH and _AUTHOR.search(block.text):
            text = " ".join(MARKER.sub("", block.text).split())
            return text if len(text) <= _LONGEST_TITLE else None
    return None


def _contents(document: Document, title: str) -> Iterator[str]:
    headings = [
        block
        for block in document.blocks
        if block.kind is BlockKind.HEADING and shown_title(block.text) != title
    ]
    levels = sorted({heading.level for heading in headings})[:_CONTENTS_LEVELS]
    told = [heading for heading in headings if heading.level in levels][:_MOST_CONTENTS]
    for heading in told:
        indent = "  " * levels.index(heading.level)
        yield f"{indent}{heading.marker} {shown_title(heading.text)}".rstrip()


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

"""Sentences of documents with passages around them: what inventions and paraphrases start from."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.answer.grounding.source import Source
from ingest.chunk import chunk
from ingest.records import BlockKind, Document, Passage, Sentence

Split = Literal["tune", "test"]

# Passages that an answerer would see beside the right one.
_OTHERS = 3
RIGHT = 1
_LEFT_OUT = frozenset(
    {
        BlockKind.REFERENCE,
        BlockKind.CONTENTS,
        BlockKind.FURNITURE,
        BlockKind.CAPTION,
        BlockKind.SOURCE,
        BlockKind.FOOTNOTE,
    }
)
_MIN_CHARS, _MAX_CHARS = 15, 250


@dataclass(frozen=True, slots=True)
class Material:
    """One true sentence and the passages that an answer may cite.

    Attributes:
        sentence: it stands in the passage under ``RIGHT``.
        next: the sentence behind it under the same headings, or None.
        sources: by marker; the others are of other places.
        split: by passage, so that no passage is in both.
    """

    sentence: Sentence
    next: Sentence | None
    sources: Mapping[int, Source]
    split: Split

    @property
    def text(self) -> str:
        """The sentence on one line, without marks of footnotes."""
        return self.sentence.text

    @property
    def all_text(self) -> str:
        """All that the passages, their headings and titles say."""
        pieces: list[str] = []
        for source in self.sources.values():
            pieces += [source.title, source.passage.text]
            for sentence in source.passage.sentences:
                pieces += [*sentence.path, sentence.text]
        return "\n".join(pieces)

    @property
    def siblings(self) -> list[Sentence]:
        """The other sentences of its passage that may be quoted."""
        passage = self.sources[RIGHT].passage
        return [s for s in passage.sentences if s is not self.sentence and _fit(s)]


def passages_of(documents: Sequence[Document]) -> list[tuple[str, Passage]]:
    """Return the passages of documents, each with its document's title."""
    return [(d.title, passage) for d in documents for passage in chunk(d)]


def materials(
    passages: Sequence[tuple[str, Passage]], chooser: random.Random, count: int | None = None
) -> list[Material]:
    """Return true sentences, each among its own passage and others.

    Args:
        passages: with their documents' titles.
        chooser: chooses the other passages, and the sentences where there are too many.
        count: at most this many.
    """
    found = list(_all(passages, chooser))
    return found if count is None or count >= len(found) else chooser.sample(found, count)


def _all(passages: Sequence[tuple[str, Passage]], chooser: random.Random) -> Iterator[Material]:
    for title, passage in passages:
        others = chooser.sample(passages, min(_OTHERS + 1, len(passages)))
        beside = [(t, p) for t, p in others if p.id != passage.id][:_OTHERS]
        numbered = enumerate([(title, passage), *beside], start=RIGHT)
        sources = {n: Source(n, t, p) for n, (t, p) in numbered}
        yield from materials_of(sources)


def materials_of(sources: Mapping[int, Source]) -> list[Material]:
    """Return the true sentences of the passage under ``RIGHT``, among the others."""
    if RIGHT not in sources:
        return []
    passage = sources[RIGHT].passage
    return [
        Material(sentence, _next(passage, i), sources, split_of(passage))
        for i, sentence in enumerate(passage.sentences)
        if _fit(sentence)
    ]


def split_of(passage: Passage) -> Split:
    """Return the half that a passage belongs to, told by its words alone."""
    return "tune" if hashlib.sha256(passage.text.encode()).digest()[0] % 2 else "test"


def _fit(sentence: Sentence) -> bool:
    return sentence.kind not in _LEFT_OUT and _MIN_CHARS <= len(sentence.text) <= _MAX_CHARS


def _next(passage: Passage, at: int) -> Sentence | None:
    following = passage.sentences[at + 1 : at + 2]
    same = [s for s in following if s.path == passage.sentences[at].path and _fit(s)]
    return same[0] if same else None

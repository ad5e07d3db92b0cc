"""Texts to measure with: pieces and sentences of the reports in ``corpus/``."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.chunk import chunk
from ingest.load import find_files, load
from ingest.records import Document, Sentence


def load_documents(path: Path) -> list[Document]:
    """Load every report under a folder, or one file."""
    return [load(file) for file in find_files([path])]


def sentences_of(documents: Sequence[Document]) -> list[Sentence]:
    """Return the citable sentences of documents, in reading order."""
    passages = (passage for document in documents for passage in chunk(document))
    return [sentence for passage in passages for sentence in passage.sentences]


def cut(text: str, length: int, count: int, shift: int = 0) -> list[str]:
    """Cut ``count`` different pieces of ``length`` characters out of a text, which wraps round.

    Args:
        text: at least ``length`` characters after its white space is joined.
        length: characters of each piece.
        count: how many pieces.
        shift: another shift gives other pieces.

    Raises:
        ValueError: when the text is too short for so many different pieces.
    """
    joined = " ".join(text.split())
    if len(joined) < max(length, count):
        raise ValueError(f"{len(joined)} characters are too few for {count} pieces of {length}")
    step = max(1, len(joined) // count)
    ring = joined + joined[:length]
    starts = ((shift + number * step) % len(joined) for number in range(count))
    return [ring[start : start + length] for start in starts]


def recombined_reports(
    sentences: Sequence[str], *, passages: int, per_report: int, seed: int
) -> Iterator[str]:
    """Yield Markdown reports whose passages are sentences put together by chance.

    Each passage stands under a heading of its own and has 3 to 7 bullets, as those of ``corpus/``
    do; the words make no sense together.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for first in range(0, passages, per_report):
        lines = [f"# 조합한 보고서 {first}", ""]
        for number in range(first, min(first + per_report, passages)):
            lines += [f"## {number}번 항목", ""]
            lines += [f"- {text}" for text in chance.sample(sentences, chance.randint(3, 7))]
            lines.append("")
        yield "\n".join(lines)

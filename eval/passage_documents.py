"""Passages of third-party sets as documents of our own: one each, its title as a heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eval.retrieval_set import EvalPassage

if TYPE_CHECKING:
    from ingest.records import Document


def titled(title: str, text: str) -> str:
    """Return a passage as a Markdown file: its title, where it has one, as a heading."""
    return f"# {title}\n\n{text}\n" if title.strip() else f"{text}\n"


def file_names(passages: Sequence[EvalPassage]) -> dict[str, str]:
    """Return a file name for each passage, by its id.

    Ids may hold anything, and many passages may share a title: names are made of places.
    """
    return {passage.id: f"{place:05}.md" for place, passage in enumerate(passages)}


def passage_documents(passages: Sequence[EvalPassage]) -> dict[str, Document]:
    """Return a document for each passage, by its id.

    Passages without a word are left out: no search can find them. Two of the same title and text
    are the same document, so that finding it finds both.

    Raises:
        InputError: when a passage cannot be read as a report (``ingest.load.load_bytes``).
    """
    from ingest.load import load_bytes

    names = file_names(passages)
    return {
        passage.id: load_bytes(titled(passage.title, passage.text).encode(), names[passage.id])
        for passage in passages
        if passage.title.strip() or passage.text.strip()
    }

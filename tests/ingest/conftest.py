"""Where the originals are, and small reports of our own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest import load, load_bytes
from ingest.records import Block, Document

ROOT = Path(__file__).resolve().parents[2]


def original_files() -> list[Path]:
    """The two originals, in the order of their names; none where the checkout has no shared/."""
    shared = Path(os.environ.get("GEUNGEO_SHARED_DIR", ROOT.parent / "shared"))
    return sorted((shared / "corpus").glob("*.txt"))


def own_files() -> list[Path]:
    return sorted(path for path in (ROOT / "corpus").glob("*.md") if path.name != "README.md")


def report(text: str, name: str = "보고서.txt") -> Document:
    return load_bytes(text.encode(), name)


def shape(document: Document) -> list[tuple[str, int, str]]:
    """Kind, level and words of each block."""
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def find_block(document: Document, words: str) -> Block:
    return next(block for block in document.blocks if block.text.startswith(words))


def words_above(document: Document, words: str) -> list[str]:
    """The words above the block that begins with some words, outermost first."""
    block = find_block(document, words)
    return [document.blocks[place].text for place in block.ancestors]


@pytest.fixture(scope="session")
def originals() -> list[Document]:
    files = original_files()
    if not files:
        pytest.skip(
            "originals not found: set GEUNGEO_SHARED_DIR or put shared/ beside the checkout"
        )
    return [load(path) for path in files]

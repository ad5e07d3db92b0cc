"""Where the originals are, and small reports of our own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest import load, load_bytes
from ingest.records import Document

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


@pytest.fixture(scope="session")
def originals() -> list[Document]:
    files = original_files()
    if not files:
        pytest.skip(
            "originals not found: set GEUNGEO_SHARED_DIR or put shared/ beside the checkout"
        )
    return [load(path) for path in files]

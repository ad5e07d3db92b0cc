"""The records that ingestion makes and every later stage reads.

All offsets are code-point offsets into ``Document.text``, half-open: ``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Raised whenever the same text gives other passages, so that old indexes are built anew.
PASSAGES_VERSION = 2


class BlockKind(StrEnum):
    """What role a block plays in a report."""

    HEADING = "heading"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    SOURCE = "source"
    REFERENCE = "reference"
    CONTENTS = "contents"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One outline element of a document.

    Attributes:
        kind: its role.
        level: depth in the outline, 0 for a chapter; a child is deeper than its parent.
        marker: the list or heading mark as written (``■``, ``1.``, ``(가)``), or empty.
        text: the words of the block on one line, without the marker and Markdown emphasis;
            a table row reads ``열: 값 / 열: 값``.
        start: offset of the block's first character, its marker included.
        end: offset behind its last character.
        ancestors: indices into ``Document.blocks`` of headings and parent bullets, outermost
            first. A table row's ancestors end with its caption, where it has one.
    """

    kind: BlockKind
    level: int
    marker: str
    text: str
    start: int
    end: int
    ancestors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A report after loading and parsing.

    Attributes:
        id: derived from the normalised text, so the same words have the same id in any encoding.
        title: from front matter, the title lines, or the file name, in this order.
        source: name of the file it came from, for people; never used as a path.
        sha256: hex digest of the file's bytes.
        text: decoded text in NFC with unified line ends; quotes are exact slices of it.
        origins: for each code point of ``text``, its offset in the decoded file; one more entry
            closes the last.
        publisher, published: from front matter, or None.
        original_title: title of the report this document restates, or None. When that report is
            indexed too, it is searched in place of the restatement.
        blocks: the outline in reading order.
        locator: digest of the place it was read from, or empty; new words at the same place are
            a new version of the document.
    """

    id: str
    title: str
    source: str
    sha256: str
    text: str
    origins: tuple[int, ...]
    blocks: tuple[Block, ...]
    publisher: str | None = None
    published: str | None = None
    original_title: str | None = None
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest piece that can be cited: a sentence, a bullet fragment or a table row.

    Attributes:
        start, end: offsets in the document; ``document.text[start:end]`` is the exact quote,
            without list marks.
        text: the same words on one line, fit to be read out (a table row as ``열: 값``).
        kind: kind of the block it stands in.
        path: texts of the headings, captions and parent bullets above it, outermost first.
    """

    start: int
    end: int
    text: str
    kind: BlockKind
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous part of a document under one heading: the unit that is retrieved.

    Attributes:
        id: derived from the document id and the passage's text and order among equals.
        document_id: the document it belongs to.
        position: 0-based place among the document's passages.
        text: ``document.text[start:end]`` exactly.
        heading_path: headings above it, and the parent bullet where the passage continues a group.
        sentences: what may be cited from it, in order.
        previous_id, next_id: neighbours in the document, or None at its ends.
    """

    id: str
    document_id: str
    position: int
    text: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    previous_id: str | None = None
    next_id: str | None = None

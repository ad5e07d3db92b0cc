"""What may be cited from a block: its sentences, with the words of what stands above it."""

from __future__ import annotations

import re

from ingest.lines import one_line
from ingest.records import Block, BlockKind, Document, Sentence
from ingest.sentences import split_sentences, trim

UNCITED = frozenset({BlockKind.HEADING, BlockKind.CONTENTS, BlockKind.FURNITURE})
_SPLIT = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.FOOTNOTE})
_OPENING = re.compile(r"\s*(?:\*\*|__)?\s*")


def cite(document: Document, index: int) -> tuple[Sentence, ...]:
    """Lists the sentences of a block.

    Args:
        document: the document.
        index: place of the block in it.

    Returns:
        One sentence for a row, caption, source line or reference, as many as there are for a
        bullet, paragraph or footnote, and none for headings, contents and furniture.
    """
    block = document.blocks[index]
    if block.kind in UNCITED:
        return ()
    path = tuple(document.blocks[place].text for place in block.ancestors)
    start = _words_start(document.text, block)
    if block.kind not in _SPLIT:
        first, end = trim(document.text, start, block.end)
        return (Sentence(first, end, block.text, block.kind, path),)
    spans = split_sentences(document.text, start, block.end)
    told = ((span, one_line(document.text[span[0] : span[1]])) for span in spans)
    # A span without words is a footnote reference behind a full stop.
    return tuple(Sentence(*span, words, block.kind, path) for span, words in told if words)


def _words_start(text: str, block: Block) -> int:
    """Where the words begin behind the mark, and behind the emphasis that holds the mark."""
    if not block.marker:
        return block.start
    opening = _OPENING.match(text, block.start)
    lead = opening.end() if opening else block.start
    return lead + len(block.marker) if text.startswith(block.marker, lead) else block.start

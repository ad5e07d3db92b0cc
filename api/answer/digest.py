"""The gist of a document or of one of its sections, in its own sentences.

A report says the gist itself: in its conclusion, and under each heading in the outermost bullets,
which those below them explain. So the gist of a document is what its conclusion demands, and that
of a section is its outermost sentences, of each of its parts in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.answer.wording import without_connective
from ingest.records import BlockKind, Passage, Sentence
from retriever.folding import fold

_SPOKEN = frozenset({BlockKind.BULLET, BlockKind.PARAGRAPH})
_CONCLUDING = re.compile(r"결론|시사점|맺음말|나가며|제언")
# What a conclusion is for: what must or should be done.
_DEMANDS = re.compile(r"필요|해야|되어야|이어야|시급|절실|중요|바람직|요구|마련|효율적|활성화|강화")
# Leans on the sentence before it.
_LEANS = re.compile(
    r"^(?:이|그|이러한|이런|이들|이는|이를|그러나|하지만|다만|그럼에도|반면|또한)[\s,]"
)
# Too short to say anything by itself.
_SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a document, and the passage that it can be quoted from."""

    passage: Passage
    sentence: Sentence


def headings_in(passages: Sequence[Passage], words: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of a document that hold all of some words, outermost only.

    Args:
        passages: of the document, in reading order.
        words: folded.
    """
    found: dict[str, None] = {}
    for passage in passages:
        path = passage.heading_path
        match = next((h for h in path if all(word in fold(h) for word in words)), None)
        if match is not None:
            found.setdefault(match)
    return tuple(found)


def concluding_heading(passages: Sequence[Passage]) -> str | None:
    """Return the last heading under which a document concludes, or None where it has none."""
    paths = (passage.heading_path for passage in reversed(passages))
    return next((h for path in paths for h in path if _CONCLUDING.search(h)), None)


def gist(passages: Sequence[Passage], heading: str | None, most: int) -> list[Told]:
    """Return the sentences that say the gist, in reading order.

    Args:
        passages: of one document, in reading order.
        heading: of the section; None for the first sentence of each chapter.
        most: how many sentences.
    """
    parts: dict[tuple[str, ...], list[tuple[int, Told]]] = {}
    for told in _outermost(passages):
        path = told.sentence.path
        if heading is None:
            parts.setdefault(path[:1], []).append((0, told))
        elif heading in path:
            below = path[path.index(heading) + 1 :][:1]
            parts.setdefault(below, []).append((_rank(told.sentence.text, heading), told))
    columns = [sorted(part, key=lambda ranked: ranked[0]) for part in parts.values()]
    rows = 1 if heading is None else max(map(len, columns), default=0)
    turns = [column[row][1] for row in range(rows) for column in columns if row < len(column)]
    return sorted(turns[:most], key=lambda told: told.sentence.start)


def _outermost(passages: Sequence[Passage]) -> Iterator[Told]:
    """Yield the sentences that stand under headings alone."""
    spoken = [(p, s) for p in passages for s in p.sentences if s.kind in _SPOKEN]
    parents = {sentence.text for _, sentence in spoken}
    for passage, sentence in spoken:
        if sentence.path and parents.isdisjoint(sentence.path) and len(sentence.text) >= _SHORTEST:
            yield Told(passage, sentence)


def _rank(text: str, heading: str) -> int:
    """Return 0 for what says most by itself."""
    plain = without_connective(text)
    if _LEANS.search(plain):
        return 2
    return 0 if not _CONCLUDING.search(heading) or _DEMANDS.search(plain) else 1

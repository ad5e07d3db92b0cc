"""What may bear a sentence out: one sentence or table row of a passage, with what stands above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from api.answer.grounding.quantities import figure_text
from api.answer.grounding.reading import Reading
from api.answer.grounding.source import Source
from ingest.records import BlockKind, Sentence

# Kinds of text that nothing is grounded on.
_NO_EVIDENCE = frozenset({BlockKind.REFERENCE, BlockKind.CONTENTS, BlockKind.FURNITURE})
_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Return a text folded and without spaces."""
    return _SPACE.sub("", figure_text(text))


@dataclass(frozen=True)
class Unit:
    """One sentence of a passage as evidence.

    Attributes:
        marker: of its passage.
        order: its place among the passage's sentences.
        sentence: the sentence.
        own: its words.
        above: headings, captions and parent bullets, outermost first; the title before them.
        previous: the sentence before it under the same headings, or None.
        before: the same, where this one speaks of what that one named; else None.
        is_row: whether it is a table row.
    """

    marker: int
    order: int
    sentence: Sentence
    own: Reading
    above: tuple[Reading, ...]
    previous: Reading | None
    before: Reading | None
    is_row: bool

    @cached_property
    def segments(self) -> tuple[Reading, ...]:
        """All that figures may stand in, the sentence itself first."""
        return (self.own, *reversed(self.above))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of all words, those of the sentence before included where it is referred to."""
        parts = (*self.segments, self.before) if self.before else self.segments
        return frozenset().union(*(part.keys for part in parts))

    @cached_property
    def squeezed(self) -> str:
        """All text without spaces, a line for each part."""
        parts = (*self.segments, self.before) if self.before else self.segments
        return "\n".join(part.squeezed for part in parts)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a source, not read yet.

    Attributes:
        source: where it stands.
        order: its place among the passage's sentences.
        rough: its text, what stands above it and before it, folded and without spaces.
    """

    source: Source
    order: int
    rough: str

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.source.passage.sentences[self.order]


def places(
    sources: Mapping[int, Source], squeeze: Callable[[str], str] = squeezed
) -> Iterator[Place]:
    """Yield every sentence of the sources that may bear something out.

    Args:
        sources: by marker.
        squeeze: ``squeezed``, or the same with a memory, since the same texts come again.
    """
    for source in sources.values():
        for order, sentence in enumerate(source.passage.sentences):
            if sentence.kind not in _NO_EVIDENCE:
                pieces = (source.title, *sentence.path, sentence.text)
                yield Place(source, order, "\n".join(map(squeeze, pieces)))


def unit_at(place: Place, read: Callable[[str], Reading]) -> Unit:
    """Read one place.

    Args:
        place: a sentence of a source.
        read: reads a text; the same texts come again and again.
    """
    sentence = place.sentence
    own = read(sentence.text)
    sentences = place.source.passage.sentences
    is_row = sentence.kind is BlockKind.TABLE_ROW
    earlier = sentences[place.order - 1] if place.order and not is_row else None
    follows = earlier is not None and earlier.path == sentence.path
    previous = read(earlier.text) if earlier is not None and follows else None
    goes_on = own.refers_back or not own.has_subject
    return Unit(
        marker=place.source.marker,
        order=place.order,
        sentence=sentence,
        own=own,
        above=tuple(read(text) for text in (place.source.title, *sentence.path)),
        previous=previous,
        before=previous if goes_on else None,
        is_row=is_row,
    )

"""What figures that are given one after the other belong to: A와 B는 각각 31%, 9%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from api.answer.grounding.figure import Figure
from api.answer.grounding.figure_ties import tied_to
from api.answer.grounding.frame import meaning
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.words import Word

_EACH = "각각"
# What stands between two things that are named together.
_AND = re.compile(r"\s?(?:[가-힣]?[과와]|이?랑|하고|,|·|및|/)\s?")

Item = tuple[Word, ...]


def given_to_other(figure: Figure, part: Part, stated: Reading) -> bool:
    """Tell whether the evidence gives a figure, in a row of them, to another thing.

    Args:
        figure: of the part.
        part: of the sentence.
        stated: the sentence that it shall rest on.
    """
    rows = list(_rows(stated))
    for items, figures in rows:
        own = [i for i, f in enumerate(figures) if (f.value, f.unit) == (figure.value, figure.unit)]
        named = _named(figure, part)
        fits = [i for i, item in enumerate(items) if _telling(item, items) & named]
        if own and fits and not set(own) & set(fits):
            return True
    return False


def _named(figure: Figure, part: Part) -> frozenset[str]:
    """Return what the part gives a figure to: of a row its item, else what it speaks of."""
    reading = part.reading
    for items, figures in _rows(reading):
        for item, given in zip(items, figures, strict=True):
            if given == figure:
                return frozenset(meaning(w.key) for w in item)
    tie = tied_to(reading, figure)
    if isinstance(tie, Word):
        return frozenset({meaning(tie.key)})
    clause = reading.clause_of(figure.start)
    said = [w for w in reading.words if w.clause == clause and w.start < figure.start]
    return frozenset(meaning(w.key) for w in (*said, *part.subjects))


def _rows(reading: Reading) -> Iterator[tuple[list[Item], list[Figure]]]:
    """Yield the things that figures are given to one after the other, with these figures."""
    for found in re.finditer(_EACH, reading.text):
        clause = reading.clauses[reading.clause_of(found.start())]
        figures = _in_a_row(
            [f for f in reading.figures if found.end() <= f.start < clause[1] and not f.is_time]
        )
        before = [w for w in reading.words if clause[0] <= w.start < found.start()]
        items = _items(before, reading.text)
        if len(items) == len(figures) > 1:
            yield items, figures


def _in_a_row(figures: Sequence[Figure]) -> list[Figure]:
    return [f for f in figures if f.unit == figures[0].unit]


def _items(words: Sequence[Word], text: str) -> list[Item]:
    """Return the last things that are named together, in order."""
    items: list[list[Word]] = []
    for word in reversed(words):
        if word.key.endswith("/v"):
            continue
        between = text[word.end : items[-1][-1].start] if items else ","
        if _AND.fullmatch(between):
            items.append([word])
        elif not between.strip():
            items[-1].append(word)
        else:
            break
    return [tuple(reversed(item)) for item in reversed(items)]


def _telling(item: Item, items: Sequence[Item]) -> frozenset[str]:
    """Return the words that tell one item from the others."""
    own = {meaning(w.key) for w in item}
    common = own.intersection(*({meaning(w.key) for w in other} for other in items))
    return frozenset(own - common)

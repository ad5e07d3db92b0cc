"""The words around a figure or a word: what it is said of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.answer.grounding.figure import Figure
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording

# A figure mostly stands behind what it is said of, and the word after a comma belongs to the next.
_LEFT, _RIGHT, _RIGHT_OF_COMMA = 1.0, 0.6, 0.3
_LEFT_WORDS, _RIGHT_WORDS = 5, 3
# A word on the other side counts half.
_OTHER_SIDE = 0.5


@dataclass(frozen=True, slots=True)
class Frame:
    """Words on both sides with weights that fall with the distance."""

    left: Mapping[str, float]
    right: Mapping[str, float]

    @property
    def keys(self) -> frozenset[str]:
        """Meanings of the words and keys of the figures on both sides."""
        return frozenset((*self.left, *self.right))

    def likeness(self, other: Frame) -> float:
        """Return which share of this frame's weight the other one has too, 0..1."""
        total = sum(self.left.values()) + sum(self.right.values())
        if not total:
            return 0.0
        return (
            _shared(self.left, other.left, other.right)
            + _shared(self.right, other.right, other.left)
        ) / total


def frame_of(reading: Reading, start: int, end: int, unlike: str | None = None) -> Frame:
    """Return the frame of what stands at ``start:end``.

    Args:
        reading: the text.
        start: offset of what is framed.
        end: offset behind it.
        unlike: figures with this unit are left out, since they compete with the one framed.
    """
    items = [
        (word.start, meaning(word.key))
        for word in reading.words
        if word.key not in wording().generic and not (start <= word.start < end)
    ]
    items += [(f.start, f.key) for f in reading.figures if _frames(f, start, end, unlike)]
    items.sort()
    before = [key for at, key in items if at < start][::-1]
    behind = [key for at, key in items if at >= end]
    left, right = before[:_LEFT_WORDS], behind[:_RIGHT_WORDS]
    comma = reading.text[end : end + 2].lstrip("의").startswith((",", " /", ";"))
    most = _RIGHT_OF_COMMA if comma else _RIGHT
    return Frame(
        _weighed(left, _LEFT) | _nearest_figure(before, _LEFT),
        _weighed(right, most) | _nearest_figure(behind, most),
    )


def _nearest_figure(keys: list[str], weight: float) -> dict[str, float]:
    """Return the figure that comes next on one side: a year and its value may stand far apart."""
    return dict.fromkeys([k for k in keys if k.startswith("#")][:1], weight)


def _frames(figure: Figure, start: int, end: int, unlike: str | None) -> bool:
    return not (start <= figure.start < end) and (unlike is None or figure.unit != unlike)


def meaning(key: str) -> str:
    """Return the word that stands for all of the key's meaning."""
    return min(wording().same_as(key))


def _weighed(keys: list[str], most: float) -> dict[str, float]:
    weights: dict[str, float] = {}
    for distance, key in enumerate(keys, start=1):
        weights[key] = max(weights.get(key, 0.0), most / distance)
    return weights


def _shared(
    mine: Mapping[str, float], same_side: Mapping[str, float], other_side: Mapping[str, float]
) -> float:
    return sum(
        max(
            min(weight, same_side.get(key, 0.0)),
            _OTHER_SIDE * min(weight, other_side.get(key, 0.0)),
        )
        for key, weight in mine.items()
    )

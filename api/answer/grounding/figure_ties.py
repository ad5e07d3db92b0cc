"""What a figure is written right behind: 2022년 4.5%, 정보통신업(19%), 매출의 12%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.grounding.coverage import OtherNames, in_reading
from api.answer.grounding.figure import Figure
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# Nothing but these may stand between a figure and what it is tied to.
_GAP = re.compile(r"[가-힣]?들?(?:의|에서는|에는|에|은|는|이|가|도)?\s?[(:]?\s?(?:약|총|무려)?\s?")
_OF = re.compile(r"[가-힣]?들?의\s")


def tied_to(reading: Reading, figure: Figure) -> Word | Figure | None:
    """Return the noun or the year that a figure is written right behind, or None."""
    items: list[Word | Figure] = [f for f in reading.figures if f.is_year]
    items += [w for w in reading.words if not w.key.endswith("/v")]
    before = [item for item in items if item.end <= figure.start]
    nearest = max(before, key=lambda item: item.end, default=None)
    if nearest is None or not _GAP.fullmatch(reading.text, nearest.end, figure.start):
        return None
    return nearest


def tied_to_other(
    figure: Figure, said: Reading, places: Sequence[tuple[Reading, Figure]], stated: Reading
) -> bool:
    """Tell whether the evidence ties to another figure what the sentence ties to this one.

    Args:
        figure: of the sentence.
        said: the sentence.
        places: where the evidence has the same figure, each with the text it stands in.
        stated: the text whose other figures of the unit are looked at.
    """
    tie = _name(tied_to(said, figure))
    if not tie or any(_name(tied_to(reading, found)) == tie for reading, found in places):
        return False
    rivals = (f for f in stated.figures if f.unit == figure.unit and f.value != figure.value)
    return any(_name(tied_to(stated, f)) == tie for f in rivals)


def share_of_unknown(
    figure: Figure, said: Reading, segments: Sequence[Reading], other_names: OtherNames
) -> bool:
    """Tell whether a figure is given of something that the evidence does not name: 일본의 12%."""
    tie = tied_to(said, figure)
    if not isinstance(tie, Word) or not _OF.match(said.text, tie.end):
        return False
    if tie.key in wording().generic:
        return False
    return not any(in_reading(tie, segment, other_names) for segment in segments)


def share_of_other(figure: Figure, said: Reading, places: Sequence[tuple[Reading, Figure]]) -> bool:
    """Tell whether a share is one of something else than in all places: 여성의 60% 남성의 60%."""
    own = _whole(figure, said)
    if not own:
        return False
    wholes = [_whole(found, reading) for reading, found in places]
    parts = [_name(tied_to(reading, found)) for reading, found in places]
    turned = all(part == own and not other for part, other in zip(parts, wholes, strict=True))
    return turned or all(other and not other.endswith(own) for other in wholes)


def _whole(figure: Figure, reading: Reading) -> str:
    """Return what a figure is said to be a share of, or nothing."""
    tie = tied_to(reading, figure)
    is_word = isinstance(tie, Word) and _OF.match(reading.text, tie.end)
    return tie.run if isinstance(tie, Word) and is_word else ""


def _name(tie: Word | Figure | None) -> str:
    if isinstance(tie, Word):
        return min(wording().same_as(tie.run))
    return tie.key if tie is not None else ""

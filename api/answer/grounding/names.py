"""Whether the names in a sentence stand in its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from api.answer.grounding.coverage import OtherNames, stands
from api.answer.grounding.evidence import Unit
from api.answer.grounding.part import Part
from api.answer.grounding.verdict import Problem
from api.answer.grounding.words import Word

# A compound that ends so is somebody's name, although its pieces are common words.
_BODIES = [
    "연구원",
    "연구소",
    "대학",
    "대학교",
    "학교",
    "협회",
    "재단",
    "공사",
    "공단",
    "위원회",
    "센터",
    "전자",
    "제약",
    "바이오",
    "병원",
    "은행",
    "그룹",
    "조합",
    "학회",
    "진흥원",
    "연합",
    "본부",
    "법원",
    "테라퓨틱스",
    "랩",
    "사무소",
    "신문",
    "방송",
    "통신",
]


def name_problems(part: Part, unit: Unit, other_names: OtherNames) -> Iterator[Problem]:
    """Yield the names of a part that the evidence does not hold under any name."""
    for word in part.words:
        if (word.name and not stands(word, unit, other_names)) or (
            _is_body(word) and not _body_stands(word, part, unit, other_names)
        ):
            yield Problem("name_missing", word.run)


def _is_body(word: Word) -> bool:
    return len(word.run) > len(word.key) and word.run.endswith(tuple(_BODIES))


def _body_stands(word: Word, part: Part, unit: Unit, other_names: OtherNames) -> bool:
    if word.run.replace(" ", "") in unit.squeezed:
        return True
    pieces = [other for other in part.words if other.run == word.run]
    return all(stands(piece, unit, other_names) for piece in pieces)

"""Ways to open and to end a sentence otherwise."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from eval.grounding.material import Material

_SS = 20  # place of ㅆ among the final consonants
_SYLLABLES, _FINALS = 0xAC00, 28
_FORMAL = (
    (re.compile(r"있음\.?$"), "있습니다."),
    (re.compile(r"없음\.?$"), "없습니다."),
    (re.compile(r"있다\.?$"), "있습니다."),
    (re.compile(r"없다\.?$"), "없습니다."),
    (re.compile(r"하였음\.?$"), "하였습니다."),
    (re.compile(r"(?<=[가-힣])함\.?$"), "합니다."),
    (re.compile(r"(?<=[가-힣])됨\.?$"), "됩니다."),
    (re.compile(r"(?<=[가-힣])임\.?$"), "입니다."),
    (re.compile(r"한다\.?$"), "합니다."),
    (re.compile(r"된다\.?$"), "됩니다."),
    (re.compile(r"이다\.?$"), "입니다."),
    (
        re.compile(r"(?<=필요|기대|예측|요구|시급|추진|집중|발표|부상|부족|전망|확대)\.?$"),
        "합니다.",
    ),
    (re.compile(r"(?<=전망|수준|계획|예정|분야|기술|사업|방식|상황|시점)\.?$"), "입니다."),
)


def formal(material: Material, _chooser: random.Random) -> Iterator[str]:
    """Endings of reports become polite ones: 함 → 합니다."""
    said = polite(material.text)
    if said is not None:
        yield said


def polite(text: str) -> str | None:
    """Return a sentence with a polite ending, or None where its ending is not known."""
    for pattern, new in _FORMAL:
        if pattern.search(text):
            return pattern.sub(new, text, count=1)
    past = re.search(r"([가-힣])다\.?$", text)
    if past and (ord(past[1]) - _SYLLABLES) % _FINALS == _SS:
        return f"{text[: past.end(1)]}습니다."
    return None


def with_opening(material: Material, chooser: random.Random) -> Iterator[str]:
    """Says where it comes from first."""
    opening = chooser.choice(("보고서에 따르면 ", "문서에 따르면, ", "자료에 의하면 ", "네, "))
    yield opening + (polite(material.text) or material.text)


def reported(material: Material, _chooser: random.Random) -> Iterator[str]:
    """다 becomes 다고 합니다."""
    if re.search(r"[가-힣]다\.$", material.text):
        yield material.text.rstrip(".") + "고 합니다."

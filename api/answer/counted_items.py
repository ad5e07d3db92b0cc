"""The items that one sentence counts itself: ``핵심은 ① A, ② B, ③ C임``, ``7대 기술(A, B, …)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever.particles import with_particle

_MIN_ITEMS = 2
_CIRCLED = re.compile(r"[①-⑳]\s*")
# (1) … (2) … or 1) … 2) …, never the bracket that closes (2023).
_BRACKETED = re.compile(r"\((?P<number>\d{1,2})\)\s*|(?<![\d(])(?<!\d[.,])(?P<bare>\d{1,2})\)\s*")
# What a sentence says behind its last item.
_AND_SO_ON = re.compile(
    r"\s등(?:\s?\d+\s?[가-힣]+)?(?:이|을|를|에|의|으로|임|이다|입니다)?(?:\s.*)?[.]?$"
)
_IS = re.compile(r"(?<=[가-힣A-Za-z)])(?:이다|입니다|임)[.]?$")
_IS_CORE = re.compile(
    r"(?:이|가)\s(?P<noun>[가-힣]{2,8}?)(?:으로|로|임|이다|입니다|이며|이고)[.]?$"
)
_RESULT = re.compile(
    r"(?:(?:으)?로|을|를|이|가|에)\s(?:[가-힣]+(?:을|를|이|가)\s)?"
    r"[가-힣]*(?:됨|함|있음|둠|짐|남|임|했음|하였음|된다|한다|분류|구분|구성|선정|포함|제시|추진)[.]?$"
)
_COMMA = re.compile(r",\s+(?![^()]*\))")
# What a clause before the items ends with where it only leads up to them.
_LEADS_UP = re.compile(r"[,:\s]*(?:곧|즉|바로|다음의|다음과 같은)?[,:\s]*$")
_TOPIC = re.compile(r"(?:(?:으)?로는|에는|은|는)$")
_SUBJECT = re.compile(r"[가-힣](?:이|가)$")
_AS = re.compile(r"(?<=[가-힣])(?:으로|로|인|을|를)$")
_HAS_TOPIC = re.compile(r"(?:은|는)\s(?!.*,\s)")
# A clause that goes on announces nothing by itself.
_OPEN = re.compile(r"(?:에|에서|하고|하며|되며|되고|와|과|및|등|하여|해서|통해)$")
# A longer beginning is told from its last comma on.
_LEAD_CHARS = 60
_TIES = re.compile(r"^(?:이를 (?:바탕|토대)으로|이에 따라|이를 위해|그리고|최근)\s")
_TOLD = "다음과 같습니다."
_NUMBERED = re.compile(
    r"(?P<count>\d{1,2}|[두세네]|다섯|여섯|일곱|여덟|아홉|열)\s?(?P<counter>대|개|가지)\s?"
    r"(?P<noun>[가-힣A-Za-z·\s]{2,20}?)"
    r"(?:에는|으로는|은|는|이|가|을|를|의|에|$|\?|\s(?:무엇|뭐|알려|나열|말해|설명|모두))"
)
# What an enumeration begins behind, and how it goes over to what it is called.
_BEGUN = re.compile(r"(?:\(\d{1,2}\)|[①-⑳]|[.:;]\s|(?:은|는|으로|에는)\s)\s*")
_SUCH_AS = re.compile(r"\s(?:등(?:의)?|같은|이라는|라는)\s$")


@dataclass(frozen=True, slots=True)
class Counted:
    """Items of one sentence.

    Attributes:
        lead: a sentence that announces them, in the sentence's words, or empty.
        items: without their numbers.
        unsaid: what the sentence says besides them.
    """

    lead: str
    items: tuple[str, ...]
    unsaid: str


def counted_items(text: str) -> Counted | None:
    """Return the items that a sentence numbers with ①, (1) or 1) from one on, or None."""
    marks = _marks(text)
    if len(marks) < _MIN_ITEMS:
        return None
    lead = text[: marks[0].start()]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    told = [text[m.end() : end].strip(" ,;") for m, end in zip(marks, ends, strict=True)]
    last, noun, behind = _without_tail(told[-1], told[:-1])
    before, announcing = _cut(lead)
    items = (*told[:-1], last)
    if not all(items) or _OPEN.search(announcing):
        return None
    return Counted(_lead(announcing, noun), items, " ".join(filter(None, (before, behind))))


def inline_items(text: str, question: str, count: int) -> Counted | None:
    """Return the ``count`` things that stand beside what a question calls them, or None.

    ``7대 핵심 기술(A, B, …)`` and ``A, B, … 등 7대 핵심 기술`` name them without numbers; just as
    many as are asked for must stand there.
    """
    for asked in _NUMBERED.finditer(question):
        words = (asked["count"], asked["counter"], asked["noun"].strip())
        pattern = r"\s?".join(re.escape(word) for word in " ".join(words).split())
        for found in re.finditer(pattern, text):
            items = _behind(text[found.end() :], count) or _before(text[: found.start()], count)
            if items:
                return Counted(f"{with_particle(found[0], '은/는')} {_TOLD}", items, "")
    return None


def polite(lead: str) -> str:
    """Return a lead that announces a list with a polite ending."""
    return re.sub(r"(다음|아래)(?:과|와) 같(?:음|다)[.]?$", _polite, lead)


def _polite(match: re.Match[str]) -> str:
    return f"{with_particle(match[1], '과/와')} 같습니다."


def _marks(text: str) -> list[re.Match[str]]:
    circled = list(_CIRCLED.finditer(text))
    if len(circled) >= _MIN_ITEMS:
        return circled
    marks: list[re.Match[str]] = []
    for mark in _BRACKETED.finditer(text):
        if int(mark["number"] or mark["bare"]) == len(marks) + 1:
            marks.append(mark)
    return marks


def _without_tail(last: str, others: Sequence[str]) -> tuple[str, str, str]:
    """Return the last item, the noun that the sentence calls all of them by, and what it adds."""
    comma = None if any(", " in other for other in others) else _COMMA.search(last)
    unsaid = last[comma.end() :] if comma else ""
    own = last[: comma.start()] if comma else last
    core = _IS_CORE.search(own)
    if core:
        return own[: core.start()].strip(), core["noun"], unsaid
    for tail in (_AND_SO_ON, _IS, _RESULT):
        found = tail.search(own)
        if found and found.start():
            return own[: found.start()].strip(), "", unsaid
    return own.rstrip(" ."), "", unsaid


def _cut(text: str) -> tuple[str, str]:
    """Return what stands before the items in two: what leads up to them, what announces them."""
    bare = text.strip() if text.rstrip().endswith(":") else _LEADS_UP.sub("", text).strip()
    if len(bare) <= _LEAD_CHARS:
        return "", bare
    *before, last = _COMMA.split(bare)
    return ", ".join(before), _TIES.sub("", last)


def _lead(announcing: str, noun: str) -> str:
    """Return what stands before the items as a sentence that announces them."""
    bare = announcing.rstrip(" :")
    topic = _TOPIC.search(bare)
    if noun and bare:
        return f"{bare if topic else with_particle(bare, '은/는')} 다음이 {noun}입니다."
    if not bare or _SUBJECT.search(bare):
        return f"{bare} {_TOLD}" if bare else ""
    if topic:
        if topic[0] == "에는":
            return f"{bare} 다음이 있습니다."
        stem = bare[: topic.start()]
        return f"{with_particle(stem, '은/는') if '로는' in topic[0] else bare} {_TOLD}"
    role = _AS.sub("", bare)
    if _HAS_TOPIC.search(bare) and role == bare:  # 기술군은 4대 분야
        return f"{with_particle(bare, '으로/로')}, {_TOLD}"
    return f"{with_particle(_HAS_TOPIC.split(role)[-1], '은/는')} {_TOLD}"


def _behind(text: str, count: int) -> tuple[str, ...]:
    """Return what stands in brackets right behind, at most a word between."""
    match = re.match(r"\s?[가-힣]{0,6}\s?\((?P<items>(?:[^()]|\([^()]*\))*)\)", text)
    return _exactly(match["items"], count) if match else ()


def _before(text: str, count: int) -> tuple[str, ...]:
    listing = _SUCH_AS.search(text)
    return _exactly(_BEGUN.split(text[: listing.start()])[-1], count) if listing else ()


def _exactly(text: str, count: int) -> tuple[str, ...]:
    items = tuple(item.strip() for item in _COMMA.split(text))
    return items if len(items) == count and all(items) else ()

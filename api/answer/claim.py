"""What a question asks to be told whether it is so: 상장했나요, 45개인가요, 4,300억이 맞아."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from api.answer.grounding.coverage import OtherNames
from api.answer.grounding.figure import Figure
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

_ASKS = re.compile(
    r"(?:나요|습니까|ㅂ니까|[가-힣]가요|까요|니|냐|어요|아요|지요|죠|입니까|은가|는가|한가|인가|던가"
    r"|[았었했됐였]어|맞아|사실이야)\s?\?*$"
)
_ASKS_WHAT = re.compile(
    r"무엇|무슨|뭐|뭘|뭔|왜|어떤|어떻|어느|어디|어땠|누구|누가|언제|얼마|몇|며칠|까닭|이유|방법|알려"
    r"|설명|이름|의미|뜻|차이|비교|[가-힣](?:은|는)\?*$|아니면|[가-힣]나요,|[가-힣]가요,"
)
# Whether what goes before is right: what is asked of stands there.
_FRAME = re.compile(
    r"(?:\s?(?:게|것이|건|것은|거|말이|점이|이야기가)\s|(?<=[\d%개명원건배년월일지])(?:이|가)?\s|\s)"
    r"(?:정말|진짜)?\s?(?:맞|사실)\S*$"
)
_RATHER = re.compile(r"\s(?:편|셈|것|거|건)(?:인가요|인가|입니까|이에요|예요|이야|인지|인가)$")
_OPENING = re.compile(r"^(?:혹시|정말로?|진짜로?|그럼|그러면|그런데|근데|실제로)\s+")
_IS = re.compile(
    r"(?:인가요|인가|입니까|이야|이니|이냐|이에요|예요|였나요|이었나요|였습니까|일까요|인지요|이죠)$"
)
# What is asked of, and no word of the claim: 출범한 해는 2024년인가요.
_TIME_NOUNS = frozenset(["해", "시기", "시점", "때", "년도", "연도", "날짜", "날", "달", "시절"])
# 하고 있나요 and 뒤처져 있나요 ask not whether there is something.
_GOES_ON = re.compile(r"(?:고|[아어여해져혀려켜워와])\s?$")
_DONE_TO = re.compile(r"(?:화)?(?:되|된|됨|됐|돼|받|당[하했한])")
_SUBJECT = re.compile(r"(?:^|\s)(?P<name>[가-힣]{3,})(?:은|는|이|가|도)(?=\s)")
_EXISTS = frozenset({"있/v", "없/v"})
_DEGREES = frozenset({"더", "아직", "이미", "현재", "지금", "이제", "많이", "매우", "정식"})
_NEED_NO_EVIDENCE = _TIME_NOUNS | _EXISTS | _DEGREES


class Reads(Protocol):
    """What reads a text for its words and figures: a ``Grounder``."""

    def reading(self, text: str) -> Reading:
        """Return what was found in a text."""
        ...

    def other_names(self, text: str) -> OtherNames:
        """Return other names, without spaces, of what a text names."""
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question asks to be told whether it is so.

    Attributes:
        reading: the question without 맞나요 and the like.
        words: those that must stand in a sentence that tells, the predicate left out.
        subjects: those of them that it is about.
        predicate: what is claimed of the subjects.
        is_passive: it is done to the subjects: 발표되었나요.
        is_noun: the predicate is a noun that something is said to be: 합성신약인가요.
        amount: the only figure, where that is none of time, or None.
        date: year and month that it names, by unit.
        names: other names of what it names.
        unread: subjects that the analyser cuts into other words, as the question writes them.
    """

    reading: Reading
    words: tuple[Word, ...]
    subjects: tuple[Word, ...]
    predicate: Word | None
    is_passive: bool
    is_noun: bool
    amount: Figure | None
    date: Mapping[str, int]
    names: OtherNames
    unread: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Keys of all words, those that need no evidence among them."""
        return self.reading.keys

    @property
    def told(self) -> tuple[Word, ...]:
        """Its words, the predicate among them."""
        return (*self.words, self.predicate) if self.predicate else self.words


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of a claim.

    Attributes:
        so: whether it is so.
        dates: of when the sentence speaks where it does.
    """

    so: bool
    dates: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence with what it is read with.

    Attributes:
        own: the sentence.
        above: what stands above it, the sentence's own subject only, the nearest last.
        before: the sentence before it in the same bullet, or None.
    """

    own: Reading
    above: tuple[Reading, ...]
    before: Reading | None = None


def asks_yes_or_no(question: str) -> bool:
    """Tell whether a question can be answered with yes or no."""
    asked = question.strip().rstrip("?. ")
    return bool(_ASKS.search(asked)) and not _ASKS_WHAT.search(asked)


def claim_of(question: str, reads: Reads) -> Claim | None:
    """Return what a question asks to be told whether it is so, or None.

    A question that denies something, gives several amounts, or asks whether there is something is
    left alone: 예 may mean either there, or the documents cannot tell.
    """
    if not asks_yes_or_no(question):
        return None
    text = _OPENING.sub("", question.strip().rstrip("?. "))
    framed = _FRAME.sub("", text)
    text = _RATHER.sub("", framed)
    reading = reads.reading(text)
    amounts = [f for f in reading.figures if not f.is_time and not f.vague]
    if any(w.negated for w in reading.words) or len(amounts) > 1 or reading.numerals:
        return None
    words = tuple(w for w in reading.words if _tells(w, reading.figures))
    if not words:
        return None
    predicate = _predicate(words, reading)
    is_noun = text == framed and bool(_IS.search(text)) and not reading.figures
    if predicate is None and not amounts:
        return None
    return Claim(
        reading=reading,
        words=tuple(w for w in words if w is not predicate),
        subjects=_subjects(words, predicate, last_only=is_noun),
        is_passive=predicate is not None and is_passive(reading, predicate),
        predicate=predicate,
        is_noun=is_noun and predicate is not None and not predicate.key.endswith("/v"),
        amount=amounts[0] if amounts else None,
        date=_date(reading.figures),
        names=reads.other_names(reading.text),
        unread=tuple(_unread(reading)),
    )


def _tells(word: Word, figures: tuple[Figure, ...]) -> bool:
    if word.key in _NEED_NO_EVIDENCE:
        return False
    counted = any(f.start <= word.start < f.end for f in figures)
    return not counted and (word.key not in wording().generic or word.name)


def _predicate(words: tuple[Word, ...], reading: Reading) -> Word | None:
    """Return the last word that is no subject, where nothing but figures follows it."""
    last = words[-1]
    behind = [w for w in reading.words if w.key in _EXISTS and w.start >= last.end]
    if any(not _GOES_ON.search(reading.text, 0, w.start) for w in behind):
        return None
    relative = any(w.key in _TIME_NOUNS and w.start > last.start for w in reading.words)
    return last if relative or last.role != "subject" else None


def _unread(reading: Reading) -> Iterator[str]:
    """Yield the subjects that are no nouns to the analyser, the figures and their units aside."""
    for match in _SUBJECT.finditer(reading.text):
        start, end = match.span("name")
        nouns = [w for w in reading.words if not w.key.endswith("/v")]
        covered = sum(min(w.end, end) - w.start for w in nouns if start <= w.start < end)
        told = any(f.start < end and start < f.end for f in reading.figures)
        if not told and covered * 2 <= end - start:
            yield match["name"]


def _subjects(
    words: tuple[Word, ...], predicate: Word | None, *, last_only: bool
) -> tuple[Word, ...]:
    marked = [w for w in words if w.role == "subject" and w is not predicate]
    phrase = marked[-1].phrase if marked and last_only else None
    return tuple(w for w in marked if phrase in (None, w.phrase))


def is_passive(reading: Reading, word: Word) -> bool:
    """Tell whether a word is said of what something is done to."""
    return bool(_DONE_TO.match(reading.text, word.end))


def _date(figures: tuple[Figure, ...]) -> dict[str, int]:
    """Return year, month and day of the only date; nothing for a span of time."""
    times = [f for f in figures if f.is_time]
    if any(f.end_of_range or f.side in ("from", "until", "before", "base") for f in times):
        return {}
    found: dict[str, int] = {}
    for figure in times:
        unit = "년" if figure.is_year else figure.unit
        if unit in found:
            return {}
        found[unit] = int(figure.value)
    return found if "년" in found else {}

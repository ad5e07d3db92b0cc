"""Whether a sentence gives the amount or the date of a claim, or another of the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from api.answer.claim import Claim, Stated, Told
from api.answer.claim_certainty import is_planned
from api.answer.claim_words import (
    Segment,
    is_said,
    names_stand,
    opposite,
    same,
    segments_of,
    stands,
    stands_above,
)
from api.answer.grounding.figure import Figure
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

_MONEY = frozenset(["원", "달러", "유로", "엔", "위안", "파운드"])
# What an amount is called, which a sentence that gives it need not say.
_MEASURES = frozenset(
    ["비중", "비율", "몫", "금액", "액수", "수", "숫자", "인원", "인원수", "개수", "과반수", "과반"]
)
# They count what stands behind them: 5대 전략 is 전략 5가지.
_COUNTERS = frozenset(["대", "가지", "개"])
# Sums are told without their currency: 43억.
_LEAST_SUM = 10_000
# Between a noun and its figure: 연구소 기업 295개, 정보통신업(19%), 도입률은 약 3.9%.
_BETWEEN = re.compile(
    r"^(?:은|는|이|가|도|의|만|에)?[\s(]*(?:약|총|모두|무려|대략|거의|최대|최소|연간|연평균)?\s*$"
)
# 31억 달러에 이르는 예산.
_MEASURED = re.compile(r"(?:\s?\([^)]*\))?\s?(?:에\s(?:이르|달하)는|규모의|수준의|짜리)\s")
# A rate is named before its figure or right behind it: 10.6%의 활용률.
_RATE_REACH = 8
_RATE = re.compile(r"[가-힣][률율](?![가-힣]{2})")
_COMMA = re.compile(r"[,;/]\s")


def told_amount(claim: Claim, stated: Stated) -> Told | None:
    """Return what a sentence says of the amount that is asked of, or None where it is not sure."""
    asked = claim.amount
    if asked is None or asked.end_of_range or asked.vague or is_planned(claim, stated):
        return None
    own = stated.own
    found = [f for f in own.figures if _comparable(asked, f)]
    said = [f for f in found if _is_of(claim, f, found, own)]
    said = _of_the_year(claim, said, found, own)
    values = {f.value for f in said}
    if len(values) != 1 or not _all_stand(claim, stated):
        return None
    figure = said[0]
    if (
        _is_other_share(claim, own, figure)
        or _is_expected(claim, own, figure)
        or figure.end_of_range
        or _denied(claim, own)
    ):
        return None
    if asked.value == figure.value:
        return Told(so=True) if _bounds_agree(asked, figure) else None
    return None if asked.bound or asked.about or figure.bound else Told(so=False)


def told_date(claim: Claim, told: Told) -> Told | None:
    """Return what is told of a claim with a date by a sentence that says that it happened."""
    dates = [f for f in told.dates if f.side != "base"]
    years = [f for f in dates if f.is_year]
    if years and any(f.value != years[0].value - 1 for f in told.dates if f.side == "base"):
        return None  # a change since long ago is not that of the year
    spans = any(f.end_of_range or f.side in ("until", "before") for f in dates)
    if spans or len({f.value for f in years}) != 1:
        return None
    stated = _parts(dates)
    shared = [unit for unit in claim.date if unit in stated]
    if not told.so:
        return told if len(shared) == len(claim.date) and _agree(claim.date, stated) else None
    if any(stated[unit] != claim.date[unit] for unit in shared):
        return Told(so=False)
    return Told(so=True) if len(shared) == len(claim.date) else None


def may_date(claim: Claim, stated: Stated) -> bool:
    """Tell whether a sentence holds all of a claim, its date included, in whatever order."""
    own = stated.own
    dates = _parts([f for f in own.figures if f.is_time])
    said = claim.predicate is not None and same(claim.predicate) & own.keys
    return bool(said) and _agree(claim.date, dates) and _all_stand(claim, stated)


def _agree(asked: Mapping[str, int], stated: Mapping[str, int]) -> bool:
    return all(stated.get(unit) == value for unit, value in asked.items())


def _parts(dates: Sequence[Figure]) -> Mapping[str, int]:
    return {"년" if f.is_year else f.unit: int(f.value) for f in dates}


def _comparable(asked: Figure, other: Figure) -> bool:
    if other.is_time or other.vague:
        return False
    if asked.unit == other.unit or {asked.unit, other.unit} <= _COUNTERS:
        return True
    return not asked.unit and other.unit in _MONEY and asked.value >= _LEAST_SUM


def _bounds_agree(asked: Figure, figure: Figure) -> bool:
    return not asked.bound or asked.bound == figure.bound


def _is_of(claim: Claim, figure: Figure, found: Sequence[Figure], own: Reading) -> bool:
    """Tell whether a figure is given of just what is asked of."""
    thing = _counted(figure, own) or _thing(figure, found, own)
    said = [w for w in thing if is_said(w, claim.told, claim.names)]
    named = {w.run for w in said if w.name}
    return bool(said) and all(
        w in said or w.key in wording().generic | _MEASURES or (len(w.key) == 1 and w.run in named)
        for w in thing
    )


def _counted(figure: Figure, own: Reading) -> list[Word]:
    """Return the words of what a figure counts right behind it: 7대 핵심 원천기술."""
    measures = _MEASURED.match(own.text, figure.end)
    end = measures.end() if measures else figure.end
    if measures is None and figure.unit not in _COUNTERS:
        return []
    behind = [w for w in own.words if w.start >= end]
    if not behind or own.text[end : behind[0].start].strip():
        return []
    phrase = [w for w in behind if w.phrase == behind[0].phrase]
    ends = [w for w in phrase if w.head][:1]
    return [w for w in phrase if not ends or w.start <= ends[0].start]


def _thing(figure: Figure, found: Sequence[Figure], own: Reading) -> list[Word]:
    """Return the words of what a figure is given of: right before it, or its clause's subject."""
    before = [f for f in own.figures if f.end <= figure.start and not f.is_time]
    commas = [m.end() for m in _COMMA.finditer(own.text, 0, figure.start)]
    start = max((f.end for f in before), default=0)
    near = [w for w in own.words if max(start, *commas, 0) <= w.start < figure.start]
    if near and _BETWEEN.match(own.text[_end_of_run(near[-1], own) : figure.start]):
        return [w for w in near if w.phrase == near[-1].phrase]
    segment = _segment_of(figure, own)
    marked = [w for w in segment.words if w.role == "subject" and w.start < figure.start]
    if not marked:  # a clause without a subject goes on with that of the one before
        marked = [w for w in own.words if w.role == "subject" and w.start < segment.start]
    if not marked:
        return []
    between = [f for f in found if marked[-1].start < f.start < figure.start]
    if between and not _has_year_of_its_own(figure, between[-1], own):
        return []
    phrase = [w for w in marked if w.phrase == marked[-1].phrase]
    # What stands before a name only says what it is: 다국적 제약회사 머크사.
    named = [
        w for w in phrase if w.run == phrase[-1].run and w.start >= _run_start(phrase[-1], own)
    ]
    return named if any(w.name for w in named) else phrase


def _segment_of(figure: Figure, own: Reading) -> Segment:
    return next(s for s in segments_of(own) if s.start <= figure.start < s.end)


def _run_start(word: Word, own: Reading) -> int:
    return _end_of_run(word, own) - len(word.run)


def _end_of_run(word: Word, own: Reading) -> int:
    """Return where what a word is written together with ends: 도입률 of 도입."""
    at = own.text.find(word.run, max(0, word.start - len(word.run)), word.end + len(word.run))
    return at + len(word.run) if at >= 0 else word.end


def _has_year_of_its_own(figure: Figure, before: Figure, own: Reading) -> bool:
    return any(f.is_year and before.end <= f.start < figure.start for f in own.figures)


def _of_the_year(
    claim: Claim, said: Sequence[Figure], found: Sequence[Figure], own: Reading
) -> list[Figure]:
    """Return the figures of the year asked for; of no year, the only one there is."""
    asked = {f.value for f in claim.reading.figures if f.is_year}
    if not asked:
        return list(said)
    kept = []
    for figure in said:
        years = [f.value for f in own.figures if f.is_year and f.start < figure.start]
        if years and years[-1] in asked:
            kept.append(figure)
    return kept


def _all_stand(claim: Claim, stated: Stated) -> bool:
    """Tell whether all that is asked of stands in the sentence or above it."""
    segments = segments_of(stated.own)
    return names_stand(claim, (stated.own, *stated.above)) and all(
        w.key in _MEASURES
        or stands(w, segments, claim.names)
        or (w is not claim.predicate and stands_above(w, stated.above, claim.names))
        for w in claim.told
    )


def _denied(claim: Claim, own: Reading) -> bool:
    """Tell whether the sentence says the predicate's opposite or denies it."""
    if claim.predicate is None:
        return False
    keys = opposite(claim.predicate)
    return any(w.key in keys or (w.negated and w.key in same(claim.predicate)) for w in own.words)


def _is_other_share(claim: Claim, own: Reading, figure: Figure) -> bool:
    """Tell whether a rate is asked of (도입률) and the figure is a share: 기업 중 52%."""
    if figure.unit != "%" or not _RATE.search(claim.reading.text):
        return False
    segment = _segment_of(figure, own)
    return not _RATE.search(own.text, segment.start, min(segment.end, figure.end + _RATE_REACH))


def _is_expected(claim: Claim, own: Reading, figure: Figure) -> bool:
    rivals = [f.start for f in own.figures if f.start > figure.start and f.unit == figure.unit]
    end = min(rivals, default=len(own.text))
    later = {w.key for w in own.words if figure.end <= w.start < end}
    return bool(later & wording().forecasts - claim.keys)

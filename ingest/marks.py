"""List and heading marks at the start of a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """How a mark behaves in an outline."""

    CHAPTER = "chapter"  # heads a part of the report wherever it stands
    NUMBER = "number"  # heads a section or counts the items of a list
    BULLET = "bullet"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a line.

    Attributes:
        family: how it behaves.
        symbol: equal for marks of one kind, however they are drawn or counted.
        rank: usual depth among marks of its family, 0 the outermost.
        value: what it counts, or None.
        start, end: where the mark stands in the line's text.
        body: where the words behind it begin.
        is_bold: whether emphasis encloses the whole line or all of its words.
    """

    family: Family
    symbol: str
    rank: int
    value: int | None
    start: int
    end: int
    body: int
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    family: Family
    symbol: str
    rank: int
    pattern: re.Pattern[str]
    value: Callable[[str], int | None]


LOST_CIRCLE = "bare"
CIRCLED = "circled"
MARKDOWN = "#"
NUMBERED = "1."
DECIMAL = "1.1"
COUNTED_ITEM = "1)"
_SYLLABLES = "가나다라마바사아자차카타파하"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
# The boxed numerals of Hangul Word Processor, in its private area.
_BOXED_FIRST, _BOXED_LAST = 0xF02B1, 0xF02BA
# Bullets of the symbol fonts reach text files as private characters.
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd"
# Usual depth of bullets; COUNTED_RANK is that of numbers that count the items of a list.
BOX_RANK, ROUND_RANK, COUNTED_RANK, DASH_RANK, DOT_RANK, NOTE_RANK = range(6)
_BULLETS = (
    (BOX_RANK, "□■◆◈▣❑❏▶►▸☞➢➤➡⇒◼◾◻★☆✔✓✅" + _PRIVATE),
    (ROUND_RANK, "○●◎◇▷⊙❍◦◯ㅇ"),
    (DOT_RANK, "·•∙‧・⦁⁃▪▫"),
    (NOTE_RANK, "※"),
)
_ALIKE = {"ㅇ": "○", "❍": "○", "◦": "○", "◯": "○", "∙": "·", "‧": "·", "・": "·", "⦁": "·"}
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)")


def _number(digits: str) -> int | None:
    found = re.search(r"\d+", unicodedata.normalize("NFKC", digits))
    return int(found[0]) if found else None


def _last_number(digits: str) -> int | None:
    return int(re.findall(r"\d+", digits)[-1])


def _syllable(written: str) -> int | None:
    return next((_SYLLABLES.index(char) + 1 for char in written if char in _SYLLABLES), None)


def _roman(written: str) -> int | None:
    letters = unicodedata.normalize("NFKC", written).strip(" .")
    values = [_ROMAN_VALUES.get(letter, 0) for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-now if now < following else now for now, following in pairs)


def _circled(written: str) -> int | None:
    if _BOXED_FIRST <= ord(written[0]) <= _BOXED_LAST:
        return ord(written[0]) - _BOXED_FIRST + 1
    return int(unicodedata.numeric(written[0], 0)) or None


def _letter_circled(written: str) -> int | None:
    inner = unicodedata.normalize("NFKC", written).strip("() ")
    names = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
    if inner[:1] in _SYLLABLES:
        return _SYLLABLES.index(inner[0]) + 1
    if inner[:1].isascii():
        return ord(inner[0].lower()) - ord("a") + 1
    leads = [unicodedata.normalize("NFKC", name) for name in names]
    return leads.index(inner[0]) + 1 if inner[:1] in leads else None


def _nothing(_: str) -> int | None:
    return None


def _chapter(unit: str) -> str:
    return rf"제\s*(?:\d{{1,2}}|[IVX]+|[{_ROMAN}])\s*{unit}(?=[\s.:·]|$)[.:]?"


_S = r"\s*(?=\S)"
_ALONE = r"(?![○●□■◇△▲×·])\s*(?=\S)"  # ○○시 is a name left out
_S1 = r"\s+(?=\S)"
_CIRCLES = "①-⑳❶-❿➀-➓⓪⓫-⓴⓵-⓾㉑-㉟㊱-㊿\U000f02b1-\U000f02ba"
_FORMS = tuple(
    _Form(family, symbol, rank, re.compile(f"(?P<mark>{mark})(?:{gap})"), value)
    for family, symbol, rank, mark, gap, value in (
        (Family.CHAPTER, "편", 0, _chapter("편"), r"\s*", _number),
        (Family.CHAPTER, "부", 1, _chapter("부"), r"\s*", _number),
        (Family.CHAPTER, "장", 2, _chapter("장"), r"\s*", _number),
        (Family.CHAPTER, "Ⅰ", 3, rf"[{_ROMAN}]\s?[.．)]?", _S, _roman),
        (Family.CHAPTER, "Ⅰ", 3, r"[IVX]{1,5}[.．]", _S1, _roman),
        (Family.CHAPTER, "절", 4, _chapter("절"), r"\s*", _number),
        (Family.CHAPTER, "관", 5, _chapter("관"), r"\s*", _number),
        (Family.NUMBER, "조", 0, r"제\s?\d{1,4}\s?조(?:의\s?\d{1,2})?(?=[\s(])", _S, _number),
        (Family.NUMBER, DECIMAL, 2, r"\d{1,2}(?:[.-]\d{1,2}){1,4}[.)]?", _S1, _last_number),
        (Family.NUMBER, NUMBERED, 1, r"\d{1,2}[.．]", r"\s+(?=\S)|(?=[^\s\d.])", _number),
        (Family.NUMBER, "가.", 3, rf"[{_SYLLABLES}][.．]", _S, _syllable),
        (Family.NUMBER, COUNTED_ITEM, 4, r"\d{1,2}\)", _S, _number),
        (Family.NUMBER, "가)", 5, rf"[{_SYLLABLES}]\)", _S, _syllable),
        (Family.NUMBER, "(1)", 6, r"\(\d{1,2}\)|[⑴-⒇]", _S, _number),
        (Family.NUMBER, "(가)", 7, rf"\([{_SYLLABLES}]\)|[㈎-㈛]", _S, _letter_circled),
        (Family.NUMBER, CIRCLED, 8, f"[{_CIRCLES}]", _S, _circled),
        (Family.NUMBER, "㉮", 9, "[㉮-㉻㉠-㉭ⓐ-ⓩ]", _S, _letter_circled),
        (Family.FOOTNOTE, "¹⁾", 0, r"[¹²³⁰⁴-⁹]{1,3}⁾?", _S, _number),
        (Family.FOOTNOTE, "[^1]", 0, r"\[\^\w{1,9}\]:", _S, _number),
        *((Family.BULLET, "", rank, f"[{signs}]", _ALONE, _nothing) for rank, signs in _BULLETS),
        (Family.BULLET, "○", ROUND_RANK, "[oO]", r"\s+(?=[가-힣(‘“「])", _nothing),
        (Family.BULLET, "-", DASH_RANK, "[-–—−―]", r"\s+(?=\S)|(?=[가-힣(「『'\"‘“*])", _nothing),
        (Family.BULLET, "**", NOTE_RANK, r"\*{2,3}", _S1, _nothing),
        (Family.BULLET, "*", NOTE_RANK, r"[*＊](?!\*)", _S, _nothing),
        (Family.BULLET, "*", NOTE_RANK, r"[*+]", _S1, _nothing),
        (Family.NUMBER, LOST_CIRCLE, 8, r"\d{1,2}", r"\s+(?=[가-힣A-Z「])", _number),
    )
)
# Most lines of prose have no mark: they are told apart in one step.
_ANY = re.compile("|".join(form.pattern.pattern.replace("?P<mark>", "?:") for form in _FORMS))
_MARKDOWN = re.compile(r"(?P<mark>(?P<hashes>#{1,6})(?=\s))\s*")


def read_mark(text: str) -> Mark | None:
    """Reads the mark at the start of a line's words.

    Args:
        text: a line without the blanks around it.

    Returns:
        The mark, or None for words alone. A number that may have lost its circle (``4 제목``) is
        returned with the symbol ``LOST_CIRCLE``: only its neighbours can tell.
    """
    heading = _MARKDOWN.match(text)
    if heading is not None:
        return _markdown(text, heading)
    opening = _EMPHASIS.match(text)
    start = opening.end() if opening else 0
    if not _ANY.match(text, start):
        return None
    for form in _FORMS:
        found = form.pattern.match(text, start)
        if found is not None:
            return _mark(text, form, found, opening)
    return None


def is_lookalike(mark: Mark) -> bool:
    """Says whether words may begin like this without a mark: ``4 제목``, ``5.18 민주화운동``."""
    return mark.symbol == LOST_CIRCLE or (mark.symbol.startswith(DECIMAL) and mark.value != 1)


def _symbol(form: _Form, written: str) -> str:
    if form.symbol == DECIMAL:  # 1.1 and 1.1.1 are marks of their own
        return ".".join("1" * len(re.findall(r"\d+", written)))
    return form.symbol or _ALIKE.get(written, written)


def _mark(text: str, form: _Form, found: re.Match[str], opening: re.Match[str] | None) -> Mark:
    written = found["mark"]
    inner = _EMPHASIS.match(text, found.end())
    emphasis = opening or inner
    is_bold = emphasis is not None and _closes_at_end(text, emphasis)
    return Mark(
        family=form.family,
        symbol=_symbol(form, written),
        rank=form.rank,
        value=form.value(written),
        start=found.start("mark"),
        end=found.end("mark"),
        body=inner.end() if inner else found.end(),
        is_bold=is_bold,
    )


def _closes_at_end(text: str, emphasis: re.Match[str]) -> bool:
    closing = text.find(emphasis[0], emphasis.end())
    return closing + len(emphasis[0]) == len(text)


def _markdown(text: str, heading: re.Match[str]) -> Mark:
    """A Markdown heading; a number behind the signs belongs to the mark."""
    inner = read_mark(text[heading.end() :]) if heading.end() < len(text) else None
    end, body = heading.end("mark"), heading.end()
    numbers = {Family.CHAPTER, Family.NUMBER}
    if inner is not None and inner.family in numbers and inner.symbol != LOST_CIRCLE:
        body = heading.end() + inner.body
        end = end if inner.start else heading.end() + inner.end  # emphasis parts the two
    return Mark(
        family=Family.CHAPTER,
        symbol=MARKDOWN,
        rank=len(heading["hashes"]),
        value=None,
        start=0,
        end=end,
        body=body,
    )

"""Personal identifiers taken out of a text: numbers and addresses that name one person.

What is masked: resident and foreigner registration numbers, telephone numbers, e-mail addresses,
payment card numbers, and passport and bank account numbers where the text names them as such.
Years, amounts, dates, ISBN and the like are no identifiers and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

# Every pattern is bounded in length and begins where no digit or letter stands before it, so that
# the time is in proportion to the text.
_NO_DIGIT = r"(?<![0-9A-Za-z.-])(?<!\d,)"
_NOT_ON = r"(?![0-9A-Za-z-])(?!,\d)"
_DASH = r"[-‐‑–—.\s]"

# YYMMDD-SABCDEF: birthday, then 1 to 4 for citizens and 5 to 8 for foreigners; since 2020 the
# digits behind are random, so that no check digit can be asked for.
_RESIDENT = re.compile(
    rf"{_NO_DIGIT}\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"(?:\s?[-‐‑–—]\s?|\s)?(?P<hidden>[1-8]\d{{6}}){_NOT_ON}"
)
_MOBILE = re.compile(
    rf"{_NO_DIGIT}01[016789](?:\s?{_DASH}\s?|\))?(?P<hidden>\d{{3,4}}){_DASH}?\d{{4}}{_NOT_ON}"
)
_LANDLINE = re.compile(
    rf"{_NO_DIGIT}\(?0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d|80)(?:\)\s?|{_DASH})"
    rf"(?P<hidden>\d{{3,4}}){_DASH}\d{{4}}{_NOT_ON}"
)
_INTERNATIONAL = re.compile(
    rf"(?<![0-9A-Za-z+])\+82{_DASH}?\(?0?\)?{_DASH}?\d{{1,2}}{_DASH}?(?P<hidden>\d{{3,4}}){_DASH}?"
    rf"\d{{4}}{_NOT_ON}"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})"
    r"(?![A-Za-z0-9])"
)
_CARD = re.compile(
    rf"{_NO_DIGIT}\d{{4}}([- ]?)(?:\d{{4}}\1\d{{4}}\1\d{{3,4}}|\d{{6}}\1\d{{4,5}}){_NOT_ON}"
)
_ACCOUNT = re.compile(
    r"(?:계좌|통장|예금주|입금|송금)[^\d\n]{0,20}(?<!\d)\d[- ]?\d"
    r"(?P<hidden>(?:[- ]?\d){8,14})(?![\d-])"
)
_PASSPORT = re.compile(
    r"(?:여권|passport)[^\dA-Za-z\n]{0,12}(?:no\.?|number)?[^\dA-Za-z\n]{0,4}"
    r"[A-Z]\d(?P<hidden>\d{7}|\d{2}[A-Z]\d{4})(?![0-9A-Za-z])",
    re.IGNORECASE,
)

# Digits of a card that stay at either end, as receipts show them.
_CARD_ENDS = 4
_CARD_DIGITS = (15, 16)
_LUHN_CARRY = 9
_STARS = "****"
# Characters of an account or a passport that stay, so that people can tell theirs.
_KEPT = 2


def mask_personal(text: str) -> str:
    """Return ``text`` with personal identifiers starred out, character for character.

    The length stays, so that offsets into the text still hold. A telephone number keeps its first
    and last part (``010-****-5678``), a registration number its birthday, an e-mail address its
    first letter and its domain, a card number its ends.
    """
    if "@" in text:
        text = _EMAIL.sub(lambda m: f"{m[1][0]}{_starred(m[1][1:])}@{m[2]}", text)
    if not any(character.isdigit() for character in text):
        return text
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


def _starred(text: str) -> str:
    return "".join("*" if character.isalnum() else character for character in text)


def _group(match: re.Match[str]) -> str:
    """Star out what the pattern calls ``hidden`` and keep the rest."""
    start, end = match.start("hidden") - match.start(), match.end("hidden") - match.start()
    return match[0][:start] + _starred(match[0][start:end]) + match[0][end:]


def _card(match: re.Match[str]) -> str:
    digits = [int(c) for c in match[0] if c.isdigit()]
    if len(digits) not in _CARD_DIGITS or not _passes_luhn(digits):
        return match[0]
    inner = _starred(match[0][_CARD_ENDS:-_CARD_ENDS])
    return match[0][:_CARD_ENDS] + inner + match[0][-_CARD_ENDS:]


def _passes_luhn(digits: list[int]) -> bool:
    """Tell whether the check digit of a card number is right."""
    if len(set(digits)) == 1 or all(b - a == 1 for a, b in pairwise(digits)):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - _LUHN_CARRY if doubled > _LUHN_CARRY else doubled
    return total % 10 == 0


_MASKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_PASSPORT, _group),
    (_ACCOUNT, _group),
    (_INTERNATIONAL, _group),
    (_RESIDENT, _group),
    (_MOBILE, _group),
    (_LANDLINE, _group),
    (_CARD, _card),
)

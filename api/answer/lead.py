"""The figure or the date that a question asks for, where a sentence leaves no doubt which it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from api.answer.evidence_signs import focus_of
from api.answer.expected import Expected, fitting
from api.answer.question import AnswerKind
from retriever.folding import fold
from retriever.numbers import Quantity

_DATE = re.compile(
    r"(?:(?:1\d|20)\d{2}년|['’]\d{2}년)(?:\s?\d{1,2}월)?(?:\s?\d{1,2}일)?(?=[^\d]|$)"
)
# A span of time is said as one.
_RANGE = re.compile(r"\d\s?[~∼-]\s?['’]?\d|년\s?[~∼-]|부터.{0,12}까지")
_BEFORE = re.compile(r"(?:약|총|최대|최소|연간|연평균|평균|무려|약\s?총)\s?$")
_AFTER = re.compile(r"^(?:\s?(?:이상|이하|미만|초과|내외|안팎|정도|수준|가량|남짓|규모))")
# Words of the question are looked for this far in front of a figure.
_REACH = 14
_STEM_MARK = "/v"


def lead(kind: AnswerKind, wanted: Expected, text: str, terms: Mapping[str, float]) -> str:
    """Return the figure or date to begin an answer with, as ``text`` writes it, or nothing.

    Args:
        kind: what is asked for.
        wanted: what it must hold.
        text: the sentence to be said.
        terms: the question's words with their idf.
    """
    if kind is AnswerKind.TIME:
        return _date(text)
    if kind is AnswerKind.NUMBER:
        return _figure(wanted, text, terms)
    return ""


def _date(text: str) -> str:
    dates = [match[0] for match in _DATE.finditer(text)]
    return dates[0] if len(dates) == 1 and not _RANGE.search(text) else ""


def _figure(wanted: Expected, text: str, terms: Mapping[str, float]) -> str:
    found = list(fitting(wanted, text))
    if not found or _RANGE.search(text):
        return ""
    if len(found) == 1:
        return _written(text, found[0])
    focus = focus_of(terms)
    told = [_told_before(text, quantity) for quantity in found]
    shares = [sum(idf for word, idf in terms.items() if _bare(word) in words) for words in told]
    best = max(shares)
    place = shares.index(best)
    is_clear = shares.count(best) == 1 and bool(focus) and focus in told[place]
    return _written(text, found[place]) if is_clear else ""


def _told_before(text: str, quantity: Quantity) -> str:
    """Return the words right in front of a figure, none of them of another item."""
    before = fold(text[max(quantity.start - _REACH, 0) : quantity.start])
    return re.split(r"[,·;(]|\d", before)[-1]


def _bare(term: str) -> str:
    return term.removesuffix(_STEM_MARK)


def _written(text: str, quantity: Quantity) -> str:
    before = _BEFORE.search(text[: quantity.start])
    start = before.start() if before else quantity.start
    after = _AFTER.match(text[quantity.end :])
    return text[start : quantity.end + (after.end() if after else 0)].strip()

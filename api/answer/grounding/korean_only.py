"""Whether a sentence is Korean, and free of links, markup and quotations of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from api.answer.grounding.quantities import figure_text
from api.answer.grounding.verdict import Problem

# Fewer Korean letters among all than this, and it is a sentence of another language; table rows of
# English terms with Korean particles have about a third.
_LEAST_KOREAN = 0.2
_HANGUL = re.compile(r"[가-힣]")
# Kana, Chinese characters, Cyrillic, Greek, Hebrew, Arabic, Thai and Indian letters.
_FOREIGN_RUN = re.compile(
    r"[\u3041-\u30ff\u31f0-\u31ff]+|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[\u0400-\u04ff]+"
    r"|[\u0370-\u03ff]+|[\u0590-\u05ff]+|[\u0600-\u06ff]+|[\u0e00-\u0e7f]+|[\u0900-\u0dff]+"
)
_LINK = re.compile(
    r"https?:\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w.])[\w-]+\.(?:com|net|org|kr|io|co|gov|edu)(?![a-z])\S*"
    r"|(?<!\d)0\d{1,2}[-.) ]?\d{3,4}[-. ]\d{4}(?!\d)|(?<!\d)1[5-9]\d{2}-\d{4}(?!\d)"
    r"|(?<!\d)\d{6}-[1-8]\d{6}(?!\d)",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]*>|<!--|`|&(?:#\d+|[a-z]+);|!\[|\]\(|\*\*|^\s*#{1,6}\s|[{}]|;\s*$|\b\w+\([^()가-힣]*\)\s*;"
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』“「『]{2,})[”\"」』]")
_WORD_GAP = re.compile(r"[\s·,.]+")


def language_problems(text: str, held: str) -> Iterator[Problem]:
    """Yield what may not stand in an answer unless the evidence has it.

    Args:
        text: the sentence as it would be shown.
        held: titles, headings and text of the passages that it may rest on, as ``for_finding``
            returns them.
    """
    word_for_word = _HANGUL.search(text) is not None and for_finding(text) in held
    if not _mostly_korean(text) and not word_for_word:
        yield Problem("not_korean")
    for code, pattern in (("link", _LINK), ("markup", _MARKUP), ("foreign_words", _FOREIGN_RUN)):
        for match in pattern.finditer(text):
            if for_finding(match[0]) not in held:
                yield Problem(code, match[0])  # type: ignore[arg-type]
    for match in _QUOTED.finditer(text):
        if for_finding(match[1]) not in held:
            yield Problem("invented_quote", match[1])
    for sign in text:
        if (
            not sign.isascii()
            and not sign.isalpha()
            and _is_numeral(sign)
            and for_finding(sign) not in held
        ):
            yield Problem("figure_missing", sign)


def _mostly_korean(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return len(_HANGUL.findall(text)) >= _LEAST_KOREAN * letters


def for_finding(text: str) -> str:
    """Return a text as it is looked up: folded, without spaces and points."""
    return _WORD_GAP.sub("", figure_text(text))


def _is_numeral(sign: str) -> bool:
    """Tell whether a sign is a number that no figure is read from, such as Ⅳ or ٣."""
    return (
        unicodedata.numeric(sign, None) is not None
        and not "0" <= unicodedata.normalize("NFKC", sign)[:1] <= "9"
    )

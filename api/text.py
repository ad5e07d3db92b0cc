"""Cleaning of text that comes from, or goes to, people we do not know."""

from __future__ import annotations

import re
import unicodedata

from ingest.errors import InputError

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor movement
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)"  # titles, links, clipboard
    r"|\x1b[ -/]*[0-~]"
    r"|\x9b[0-?]*[ -/]*[@-~]",
    re.DOTALL,
)
# Control characters but line feed and tab, and those that reorder what is shown.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Whatever a terminal or a reader of lines takes for the end of a line or of a column.
_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Composition makes a text shorter, to a quarter at most: longer ones need not be composed, which
# takes time in the square of the marks that are heaped on one letter.
_COMPOSED_SHARE = 4
_MOST_ECHOED = 80

# Letters by class that show nothing: Hangul fillers.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


def printable(text: str) -> str:
    """Take out whatever could command a terminal or reorder its text."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def one_line(text: str) -> str:
    """Put what must not break a line of output, such as a file's name, into one line."""
    return _BREAKS.sub(" ", text)


def shortened(text: str, most: int = _MOST_ECHOED) -> str:
    """Cut what a client sent down to what a message can hold."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def clean_turn(text: str, limit: int) -> str:
    """Bring something said before a question into the form of a question.

    Args:
        text: as the user sent it.
        limit: most characters kept; what is behind them is cut off.

    Returns:
        The text in NFC, without control characters and outer white space; may be empty.
    """
    start = printable(text).strip()[: limit * _COMPOSED_SHARE]
    return unicodedata.normalize("NFC", start)[:limit].strip()


def _carries_meaning(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNS" and character not in _FILLERS


def clean_question(text: str, limit: int) -> str:
    """Bring a question into the form that is searched.

    Args:
        text: as the user sent it.
        limit: most characters allowed.

    Returns:
        The question in NFC, without control characters and outer white space.

    Raises:
        InputError: ``empty_question`` or ``question_too_long``.
    """
    shown = printable(text).strip()
    if len(shown) > limit * _COMPOSED_SHARE:
        raise _too_long(len(shown), limit)
    cleaned = unicodedata.normalize("NFC", shown).strip()
    if not any(_carries_meaning(character) for character in cleaned):
        raise InputError("empty_question", "질문이 비어 있습니다.", "알고 싶은 것을 적어 주세요.")
    if len(cleaned) > limit:
        raise _too_long(len(cleaned), limit)
    return cleaned


def _too_long(given: int, limit: int) -> InputError:
    return InputError(
        "question_too_long",
        f"질문이 너무 깁니다({given:,}자, 최대 {limit:,}자).",
        "질문을 줄여서 다시 보내 주세요.",
    )

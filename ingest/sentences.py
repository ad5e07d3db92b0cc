"""Sentence spans inside a block of Korean report text, by rule.

A full stop ends a sentence only where blanks or a new Korean sentence follow, and never inside
brackets, quotes, numbers, dates, counts (``가.``, ``1.``) or abbreviations. Reports put several
sentences in one bullet (``…함. 구글은 …``), and this splits them too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.endings import is_predicate

Span = tuple[int, int]

# Longer bracketed or quoted runs are opened by a stray sign and never meant to close.
_ENCLOSED_CHARS = 400
_PAIRS = {"(": ")", "（": "）", "[": "]", "「": "」", "『": "』", "《": "》", "“": "”", "‘": "’"}
_EMPHASIS = ("**", "__")
_NESTED = 8  # brackets within brackets
_BOTH = 2  # one sign at each end
# Straight quotes open at the start of a word and close at its end; '24 is a year.
_STRAIGHT = re.compile(
    r"(?<![\w.%)])(['\"])(?!\d{2}(?:년|\.|~|-))(?=\S)[^\n]{1,300}?(?<=\S)\1(?!\w*')"
)
_STOP = re.compile(
    r"(?<![.?!。…])[.?!。…]++[’”'\"」』)\]]*+(?:\[[^\[\]\n]{1,12}\])*+(?=\s|$|(?<=[다요]\.)[가-힣])"
)
_COUNT = re.compile(r"(?:^|[\s(])(?:[가나다라마바사아자차카타파하]|제?\d+|[A-Za-z]|[IVXivx]+)$")
# Latin words this short before a full stop are abbreviations: Co., Ltd., No., vs.
_ABBREVIATION_CHARS = 4
_LATIN_CHARS = 20
_LATIN_WORD = re.compile(r"[A-Za-z.&]+$")
# A quote that ends in a full stop goes on where the speaker is named.
_QUOTING = re.compile(r"\s*(?:이?라[고는며]|고\s|며\s|는\s|라는|등)")
_DIGIT_NEXT = re.compile(r"\s*[\d~\-–(]")


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """Splits a slice of a text into sentences.

    Args:
        text: the text.
        start: offset of the words, list marks left out.
        end: offset behind them.

    Returns:
        Offsets of each sentence in order, blanks and emphasis around it left out. Together they
        hold every character of the slice that is not blank or emphasis.
    """
    words = text[start:end]
    closed = _enclosed(words)
    spans: list[Span] = []
    last = 0
    for stop in _STOP.finditer(words):
        if _ends_sentence(words, stop, last, closed):
            spans.append((last, stop.end()))
            last = stop.end()
    spans.append((last, len(words)))
    trimmed = (trim(text, start + first, start + behind) for first, behind in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _ends_sentence(words: str, stop: re.Match[str], last: int, closed: list[Span]) -> bool:
    place = bisect_left(closed, (stop.start(), 0)) - 1
    if place >= 0 and stop.start() < closed[place][1] - 1:
        return _closes_enclosure(words, stop, last, closed[place])
    before = words[last : stop.start()]
    if stop[0][0] != ".":
        return bool(before.strip()) and stop[0][0] != "…"
    return _is_full_stop(words, before, stop.end())


def _closes_enclosure(words: str, stop: re.Match[str], last: int, outer: Span) -> bool:
    """A sentence in quotes that begins where the last one ended: “…했다.” 그는 …."""
    begins_here = not words[last : outer[0]].strip()
    return begins_here and stop.end() >= outer[1] and not _QUOTING.match(words, stop.end())


def _is_full_stop(words: str, before: str, behind: int) -> bool:
    final = before[-1:]
    if not final or final.isspace() or _COUNT.search(before[-_LATIN_CHARS:]):
        return False
    if final.isdigit():
        return False
    latin = _LATIN_WORD.search(before[-_LATIN_CHARS:])
    if latin is not None:
        return len(latin[0]) > _ABBREVIATION_CHARS and "." not in latin[0]
    return not _DIGIT_NEXT.match(words, behind) or _is_verb(before)


def _enclosed(words: str) -> list[Span]:
    """Spans of outermost brackets and quotes that do close, in order and apart."""
    straight = (found.span() for found in _STRAIGHT.finditer(words))
    spans: list[Span] = []
    for span in sorted((*straight, *_paired(words)), key=lambda span: (span[0], -span[1])):
        is_apart = not spans or span[0] >= spans[-1][1]
        if is_apart and span[1] - span[0] <= _ENCLOSED_CHARS:
            spans.append(span)
    return spans


def _paired(words: str) -> Iterator[Span]:
    open_: list[tuple[str, int]] = []
    for offset, char in enumerate(words):
        if char in _PAIRS:
            open_.append((_PAIRS[char], offset))
            del open_[:-_NESTED]
        elif any(char == closing for closing, _ in open_):
            while open_[-1][0] != char:
                open_.pop()
            yield open_.pop()[1], offset + 1


def trim(text: str, start: int, end: int) -> Span:
    """Leaves out the blanks around a slice, and the emphasis that encloses it or is cut by it."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    for sign in _EMPHASIS:
        opens, closes = text.startswith(sign, first, last), text.endswith(sign, first, last)
        count = text.count(sign, first, last)
        if count % 2 == 0 and not (opens and closes and count == _BOTH):
            continue
        first += len(sign) if opens else 0
        last -= len(sign) if closes and last - first >= len(sign) else 0
    return first, max(first, last)


def _is_verb(before: str) -> bool:
    return before.endswith(("다", "요")) or is_predicate(before)

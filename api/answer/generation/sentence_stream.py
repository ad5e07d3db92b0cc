"""Sentences cut from a language model's words as they come.

A sentence is let go only when what follows shows that it is over, so that however the words are
cut into pieces the same sentences come out: markers after the full stop belong to it, and a dot in
3.5, No. 1 or 2024. 5. 3. ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_NUMBER = r"\^?(?:출처\s?|자료\s?)?\d{1,3}"
_MARKER = re.compile(
    rf"[\[［【]\s?{_NUMBER}(?:\s?(?:[,，、·;]|-|~|–)\s?{_NUMBER}){{0,20}}\s?[\]］】]"
)
_MARKERS_THEN_SPACE = re.compile(rf"(?:\s*{_MARKER.pattern})*\s*[.。]?\s*")
# What may still become a marker when more comes.
_MARKER_BEGUN = re.compile(r"[\[［【][\s\d^출처자료,，、·;~–-]{0,60}$")
_DIGITS = re.compile(r"\d+")
_RANGE = re.compile(rf"({_NUMBER})\s?[-~–]\s?({_NUMBER})")
# A range of more passages than an answer has is none.
_LONGEST_RANGE = 20
_STOPS = frozenset(".。")
_CALLS = frozenset("?!？！")
_CLOSERS = frozenset("\"'”’」』)）*_`")
_PAIRS = {'"': '"', "(": ")", "（": "）", "“": "”", "「": "」", "『": "』"}
# Verb endings that close a sentence, and nominal ones of report language.
_ENDED = re.compile(r"(?:다|요|죠|까|함|음|임|됨|짐|옴|봄)$")
_BULLET = re.compile(r"^(?:(?:[-*+•·▪◦○●□■※]|\d{1,2}[.)](?=\s+\D)|[가-하][.)]|[①-⑳])\s+)+")
_EMPHASIS = re.compile(r"\*\*|__|`|^#{1,6}\s+", re.MULTILINE)
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.。,?!]$)")
_NOTHING = re.compile(r"[\W_]*")
_THOUGHT = ("<think>", "</think>")
# Longer than any sentence that is let through. What has no end by then is not kept until it has
# one: each piece is looked at with all that waits before it, which would take minutes.
LONGEST_CHARS = 1_200
# Of words left out, these stay before what follows: a full stop is one by what stands before it.
_TAIL_CHARS = 100


@dataclass(frozen=True, slots=True)
class RawSentence:
    """One sentence as the model wrote it, not checked.

    Attributes:
        text: without markers and list marks, on one line; its full stop stays.
        markers: the numbers it cites, in their order, each once.
        bullet: whether it was an item of a list.
        whole: whether it is all of it; the beginning of one without an end is not.
    """

    text: str
    markers: tuple[int, ...]
    bullet: bool = False
    whole: bool = True


class SentenceCutter:
    """Takes pieces of text and gives back whole sentences."""

    def __init__(self) -> None:
        self._text = ""
        self._endless = False

    def feed(self, piece: str) -> Iterator[RawSentence]:
        """Yield the sentences that a further piece completes.

        One that has no end within ``LONGEST_CHARS`` is given as one that is not whole, and the
        rest of it left out.
        """
        self._text += piece
        while (end := _sentence_end(self._text)) is not None:
            yield from self._ended(self._text[:end])
            self._text = self._text[end:]
        if len(self._text) > LONGEST_CHARS:
            begun = list(_sentence(self._text))
            if begun and not self._endless:
                yield replace(begun[0], whole=False)
            self._endless = self._endless or bool(begun)
            self._text = self._text[-_TAIL_CHARS:]

    def finish(self, *, cut: bool = False) -> Iterator[RawSentence]:
        """Yield what is left when no more comes.

        Args:
            cut: whether the words broke off; a last sentence without an end is then left out, as
                half of a figure may be a figure that stands in the documents.
        """
        rest = self._text + "\n"
        self._text = ""
        while rest:
            end = _sentence_end(rest + "가") or len(rest)
            if cut and end == len(rest) and not _is_whole(rest):
                return
            yield from self._ended(rest[:end])
            rest = rest[end:]

    def _ended(self, piece: str) -> Iterator[RawSentence]:
        """Yield a piece of text as a sentence, unless its beginning is left out already."""
        if not self._endless:
            yield from _sentence(piece)
        self._endless = False


def cut_sentences(pieces: Iterable[str]) -> Iterator[RawSentence]:
    """Yield the sentences of a text that comes in pieces."""
    cutter = SentenceCutter()
    for piece in pieces:
        yield from cutter.feed(piece)
    yield from cutter.finish()


class ThoughtFilter:
    """Leaves out what a reasoning model writes between ``<think>`` and ``</think>``."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False

    def feed(self, piece: str) -> str:
        """Return the part of the words so far, not returned before, that is said aloud."""
        self._held += piece
        said = ""
        while True:
            mark = _THOUGHT[self._thinking]
            before, found, after = self._held.partition(mark)
            if not found:
                break
            said += "" if self._thinking else before
            self._held, self._thinking = after, not self._thinking
        kept = _begun(self._held, mark)
        if not self._thinking:
            said += self._held[: len(self._held) - kept]
        self._held = self._held[len(self._held) - kept :]
        return said

    def finish(self) -> str:
        """Return what was held back as the beginning of a mark that never came."""
        said, self._held = ("" if self._thinking else self._held), ""
        return said


def _begun(text: str, mark: str) -> int:
    """Return how many last characters of a text may be the beginning of a mark."""
    return next((n for n in range(len(mark) - 1, 0, -1) if text.endswith(mark[:n])), 0)


def _sentence_end(text: str) -> int | None:
    """Return where the first sentence of a text ends, or None while that is not certain."""
    inside: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\n":
            if not text[:at].strip():
                at += 1
                continue
            return _after_markers(text, at)
        if inside and char == inside[-1]:
            inside.pop()
        elif char in _PAIRS:
            inside.append(_PAIRS[char])
        if not inside:
            end = _end_at(text, at)
            if end is not None:
                return _after_markers(text, end)
            marker = _MARKER.match(text, at)
            if marker is not None:
                if _ends_unstopped(text, at, marker.end()):
                    return _after_markers(text, at)
                at = marker.end()
                continue
        at += 1
    return None


def _end_at(text: str, at: int) -> int | None:
    """Return the end of the stop at an offset, its closing quotes included, where it is one."""
    char = text[at]
    if char not in _STOPS and char not in _CALLS:
        return None
    end = at + 1
    while end < len(text) and (text[end] in _STOPS or text[end] in _CALLS):
        end += 1
    stop = end
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    if end == len(text):
        return None  # more stops, quotes or a digit may follow
    following = text[end]
    before = text[:at].rstrip("\"'”’」』)）*_`")
    cited = _MARKER.search(before[-80:]) is not None and before[-1:] in "]］】"
    spaced = following.isspace() or following in "[［【"
    if char in _CALLS:
        return end if spaced else None
    if cited:
        return end if spaced else None
    if spaced:
        return end if _stops_here(text, before, end) else None
    ended = end == stop and _ENDED.search(before) is not None
    return end if ended and "가" <= following <= "힣" else None


def _stops_here(text: str, before: str, end: int) -> bool:
    """Tell whether a dot with a space or a marker behind it is a full stop."""
    last = before[-1:]
    rest = text[end:].lstrip(" \t")
    if not rest:
        return False  # what follows decides; a line's end is seen as one
    if rest[0] == "\n" or (rest[0] in "[［【" and _MARKER.match(rest) is not None):
        # An item's number alone on its line is followed by the item.
        return _BULLET.fullmatch(before.strip() + ". ") is None
    if rest[0] in "[［【":
        return False
    # A digit or a Latin letter before a dot: a date, a number, an abbreviation.
    return not (last.isdigit() or (last.isascii() and last.isalpha()) or not last.strip())


def _ends_unstopped(text: str, at: int, end: int) -> bool:
    """Tell whether markers after a verb's or noun's ending, without a stop, close a sentence."""
    if _ENDED.search(text[:at].rstrip()) is None:
        return False
    rest = text[_MARKERS_THEN_SPACE.match(text, at).end() :]  # type: ignore[union-attr]
    spaced = text[end : end + 1].isspace() or text[end : end + 1] in "[［【"
    return bool(rest) and spaced and (rest[0].isalnum() or rest[0] in "-*•'\"“‘「")


def _after_markers(text: str, end: int) -> int | None:
    """Return where the markers behind a sentence's end end, or None where more may come."""
    match = _MARKERS_THEN_SPACE.match(text, end)
    assert match is not None  # noqa: S101 - every part of it may be empty
    behind = match.end()
    if behind == len(text) or _MARKER_BEGUN.match(text, behind):
        return None
    return behind


def _is_whole(text: str) -> bool:
    said = _MARKER.sub("", text).rstrip().rstrip("".join(_CLOSERS))
    return bool(said) and (said[-1] in _STOPS | _CALLS or _ENDED.search(said) is not None)


def _sentence(piece: str) -> Iterator[RawSentence]:
    """Yield a piece of text as a sentence, unless it says nothing."""
    markers = dict.fromkeys(n for found in _MARKER.findall(piece) for n in _numbers(found))
    text = " ".join(_EMPHASIS.sub("", _MARKER.sub(" ", piece)).split())
    said = _BULLET.sub("", text)
    if not _NOTHING.fullmatch(said):
        whole = _SPACE_BEFORE_STOP.sub("", said)
        yield RawSentence(whole, tuple(markers), bullet=said != text)


def _numbers(marker: str) -> list[int]:
    for first, last in _RANGE.findall(marker):
        low, high = (int(_DIGITS.findall(x)[0]) for x in (first, last))
        if low < high <= low + _LONGEST_RANGE:
            return list(range(low, high + 1))
    return [int(n) for n in _DIGITS.findall(marker)]

"""Mends a question's slips of the keyboard, and leaves alone whatever it is not sure of.

A word is changed only where the corpus does not hold it and holds what it is changed to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retriever.asking_slips import asking_edits
from retriever.folding import whole_characters
from retriever.keyboard import letters
from retriever.keyboard_mode import keyboard_mode_edits
from retriever.query_edit import NOUN_TAGS, PARTICLES, Edit, QueryReader, QueryToken
from retriever.query_spacing import split_word_edits, unspaced_edits
from retriever.slips import LIKELY_EDIT, differ_in_vowels_alike
from retriever.word_list import NearWord, WordList

# Longer text is pasted, not typed.
_MAX_CHARS = 300

# What edits may cost by syllables: short words have too many others near them.
_LIMITS = {2: 0.5, 3: 1.0, 4: 1.0}
_LONG_LIMIT = 1.5
# In as many passages must a word stand that its letters alone do not make likely. Over 1,600 slips
# put into tuning questions 0.7 % were mended wrongly with 2, and 1.3 % with 1.
_COMMON = 2
# A word that the dictionary knows is another spelling of one that sounds alike from here on.
_MIN_LOANWORD = 3
_MIN_STEM = 2
# A word with letters left over is surely mistyped, so more may be changed in it.
_BROKEN_LIMIT = 1.0
_MIN_BROKEN_LETTERS = 4

_JOINABLE_TAGS = (*NOUN_TAGS, "XPN", "XSN", "NNB", "SL")
_SYLLABLES = re.compile(r"[가-힣]{2,}")
_PIECE = re.compile(r"[가-힣]+")
# Syllables and letters that belong to none, but not laughter (ㅋㅋ) by itself.
_BROKEN_RUN = re.compile(r"(?=[ㄱ-ㅎㅏ-ㅣ]*[가-힣])[가-힣]*[ㄱ-ㅎㅏ-ㅣ][가-힣ㄱ-ㅎㅏ-ㅣ]*")
_LAUGHTER = re.compile(r"(?:ㅋ+|ㅎ+|[ㅠㅜ]+)$")


class Slip(StrEnum):
    """What was mended."""

    KEYBOARD_MODE = "keyboard_mode"
    SPELLING = "spelling"
    SPACING = "spacing"


@dataclass(frozen=True, slots=True)
class Change:
    """One piece of a question that was mended.

    Attributes:
        typed: as it was.
        meant: as it was taken.
        slip: what was wrong with it.
    """

    typed: str
    meant: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class Repaired:
    """A question after repair.

    Attributes:
        text: the question to search with; the one given where nothing was changed.
        changes: what differs, in reading order within each kind.
    """

    text: str
    changes: tuple[Change, ...]


def repair(query: str, words: WordList, reader: QueryReader) -> Repaired:
    """Return ``query`` with what was surely mistyped mended.

    Args:
        query: as typed.
        words: of the corpus; decides what is unknown and what may stand in its place.
        reader: the morpheme analyser.
    """
    text = unicodedata.normalize("NFC", whole_characters(query))
    if len(text) > _MAX_CHARS:
        return Repaired(query, ())
    changes: list[Change] = []
    for slip, find in (
        (Slip.KEYBOARD_MODE, keyboard_mode_edits),
        (Slip.SPELLING, asking_edits),
        (Slip.SPACING, split_word_edits),
        (Slip.SPELLING, _spelling_edits),
        (Slip.SPACING, unspaced_edits),
    ):
        edits = list(find(text, words, reader))
        changes += [Change(text[e.start : e.end], e.meant, slip) for e in edits]
        text = _applied(text, edits)
    return Repaired(text if changes else query, tuple(changes))


def _applied(text: str, edits: Sequence[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.meant + text[edit.end :]
    return text


def _spelling_edits(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    broken = list(_broken_edits(text, words))
    yield from broken
    tokens = list(reader.tokens(text))
    done = 0
    for i, token in enumerate(tokens):
        if token.start < done or not _is_suspect(token, words):
            continue
        spans = [text[start:end] for start, end in _spans(tokens, i)]
        if any(s in words for span in spans for s in _stems(span)):
            continue
        if not token.known and _is_dictionary_word(token, reader):
            continue
        found = [
            Edit(start, start + len(stem), near)
            for start, end in _spans(tokens, i)
            if start >= done and not any(e.start < end and start < e.end for e in broken)
            for stem, near in _repairs(text[start:end], token, words)
        ]
        if found:
            done = found[0].end
            yield found[0]


def _is_dictionary_word(token: QueryToken, reader: QueryReader) -> bool:
    """Tell whether the dictionary knows a token once a particle is cut off: 케이크의."""
    return any(
        len(found := reader.tokens(stem)) == 1 and found[0].known for stem in _stems(token.form)
    )


def _broken_edits(text: str, words: WordList) -> Iterator[Edit]:
    """Yield words with letters that belong to no syllable: 기ㅜㄹ, 바이ㅗㅇ."""
    for match in _BROKEN_RUN.finditer(text):
        run = _LAUGHTER.sub("", match[0])
        stems = [s for s in _stems(run) if len(letters(s)) >= _MIN_BROKEN_LETTERS]
        near = [(n.cost, -len(s), s, n.word) for s in stems if (n := _near_broken(s, words))]
        if near:
            _, _, stem, word = min(near)
            yield Edit(match.start(), match.start() + len(stem), word)


def _near_broken(stem: str, words: WordList) -> NearWord | None:
    if _PIECE.fullmatch(stem):
        return None
    return words.nearest(stem, _BROKEN_LIMIT)


def _stems(word: str) -> list[str]:
    """Return a word and what is left of it without what may be a particle, longest first."""
    ends = range(len(word), _MIN_STEM - 1, -1)
    return [word[:end] for end in ends if end == len(word) or PARTICLES.fullmatch(word[end:])]


def _is_suspect(token: QueryToken, words: WordList) -> bool:
    if token.tag not in NOUN_TAGS or not _SYLLABLES.fullmatch(token.form):
        return False
    return token.form not in words and (not token.known or len(token.form) >= _MIN_LOANWORD)


def _spans(tokens: Sequence[QueryToken], i: int) -> Iterator[tuple[int, int]]:
    """Yield a token's span, then with the noun before it, then with the one after."""
    yield tokens[i].start, tokens[i].end
    before, after = i - 1, i + 1
    if before >= 0 and tokens[before].end == tokens[i].start and _joins(tokens[before]):
        yield tokens[before].start, tokens[i].end
    if after < len(tokens) and tokens[after].start == tokens[i].end and _joins(tokens[after]):
        yield tokens[i].start, tokens[after].end


def _joins(token: QueryToken) -> bool:
    return token.tag in _JOINABLE_TAGS


def _repairs(span: str, token: QueryToken, words: WordList) -> Iterator[tuple[str, str]]:
    """Yield (stem, what it is changed to), the likeliest first."""
    if not _SYLLABLES.fullmatch(span):
        return
    if token.known:
        near = words.nearest(span, LIKELY_EDIT)
        if near and differ_in_vowels_alike(span, near.word):
            yield span, near.word
        return
    stems = _stems(span)
    ranked = [(near.cost, s, near.word) for s in stems if (near := _nearest(s, words))]
    for _, stem, word in sorted(ranked, key=lambda r: (r[0], -len(r[1]))):
        yield stem, word
    for stem in stems:
        meant = _mended_compound(stem, words)
        if meant:
            yield stem, meant


def _nearest(stem: str, words: WordList) -> NearWord | None:
    near = words.nearest(stem, _LIMITS.get(len(stem), _LONG_LIMIT))
    if near and (len(stem) == _MIN_STEM or near.cost > LIKELY_EDIT):
        return near if near.frequency >= _COMMON else None
    return near


def _mended_compound(stem: str, words: WordList) -> str | None:
    """Return two words written together of which one is known and the other mended."""
    for cut in range(len(stem) - _MIN_STEM, _MIN_STEM - 1, -1):
        left, right = stem[:cut], stem[cut:]
        if left in words and right in words:
            return None
        if left in words and (near := _nearest(right, words)):
            return left + near.word
        if right in words and (near := _nearest(left, words)):
            return near.word + right
    return None

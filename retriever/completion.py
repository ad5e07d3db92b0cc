"""Terms of the corpus that go on from what is being typed, initial consonants (초성) included."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from weakref import WeakKeyDictionary

from retriever.completion_terms import MOST_WORDS, Term, read_terms, term_key
from retriever.keyboard import strokes, to_hangul, to_latin

if TYPE_CHECKING:
    from retriever.search import Retriever

MOST_TERMS = 50_000
"""Terms kept, the weightiest first: a letter's share of them is searched in a few milliseconds."""
MOST_CHARS_READ = 1_000_000
"""Text that is read for terms, seconds of work; beyond it, little is met for the first time."""
_READ_AT_ONCE = 200

_LATIN = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_SINGLE_LETTER_OR_LATIN = re.compile(r"[ㄱ-ㅣa-z]", re.IGNORECASE)
# One Latin letter or sign says too little; a syllable or a consonant is half a word.
_SAYS_ENOUGH = re.compile(r"[ㄱ-ㅎ가-힣]|..")


@dataclass(frozen=True, slots=True)
class Completion:
    """A term that goes on from what was typed.

    Attributes:
        text: the term.
        count: how many passages hold it.
        typed: how many code points at the end of what was typed it stands for.
    """

    text: str
    count: int
    typed: int


@dataclass(frozen=True, slots=True)
class _Entry:
    term: Term
    key: str
    syllables: tuple[str, ...]

    @classmethod
    def of(cls, term: Term) -> Self:
        key = term_key(term.text)
        return cls(term, key, tuple(strokes(char) for char in key))


class Completer:
    """Completes what is typed from a fixed set of terms; safe to share between threads."""

    def __init__(self, terms: Iterable[Term]) -> None:
        ranked = sorted(terms, key=lambda t: (-t.weight, len(t.text), t.text))[:MOST_TERMS]
        self._by_letter: dict[str, list[_Entry]] = defaultdict(list)
        for term in ranked:
            entry = _Entry.of(term)
            self._by_letter[entry.syllables[0][0]].append(entry)

    def complete(self, typed: str, limit: int) -> list[Completion]:
        """Return terms that go on from the end of ``typed``, the likeliest first.

        The last words are taken together first, so 대전 바 finds 대전 바이오산업 before 바이오.
        Where nothing follows, they are read as typed in the other mode of the keyboard.

        Args:
            typed: text before the caret; a syllable may be half made, or a bare initial.
            limit: most terms.
        """
        found: dict[str, Completion] = {}
        for tail in _tails(typed):
            terms = next(filter(None, (self._matching(r, limit) for r in _readings(tail))), [])
            for term in terms:
                if term.text != tail:
                    found.setdefault(term.text, Completion(term.text, term.count, len(tail)))
        return list(found.values())[:limit]

    def _matching(self, tail: str, limit: int) -> list[Term]:
        key = term_key(tail)
        if not _SAYS_ENOUGH.match(key):
            return []
        wanted = strokes(key)
        whole, other = list[Term](), list[Term]()
        for entry in self._by_letter.get(wanted[0], ()):
            if entry.key.startswith(key):
                whole.append(entry.term)
            elif len(other) <= limit and goes_on(wanted, entry.syllables):
                other.append(entry.term)
            if len(whole) > limit:
                break
        # One more than asked for, as what is typed already is no completion.
        return [*whole, *other][: limit + 1]


def goes_on(wanted: str, syllables: Sequence[str]) -> bool:
    """Tell whether a term goes on from key strokes.

    Each syllable was typed whole or by its initial alone; the last may be half made, and its final
    consonant may be the next one's initial.

    Args:
        wanted: strokes, such as ㄷㅐㅈ or ㄷㅈㅂㅇ.
        syllables: strokes of each syllable of the term.
    """
    ends = {0}
    for syllable in syllables:
        following = set[int]()
        for at in ends:
            rest = wanted[at:]
            if syllable.startswith(rest):
                return True
            if rest.startswith(syllable):
                following.add(at + len(syllable))
            if rest[0] == syllable[0]:
                following.add(at + 1)
        ends = following
        if len(wanted) in ends:
            return True
        if not ends:
            return False
    return False


def completer_of(retriever: Retriever) -> Completer:
    """Return the completer of an open index generation, made at the first call."""
    with _lock:
        completer = _completers.get(retriever)
        if completer is None:
            terms = read_terms(_texts(retriever), retriever.morphemes.frequency)
            completer = _completers[retriever] = Completer(terms)
        return completer


_lock = threading.Lock()
# A generation's terms go when the generation does.
_completers: WeakKeyDictionary[Retriever, Completer] = WeakKeyDictionary()


def _texts(retriever: Retriever) -> Iterator[tuple[Sequence[str], str]]:
    """Yield the passages, as many as are read, some at a time."""
    passages = retriever.morphemes.passages
    size = 0
    for start in range(0, passages, _READ_AT_ONCE):
        end = min(start + _READ_AT_ONCE, passages)
        for passage in retriever.store.passages(range(start, end)):
            yield passage.heading_path, passage.text
            size += len(passage.text)
        if size > MOST_CHARS_READ:
            return


def _tails(typed: str) -> list[str]:
    """Return what a term may stand for: the last words, the most of them first."""
    if typed != typed.rstrip():
        return []
    starts = [found.start() for found in re.finditer(r"\S+", typed)]
    return [typed[start:] for start in starts[-MOST_WORDS:]]


def _readings(tail: str) -> Iterator[str]:
    """Yield a text as typed, then as typed in the other mode of the keyboard."""
    yield tail
    if _LATIN.fullmatch(tail):
        yield to_hangul(tail)
    elif _SINGLE_LETTER_OR_LATIN.search(tail):
        latin = to_latin(tail)
        if _LATIN.fullmatch(latin):
            yield latin

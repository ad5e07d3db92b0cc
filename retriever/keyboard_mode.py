"""Words of a question typed in the wrong mode of the keyboard: eowjs for 대전, ㅜㅎㄴ for NGS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retriever.folding import fold
from retriever.keyboard import to_hangul, to_latin
from retriever.query_edit import NOUN_TAGS, PARTICLES, Edit, QueryReader
from retriever.word_list import WordList

# Four keys or more make two syllables; many English words make just one (dig is 얗).
_MIN_SYLLABLES = 2
_MIN_LATIN = 2
# Of the unknown Latin words of a text without Hangul, as many must make whole syllables for all
# of it to be Korean: its verbs and endings are not words that the corpus could vouch for.
_KOREAN_SHARE = 0.75

_HANGUL = re.compile(r"[가-힣]")
_SYLLABLES = re.compile(r"[가-힣]+")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_HANGUL_RUN = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+")
_SINGLE_LETTER = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]")


def keyboard_mode_edits(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    """Yield the words of ``text`` that the corpus knows only as typed in the other mode."""
    yield from _latin_meant(text, words, reader)
    yield from _hangul_meant(text, words, reader)


def _hangul_meant(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    typed = [m for m in _LATIN_WORD.finditer(text) if fold(m[0]) not in words]
    made = [(m, hangul) for m in typed if (hangul := _whole_syllables(m[0], words))]
    sure = [(m, hangul) for m, hangul in made if _is_corpus_word(hangul, words, reader)]
    all_korean = len(made) >= len(typed) * _KOREAN_SHARE and not _HANGUL.search(text)
    for match, hangul in made if sure and all_korean else sure:
        yield Edit(match.start(), match.end(), hangul)


def _whole_syllables(typed: str, words: WordList) -> str | None:
    """Return what the keys make in Hangul mode where no letter is left over, or None."""
    for end in range(len(typed) - 1, _MIN_LATIN - 1, -1):
        particle = to_hangul(typed[end:])
        if fold(typed[:end]) in words and PARTICLES.fullmatch(particle):
            return typed[:end] + particle
    # Nothing but capitals is the lock, not Shift.
    hangul = to_hangul(typed.lower() if typed.isupper() else typed)
    return hangul if _SYLLABLES.fullmatch(hangul) else None


def _is_corpus_word(hangul: str, words: WordList, reader: QueryReader) -> bool:
    """Tell whether the corpus holds all nouns of a word, and one of them is no single syllable."""
    if not _SYLLABLES.fullmatch(hangul):
        return False
    tokens = reader.tokens(hangul)
    nouns = [t.form for t in tokens if t.tag in NOUN_TAGS]
    return (
        all(t.known for t in tokens)
        and any(len(noun) >= _MIN_SYLLABLES for noun in nouns)
        and all(noun in words for noun in nouns)
    )


def _latin_meant(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    runs = [m.span() for m in _HANGUL_RUN.finditer(text) if _SINGLE_LETTER.search(m[0])]
    if runs or _HANGUL.search(text):
        runs += [
            (t.start, t.end)
            for t in reader.tokens(text)
            if t.tag in NOUN_TAGS and not t.known and _SYLLABLES.fullmatch(t.form)
        ]
    done = 0
    for start, end in sorted(runs):
        found = _latin_stem(text[start:end], words)
        if found and start >= done:
            stem, latin = found
            yield Edit(start, start + len(stem), latin)
            done = end


def _latin_stem(run: str, words: WordList) -> tuple[str, str] | None:
    """Return the start of ``run`` that spells a Latin word of the corpus, and that word.

    What is left over must be a particle.
    """
    for end in range(len(run), 0, -1):
        latin = fold(to_latin(run[:end]))
        if len(latin) >= _MIN_LATIN and latin in words and PARTICLES.fullmatch(run[end:]):
            return (run[:end], latin) if run[:end] not in words else None
    return None

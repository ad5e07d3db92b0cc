"""Spaces of a question that cut a word, and words of a question that lack their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retriever.query_edit import NOUN_TAGS, Edit, QueryReader, QueryToken
from retriever.word_list import WordList

# Only a piece as short as this is looked at as part of the word beside it.
_SHORT_PIECE = 2
_MIN_WORD = 2
# A piece as long as this may hold several words. Longer ones are compounds of reports or typed
# without spaces; over 400 encyclopaedia questions typed without any, hit@1 is .70, spaced .73.
_LONG_PIECE = 8

# First letters of Kiwi's tags: particles and endings; nouns, predicates and modifiers.
_CLOSING = "JE"
_OPENING = "NVM"

_PIECE = re.compile(r"(?<!\S)[가-힣]+")
_LONG_RUN = re.compile(rf"[가-힣]{{{_LONG_PIECE},}}")


def split_word_edits(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    """Yield the gaps that cut a word of the corpus: 바 이오."""
    done = 0
    for left, right in pairwise(_PIECE.finditer(text)):
        short = min(len(left[0]), len(right[0])) <= _SHORT_PIECE
        if left.start() < done or not short or text[left.end() : right.start()] != " ":
            continue
        if _heals(left[0], right[0], words, reader):
            yield Edit(left.start(), right.end(), left[0] + right[0])
            done = right.end()


def unspaced_edits(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    """Yield the long pieces that the analyser sets spaces into."""
    for match in _LONG_RUN.finditer(text):
        if _goes_on(reader.tokens(match[0])):
            spaced = reader.spaced(match[0])
            if spaced != match[0]:
                yield Edit(match.start(), match.end(), spaced)


def _goes_on(tokens: Sequence[QueryToken]) -> bool:
    """Tell whether another word follows a particle or an ending; it does not in a compound."""
    return any(
        last.tag[0] in _CLOSING and token.tag[0] in _OPENING for last, token in pairwise(tokens)
    )


def _heals(left: str, right: str, words: WordList, reader: QueryReader) -> bool:
    """Tell whether joining makes a word of the corpus over the gap and loses none on its sides.

    Two nouns that make the word (개 발) are left: their pair is a search term already.
    """
    if not _word_over_gap(left, right, words):
        return False
    joined = [t for t in _nouns(left + right, reader) if t.form in words]
    over_gap = [t.form for t in joined if t.start < len(left) < t.end]
    apart = _nouns(f"{left} {right}", reader)
    pairs = {a.form + b.form for a, b in pairwise(apart)}
    kept = {t.form for t in joined}
    return bool(over_gap and over_gap[0] not in pairs) and all(
        t.form in kept for t in apart if len(t.form) >= _MIN_WORD and t.form in words
    )


def _word_over_gap(left: str, right: str, words: WordList) -> bool:
    """Tell at a look-up's cost whether analysing is worth while."""
    return any(
        left[start:] + right[:end] in words
        for start in range(len(left))
        for end in range(1, len(right) + 1)
    )


def _nouns(text: str, reader: QueryReader) -> list[QueryToken]:
    return [t for t in reader.tokens(text) if t.tag in NOUN_TAGS]

"""A piece of text read for checking: its words with what they do, its figures, its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.answer.grounding.clause_spans import clause_spans
from api.answer.grounding.figure import Figure
from api.answer.grounding.negation import negated_tokens
from api.answer.grounding.numerals import NATIVE_NUMERALS
from api.answer.grounding.quantities import figure_text, find_figures
from api.answer.grounding.roles import SUBJECT, role_of
from api.answer.grounding.words import Word, words_of
from retriever.query_edit import QueryToken

_DEMONSTRATIVE = re.compile(
    r"(?<![가-힣])(?:(?:이|그|동|해당|이러한|그러한|이런|이는|그는|이를|그를|이에|여기|당시)(?=\s)"
    r"|(?:그녀|이들|그들|이것|그것|이곳|그곳)(?=[는을를의가이에은]))"
)
_FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")
_NO_CONDITION = ("따르", "의하", "보", "비하", "비교하", "정리하", "요약하", "종합하", "말하")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of text with what was found in it.

    Attributes:
        text: folded.
        squeezed: the same without spaces.
        words: in order.
        figures: in order.
        clauses: start and end of each clause.
        keys: of the words.
        numerals: start and end of numbers in words that no figure was read from.
        past: it says that something has happened.
        conditions: offsets behind 하면, 할 경우 and the like.
        has_subject: a particle marks a subject or a topic.
        refers_back: it speaks of what an earlier sentence named.
    """

    text: str
    squeezed: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    clauses: tuple[tuple[int, int], ...]
    keys: frozenset[str]
    numerals: tuple[tuple[int, int], ...]
    past: bool
    refers_back: bool
    has_subject: bool
    conditions: tuple[int, ...] = ()

    def clause_of(self, offset: int) -> int:
        """Return the number of the clause that an offset falls in."""
        for number, (_, end) in enumerate(self.clauses):
            if offset < end:
                return number
        return len(self.clauses) - 1


def without_footnotes(text: str) -> str:
    """Return a text without numbers in brackets, which are footnotes of documents."""
    return _SPACE.sub(" ", _FOOTNOTE_MARK.sub("", text)).strip()


def to_read(text: str) -> str:
    """Return a text as ``read`` and the analyser want it."""
    return figure_text(without_footnotes(text))


def read(text: str, tokens: Sequence[QueryToken]) -> Reading:
    """Read a text.

    Args:
        text: as ``to_read`` returns it.
        tokens: its morphemes.
    """
    clauses = clause_spans(text, tokens)
    words = tuple(words_of(text, tokens, clauses, negated_tokens(tokens)))
    figures = tuple(find_figures(text, tokens))
    return Reading(
        text=text,
        squeezed=_SPACE.sub("", text),
        words=words,
        figures=figures,
        clauses=clauses,
        keys=frozenset(word.key for word in words),
        numerals=tuple(_unread(tokens, figures)),
        past=any(t.tag == "EP" and t.form in ("었", "았", "였") for t in tokens),
        refers_back=bool(_DEMONSTRATIVE.search(text)),
        has_subject=any(role_of(token) == SUBJECT for token in tokens),
        conditions=tuple(_conditions(tokens)),
    )


def _conditions(tokens: Sequence[QueryToken]) -> Iterator[int]:
    """Yield where a condition ends; 따르면 and 비교하면 are none."""
    earlier = ["", *(token.form for token in tokens)]
    for noun, (before, token) in zip(earlier, pairwise(tokens), strict=False):
        stem = noun + before.form
        is_if = token.tag == "EC" and token.form.endswith("면")
        is_case = token.form == "경우" and before.tag == "ETM"
        if is_case or (is_if and not stem.endswith(_NO_CONDITION)):
            yield token.end


def _unread(tokens: Sequence[QueryToken], figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    for i, token in enumerate(tokens):
        counts = token.tag == "NR" or (token.tag == "MM" and token.form in NATIVE_NUMERALS)
        if counts and not any(f.start <= token.start < f.end for f in figures):
            last = i if token.tag == "NR" else min(i + 1, len(tokens) - 1)
            yield token.start, tokens[last].end

"""What a question denies, and the words that reports have for it: 안 쓰는 for 미활용.

A report denies with a prefix (미보유, 비정형, 불완전), a question with a word beside the verb
(안, 못, 지 않다, 없다, 아니다).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from retriever.query_edit import QueryToken
from retriever.term_kind import stem_term

# Reading the morphemes takes 0.3 ms, and most questions deny nothing.
_MAY_DENY = re.compile(r"안|못|않|없|아니|아닌")
_PREFIXES = "미비불무부탈"
# What may follow the noun in one word: 미활용자, 미분양률, 비정형적.
_SUFFIXES = ("", *"자률율군층성적화형품액분")
_NOUNS = frozenset({"NNG", "NNP", "XR"})
_STEMS = frozenset({"VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"})
_MAKES_VERBS = frozenset({"XSV", "XSA"})
# 사용 안 하는, 등록 안 된: what is denied is the noun before.
_LIGHT_STEMS = frozenset({"하", "되", "시키"})
_BEFORE = frozenset({"안", "못"})
_BEHIND = frozenset({"않", "못하", "아니하"})
_LACKS = frozenset({("없", "VA"), ("없이", "MAG"), ("아니", "VCN")})
_ADVERB, _AUXILIARY = "MAG", "VX"
_BETWEEN_VERBS = frozenset({"EC", "EP", "VX", "JX"})
_BEHIND_NOUNS = frozenset({"JKS", "JKC", "JKO", "JX", "XSN"})
_WORD_END = re.compile(r"[가-힣A-Za-z0-9]*")
_LEAST_CHARS = 3


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that a question denies.

    Attributes:
        term: as the analyser writes it.
        end: where the denying words end in the question.
    """

    term: str
    end: int


def may_deny(text: str) -> bool:
    """Tell at little cost whether a text may deny anything."""
    return _MAY_DENY.search(text) is not None


def denials(text: str, tokens: Sequence[QueryToken]) -> list[Denial]:
    """Return what a question denies, each word once.

    Args:
        text: the question.
        tokens: its morphemes in order.
    """
    found: dict[str, Denial] = {}
    for i, token in enumerate(tokens):
        last = i
        denied = None
        if token.tag == _ADVERB and token.form in _BEFORE:
            denied, last = _predicate_behind(tokens, i), min(i + 1, len(tokens) - 1)
        elif token.tag == _AUXILIARY and token.form in _BEHIND:
            denied = _predicate_before(tokens[:i])
        elif (token.form, token.tag) in _LACKS:
            denied = _noun_before(tokens[:i])
        if denied:
            end = _WORD_END.match(text, tokens[last].end)
            found.setdefault(denied, Denial(denied, end.end() if end else tokens[last].end))
    return list(found.values())


def negative_words(nouns: Iterable[str]) -> Iterator[str]:
    """Yield the words that may deny one of ``nouns``: 미활용, 미활용자, ... for 활용."""
    for noun, prefix, suffix in product(nouns, _PREFIXES, _SUFFIXES):
        yield f"{prefix}{noun}{suffix}"


def denied_noun(word: str) -> str:
    """Return what a word denies (보유 of 미보유), or nothing."""
    return word[1:] if len(word) >= _LEAST_CHARS and word[0] in _PREFIXES else ""


def _predicate_behind(tokens: Sequence[QueryToken], at: int) -> str | None:
    behind = next(iter(tokens[at + 1 :]), None)
    if behind is None or behind.tag not in _STEMS | _NOUNS:
        return None
    return _noun_before(tokens[:at]) if behind.form in _LIGHT_STEMS else _term(behind)


def _predicate_before(tokens: Sequence[QueryToken]) -> str | None:
    """Return the predicate before 지 않다: of 쓰고 있지 않은, 정해지지 않은, 활용하지 못하는."""
    rest = _without(tokens, _BETWEEN_VERBS)
    if not rest:
        return None
    if rest[-1].tag in _MAKES_VERBS or rest[-1].form in _LIGHT_STEMS:
        return _noun_before(rest[:-1])
    return _term(rest[-1]) if rest[-1].tag in _STEMS else None


def _noun_before(tokens: Sequence[QueryToken]) -> str | None:
    rest = _without(tokens, _BEHIND_NOUNS)
    return _term(rest[-1]) if rest and rest[-1].tag in _NOUNS else None


def _without(tokens: Sequence[QueryToken], tags: frozenset[str]) -> Sequence[QueryToken]:
    """Return ``tokens`` without those of ``tags`` at the end."""
    count = len(tokens)
    while count and tokens[count - 1].tag in tags:
        count -= 1
    return tokens[:count]


def _term(token: QueryToken) -> str:
    form = token.form.lower()
    return stem_term(form) if token.tag in _STEMS else form

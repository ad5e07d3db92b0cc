"""Nouns that stand together, as search terms: each word, two in a row, whole compounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Protocol

from retriever.term_kind import stem_term

# Two words together are a term already.
_PAIR = 2

_NOUNS = frozenset({"NNG", "NNP", "XR", "SL", "SH", "W_SERIAL"})
_AFFIXES = frozenset({"XPN", "XSN"})
_SUFFIXES = frozenset({"XSN", "SN"})
_LATIN_JOINERS = frozenset("&-+./_")

# Generations (5G) and resolutions (4K), in lower case: names, and no measures.
NUMBERED = re.compile(r"[1-9][gk]")

# Words that stand in every report and every question, and so tell nothing apart.
_STOP_NOUNS = (
    "것 수 등 때 바 점 중 내 외 및 더 년 월 일 거 데 뿐 만 때문 정도 가운데 경우"
    " 무엇 어디 언제 누구 뭐 얼마 어느"
)
_STOP_STEMS = (
    "통하 대하 위하 따르 의하 관하 하 되 있 없 이 같 않 보 그렇 이렇 어떻 어떠 알리 알 말하"
)
STOP_TERMS = frozenset(_STOP_NOUNS.split()) | set(map(stem_term, _STOP_STEMS.split()))


class Token(Protocol):
    """What is used of a Kiwi token."""

    form: str
    tag: str
    start: int
    len: int


def noun_runs(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield nouns that stand together, over at most one space."""
    run: list[Token] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        if run and not _continues(text, run[-1], token):
            yield run
            run = []
        if token.tag in _NOUNS or token.tag in _AFFIXES or (run and _joins(token)):
            run.append(token)
        elif run and token.tag == "SN" and token.start == run[-1].start + run[-1].len:
            run.append(token)  # 코로나19, glp-1: a number that belongs to the name before it
        else:
            if run:
                yield run
            # 5g: or to the letter behind it.
            run = [token] if following and _is_glued(token, following) else []
    if run:
        yield run


def _is_glued(number: Token, letter: Token) -> bool:
    touches = letter.start == number.start + number.len
    return touches and bool(NUMBERED.fullmatch(f"{number.form}{letter.form}".lower()))


def _joins(token: Token) -> bool:
    return token.form in _LATIN_JOINERS


def _continues(text: str, last: Token, token: Token) -> bool:
    gap = text[last.start + last.len : token.start]
    return gap == "" or (gap == " " and not _joins(last) and not _joins(token))


def run_terms(run: list[Token]) -> Iterator[str]:
    """Yield the search terms of a run of nouns, those of its parts among them."""
    words = _words(run)
    for word, parts in words:
        if parts != [word]:
            yield from (part for part in parts if part not in STOP_TERMS)
        if word not in STOP_TERMS:
            yield word
    for (left, _), (right, _) in pairwise(words):
        if left not in STOP_TERMS and right not in STOP_TERMS:
            yield left + right
    yield from _long_compounds(run)


def _long_compounds(run: list[Token]) -> Iterator[str]:
    """Yield what is written together from three or more words: 알파+폴+드 → 알파폴드."""
    together: list[Token] = []
    for token in [*run, None]:
        if token and (not together or token.start == together[-1].start + together[-1].len):
            together.append(token)
            continue
        if len(_words(together)) > _PAIR:
            yield "".join(part.form for part in together)
        together = [token] if token else []


def _words(run: list[Token]) -> list[tuple[str, list[str]]]:
    """Join affixes and Latin pieces into words: 대+기업 → 대기업, r+&+d → r&d.

    Each word comes with the parts that are worth finding by themselves.
    """
    words: list[tuple[str, list[str]]] = []
    open_join = False
    end = -1
    for token in run:
        touches = token.start == end
        end = token.start + token.len
        if touches and words and words[-1][0].isdecimal():
            words[-1] = (words[-1][0] + token.form, [])
        elif words and touches and (open_join or token.tag in _SUFFIXES or _joins(token)):
            word, parts = words[-1]
            words[-1] = (word + token.form, parts)
            if not _joins(token) and token.tag not in _SUFFIXES:
                parts.append(token.form)
        elif not _joins(token):
            words.append((token.form, [] if token.tag == "XPN" else [token.form]))
        open_join = token.tag == "XPN" or _joins(token)
    return [(word.rstrip("&-+./_"), parts) for word, parts in words]

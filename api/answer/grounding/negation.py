"""Which words a sentence says are not so."""

from __future__ import annotations

from collections.abc import Sequence

from api.answer.grounding.tags import NOUN_TAGS, VERB_TAGS
from retriever.query_edit import QueryToken

_MAKES_VERB = frozenset({"XSV", "XSA", "XSV-I", "XSA-I"})
_NEGATING = frozenset({"않", "못하", "말"})
_NEGATING_PREFIXES = frozenset({"불", "비", "미", "무"})
_NEGATING_ADVERBS = frozenset({"안", "못"})
# 할 수 없다: so many tokens at most between 수 and 없.
_CANNOT_GAP = 2


def negated_tokens(tokens: Sequence[QueryToken]) -> frozenset[int]:
    """Return the places of tokens that are said not to be so."""
    found = set()
    for i, token in enumerate(tokens):
        if token.tag.startswith("VX") and token.form in _NEGATING:
            found.update(_stem_before(tokens, i))
        elif token.tag == "VCN":
            found.update((i, *_noun_before(tokens, i)))
        elif token.tag == "XPN" and token.form in _NEGATING_PREFIXES:
            found.add(i + 1)
        elif token.tag == "MAG" and token.form in _NEGATING_ADVERBS:
            split = i > 0 and tokens[i - 1].form == "지"  # 하지 못 + 하다
            found.update(_stem_before(tokens, i) if split else _stem_behind(tokens, i))
        elif token.form == "없" and _is_cannot(tokens, i):
            found.update(_stem_before(tokens, i))
    return frozenset(found)


def _is_cannot(tokens: Sequence[QueryToken], at: int) -> bool:
    return any(t.form == "수" and t.tag == "NNB" for t in tokens[max(0, at - _CANNOT_GAP) : at])


def _makes_verb(tokens: Sequence[QueryToken], at: int) -> bool:
    """Tell whether a token makes a verb of the noun before it; the analyser is of two minds."""
    if at == 0 or tokens[at].tag in _MAKES_VERB:
        return at > 0
    before = tokens[at - 1]
    touches = before.tag in NOUN_TAGS and before.end == tokens[at].start
    return touches and tokens[at].tag in VERB_TAGS and tokens[at].form in ("하", "되")


def _stem_before(tokens: Sequence[QueryToken], at: int) -> list[int]:
    for i in range(at - 1, max(-1, at - 6), -1):
        if _makes_verb(tokens, i):
            return [i - 2] if i > 1 and tokens[i - 1].tag == "XSN" else [i - 1]  # 가속 + 화 + 되다
        if tokens[i].tag in VERB_TAGS:
            return [i]
    return []


def _noun_before(tokens: Sequence[QueryToken], at: int) -> list[int]:
    for i in range(at - 1, max(-1, at - 4), -1):
        if tokens[i].tag in NOUN_TAGS or tokens[i].tag == "NNB":
            return [i]
    return []


def _stem_behind(tokens: Sequence[QueryToken], at: int) -> list[int]:
    for i in range(at + 1, min(len(tokens), at + 4)):
        if _makes_verb(tokens, i):
            return [i - 1]
        if tokens[i].tag in VERB_TAGS:
            return [i]
    return []

"""What the nouns of a sentence do in it, told by the particles behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.grounding.tags import NOUN_TAGS
from retriever.query_edit import QueryToken

SUBJECT, TOPIC = "subject", "topic"
_THAN, _BY, _OBJECT, _TO = "than", "by", "object", "to"
_SUBJECT_PARTICLES = frozenset({"이", "가", "은", "는", "께서", "도", "란", "ᆫ", "이란"})
_TOPIC_PARTICLES = frozenset({"은", "는", "도", "ᆫ"})
# What goes on with a phrase: of, and, endings, signs and numerals.
_GOES_ON = frozenset(
    ["JKG", "JC", "XSN", "XPN", "SP", "SW", "SN", "NNB", "SSO", "SSC", "SO", "MM", "NR", "W_SERIAL"]
)
# What may stand between two nouns of one compound.
_WITHIN_COMPOUND = frozenset({"XSN", "SSC", "JKG"})
# 한국의 경우: what is spoken of, without a particle of its own.
_CASE = "경우"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a noun stands.

    Attributes:
        role: ``subject``, ``topic``, ``object``, ``than``, ``by``, ``to``, or empty.
        phrase: number of its phrase.
        head: no noun of the phrase stands behind it that it only goes with.
    """

    role: str
    phrase: int
    head: bool


def places_of(tokens: Sequence[QueryToken]) -> dict[int, Place]:
    """Return what every noun does, told by the particle behind its phrase."""
    found: dict[int, Place] = {}
    phrase: list[int] = []
    number = 0
    for i, token in enumerate(tokens):
        if token.form == _CASE and i and tokens[i - 1].tag == "JKG":
            role = TOPIC
        elif token.tag in NOUN_TAGS:
            phrase.append(i)
            continue
        elif token.tag in _GOES_ON:
            continue
        else:
            role = _role_at(tokens, i)
        for place in phrase:
            found[place] = Place(role, number, _is_head(tokens, place))
        phrase, number = [], number + 1
    for place in phrase:
        found[place] = Place("", number, _is_head(tokens, place))
    return found


def _role_at(tokens: Sequence[QueryToken], at: int) -> str:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    marked = following is not None and following.tag == "JX" and following.form in _TOPIC_PARTICLES
    return TOPIC if tokens[at].tag == "JKB" and marked else role_of(tokens[at])


def _is_head(tokens: Sequence[QueryToken], at: int) -> bool:
    for following in tokens[at + 1 :]:
        if following.tag in NOUN_TAGS:
            return following.form == _CASE
        if following.tag not in _WITHIN_COMPOUND:
            return True
    return True


def role_of(token: QueryToken) -> str:
    """Return what a particle says of the phrase before it, or nothing."""
    if token.tag == "JKS" or (token.tag == "JX" and token.form in _SUBJECT_PARTICLES):
        return SUBJECT
    if token.tag == "JKO":
        return _OBJECT
    if token.tag == "JKB":
        return {"보다": _THAN, "에": _TO, "에게": _TO, "에서": _BY}.get(token.form, "")
    return ""

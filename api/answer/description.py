"""What a clause of a question describes instead of naming it: 바둑을 둔 프로그램을 만든 회사."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from api.answer.question_parts import ASKING
from retriever.analysis import KoreanAnalyzer
from retriever.query_edit import QueryToken

_TOPIC_FORMS = frozenset({"은", "는", "ᆫ"})
_ENDINGS = frozenset({"ETM", "ETN", "EC", "EF"})
_ADNOMINAL = "ETM"
_ADVERBS = frozenset({"MAG", "SP"})
_COUNTED = frozenset({"NNB", "NNG", "NR", "SN"})
_PREDICATE = frozenset({"VCP", "EC", "EF"})
_BEFORE_NOUNS = frozenset({"JK", "JX", "ET"})


@dataclass(frozen=True, slots=True)
class Description:
    """What a clause describes.

    Attributes:
        text: the words that describe it, without their particle.
        rest: what the clause asks of it.
    """

    text: str
    rest: str


def description_in(clause: str, analyzer: KoreanAnalyzer) -> Description | None:
    """Return what a clause that asks describes with a clause of its own, or None.

    It is the first topic, subject or object that belongs to the asking clause itself: behind it
    what is asked comes before any verb. One that is itself asked for (``…을 인수한 해는 언제``)
    is found by what describes it as it is.
    """
    tokens = analyzer.tokens(clause)
    for place, token in enumerate(tokens):
        behind = tokens[place + 1 :]
        if _marks(token) and _asks_before_verb(behind):
            text = clause[: token.start].strip()
            if not _is_described(tokens[:place]) or _is_asked(behind):
                return None
            named = analyzer.is_name(text.split()[-1])
            return None if named else Description(text, clause[token.end :].strip())
    return None


def _marks(token: QueryToken) -> bool:
    return token.tag in {"JKS", "JKO"} or (token.tag == "JX" and token.form in _TOPIC_FORMS)


def _asks_before_verb(behind: Sequence[QueryToken]) -> bool:
    before_verb = takewhile(lambda token: token.tag not in _ENDINGS, behind)
    return any(token.form in ASKING for token in before_verb)


def _is_described(before: Sequence[QueryToken]) -> bool:
    """Tell whether a verb stands right before the last noun phrase."""
    tags = (token.tag for token in reversed(before))
    return next((tag for tag in tags if tag[:2] in _BEFORE_NOUNS), "") == _ADNOMINAL


def _is_asked(behind: Sequence[QueryToken]) -> bool:
    """Tell whether no more is asked than what the topic is: 모두 얼마이고, 몇 건이며."""
    words = [token for token in behind if token.tag not in _ADVERBS]
    if not words or words[0].form not in ASKING:
        return False
    counted = words[0].form == "몇"
    rest = [t for t in words[1:] if not (counted and t.tag in _COUNTED)]
    return bool(rest) and rest[0].tag in _PREDICATE

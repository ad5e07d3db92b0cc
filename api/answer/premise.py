"""What a question takes for granted and the documents say otherwise: only dates, and only surely.

"2020년에 상장한 신테카바이오는 …" presupposes a year. Where the sentence that fits best speaks of
the same name and the same event, and of one other year alone, the documents contradict it.
Anything less plain is left to the refusal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.answer.years import years_in
from retriever.folding import fold
from retriever.word_roles import WordRoles

# A year, then at most this much, then the event as something that has happened.
_EVENT = r"(?:(?:19|20)\d{2}|['’]\d{2})\s?년(?:\s?\d{1,2}월)?(?:에|도에)?\s(?:\S+\s){0,2}?"
_HAPPENED = r"\s?(?:을|를)?\s?(?:한|된|했|됐|되|하게|하|받은|받)"


@dataclass(frozen=True, slots=True)
class WrongYear:
    """A year that a question presupposes, and the one that the documents give.

    Attributes:
        presupposed, stated: the years.
    """

    presupposed: int
    stated: int


def wrong_year(question: str, roles: WordRoles, sentence: str) -> WrongYear | None:
    """Return the year that ``sentence`` corrects in ``question``, or None.

    Args:
        question: in the user's words.
        roles: its names and predicates.
        sentence: the words of a document, with the nearest heading before them.
    """
    presupposed, stated = years_in(question), years_in(sentence)
    if len(presupposed) != 1 or len(stated) != 1 or presupposed == stated:
        return None
    said, asked = fold(sentence), fold(question)
    events = [
        event
        for event in roles.predicates
        if event in said and re.search(_EVENT + re.escape(event) + _HAPPENED, asked)
    ]
    if not events or not roles.names or not all(name in said for name in roles.names):
        return None
    return WrongYear(min(presupposed), min(stated))

"""Particular facts a question may ask for, and the words with which documents speak of them.

A question on the price, the staff or the founder of something is answered only where the text
speaks of prices, staff or founders, however well the rest of the question fits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from api.answer.fact_kinds import ATTRIBUTES, Attribute

# "… 출시된 해에 …": what happened in the year that is meant is not what is asked.
_YEAR_MEANT = re.compile(r"^.*[가-힣](?:된|한|던|난|은) (?:해|연도)에\s")
# Who holds a post, asked by its name; 시장 is a market too, unless its name is asked for.
_POST = (
    r"(?:회장|의장|이사장|원장|총장|처장|청장|장관|차관|총리|대통령|국장|단장|소장|센터장|교장|총재"
    r"|구청장|도지사|협회장|학회장|편집장|감독)"
)
_ASKED_BY_NAME = r"님?[은는이가의]?\s?(?:(?:현재|지금)\s)?(?:이름|성함|누구|누가|누군|누굽)"
_ASKED_POST = re.compile(
    rf"(?P<post>{_POST}|시장){_ASKED_BY_NAME}|(?P<alone>{_POST})(?:은|는|이|가)?\s?\??$"
)

_STATESMAN = "|지도자|수상|주석|취임|당선|선출|통치"


def attributes_in(question: str) -> tuple[Attribute, ...]:
    """Return the kinds of fact that a question names."""
    asked = _YEAR_MEANT.sub("", question)
    named = tuple(attribute for attribute in ATTRIBUTES if attribute.asked.search(asked))
    post = _ASKED_POST.search(asked)
    return (*named, _holder_of(post["post"] or post["alone"])) if post else named


@lru_cache
def _holder_of(post: str) -> Attribute:
    """Return what tells who holds a post: its name, and not a building named after it."""
    others = _STATESMAN if post in {"대통령", "총리"} else ""
    return Attribute(re.compile(post), re.compile(rf"{post}(?![실배]|\s?(?:규모|점유율)){others}"))

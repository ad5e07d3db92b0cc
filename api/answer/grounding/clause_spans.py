"""Where the clauses of a sentence begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retriever.query_edit import QueryToken

_CLAUSE_ENDINGS = frozenset(
    {
        "고",
        "며",
        "으며",
        "지만",
        "으나",
        "나",
        "는데",
        "ᆫ데",
        "은데",
        "면서",
        "으면서",
        "아",
        "어",
        "여",
    }
)
_NEEDS_COMMA = frozenset({"고", "나", "아", "어", "여", "는데", "ᆫ데", "은데", "면서", "으면서"})
# 이고 and 했고 end a clause without a comma too.
_ENDS_WHOLE = frozenset({"VCP", "EP"})
# What goes on so is a clause, whatever the one before ends with.
_SAYS_BACK = re.compile(r",(?=\s?(?:이는|이것은|그것은)\s)")


def clause_spans(text: str, tokens: Sequence[QueryToken]) -> tuple[tuple[int, int], ...]:
    """Return start and end of every clause; at least one.

    Args:
        text: as it was analysed.
        tokens: its morphemes.
    """
    cuts = []
    for before, token, following in zip(tokens, tokens[1:], tokens[2:], strict=False):
        ends = token.tag == "EC" and token.form in _CLAUSE_ENDINGS
        whole = token.form == "고" and before.tag in _ENDS_WHOLE
        if ends and (following.form == "," or whole or token.form not in _NEEDS_COMMA):
            cuts.append(following.end if following.form == "," else token.end)
        elif token.tag == "ETN" and following.form == ",":
            cuts.append(following.end)
        elif token.tag == "SF" and following.tag != "SF":
            cuts.append(token.end)
    cuts += [match.end() for match in _SAYS_BACK.finditer(text)]
    places = [0, *sorted(set(cuts)), len(text)]
    return tuple((start, end) for start, end in pairwise(places) if start < end) or ((0, 0),)

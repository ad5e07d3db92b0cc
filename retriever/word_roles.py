"""Which words of a question name something, and which say what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retriever.noun_runs import NUMBERED
from retriever.query_edit import QueryToken

_PROPER_NOUN, _FOREIGN = "NNP", "SL"
_VERBAL_NOUNS = frozenset({"NNG", "XR"})
_MAKES_VERBS = frozenset({"XSV", "XSA"})
# A single letter or syllable may be anything.
_MIN_CHARS = 2


@dataclass(frozen=True, slots=True)
class WordRoles:
    """Words of a question, in lower case and reading order.

    Attributes:
        names: proper nouns, and words in Latin letters that are not all small: ``theme`` in a
            Korean question is a foreign word for something ordinary. ``5G`` is one too.
        predicates: nouns that a verb is made of: 상장 of 상장했나요.
    """

    names: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()


def word_roles(tokens: Sequence[QueryToken]) -> WordRoles:
    """Return the roles of a question's morphemes."""
    names = [
        t.form.lower()
        for t in tokens
        if len(t.form) >= _MIN_CHARS
        and (t.tag == _PROPER_NOUN or (t.tag == _FOREIGN and not t.form.islower()))
    ]
    glued = (f"{a.form}{b.form}".lower() for a, b in pairwise(tokens) if a.end == b.start)
    names.extend(word for word in glued if NUMBERED.fullmatch(word))
    predicates = (
        noun.form.lower()
        for noun, ending in pairwise(tokens)
        if noun.tag in _VERBAL_NOUNS and ending.tag in _MAKES_VERBS
    )
    return WordRoles(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(predicates)))

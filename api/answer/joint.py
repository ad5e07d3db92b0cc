"""The word that joins two things: 와, 랑, 하고."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retriever.query_edit import QueryToken

AND = frozenset({"와", "과", "이랑", "랑", "하고"})

# In speech they may stand behind either name: A랑 B랑 뭐가 달라?
_BEHIND_BOTH = (frozenset({"이랑", "랑"}), frozenset({"하고"}))
_NAME_TAGS = ("N", "SL", "SN", "XPN", "XSN")


def joints_of(tokens: Sequence[QueryToken]) -> list[QueryToken]:
    """Return the words that join two things: 와, 랑, 하고.

    Where there is none, the analyser may have taken 투자금하고 for a verb, or 바이오랑 for a name.
    """
    found = [t for t in tokens if t.form in AND and t.tag in {"JC", "JKB"}]
    return found or [t for pair in pairwise(tokens) for t in _hidden(*pair)]


def _hidden(token: QueryToken, after: QueryToken) -> list[QueryToken]:
    if (token.form, token.tag, after.form, after.tag) == ("하", "XSV", "고", "EC"):
        return [QueryToken("하고", "JC", token.start, after.end, known=True)]
    if token.tag in {"NNG", "NNP"} and not token.known and token.form.endswith("랑"):
        return [QueryToken("랑", "JC", token.end - 1, token.end, known=True)]
    return []


def only_joint(tokens: Sequence[QueryToken], question: str) -> QueryToken | None:
    """Return the one word that joins two things: 와 of ``A와 B``, not that of ``A와 함께``."""
    joints = [t for t in joints_of(tokens) if question[t.end : t.end + 1] == " "]
    listed = [t for t in joints if t.tag == "JC"]
    found = joints if len(joints) == 1 else listed
    return found[0] if len(found) == 1 else None


def with_one_joint(question: str, tokens: Sequence[QueryToken]) -> tuple[str, Sequence[QueryToken]]:
    """Return ``A랑 B 뭐가 달라`` for ``A랑 B랑 뭐가 달라``, with its morphemes; others as given."""
    joints = joints_of(tokens)
    if len(joints) != len(_BEHIND_BOTH):
        return question, tokens
    first, second = joints
    alike = any({first.form, second.form} <= forms for forms in _BEHIND_BOTH)
    between = [t for t in tokens if first.end <= t.start and t.end <= second.start]
    named = bool(between) and all(t.tag.startswith(_NAME_TAGS) for t in between)
    if not (alike and named and question[second.end : second.end + 1] == " "):
        return question, tokens
    gone = second.end - second.start
    left = [t for t in tokens if t.end <= second.start or t.start >= second.end]
    moved = [
        replace(t, start=t.start - gone, end=t.end - gone) if t.start >= second.end else t
        for t in left
    ]
    return question[: second.start] + question[second.end :], moved

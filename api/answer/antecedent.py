"""What an earlier part of the conversation offers to a question that points back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.ellipsis import Gap, gap_of, subjects, without_ties
from api.answer.marker import SPACED_MARKER
from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer

# A long question carried over whole would drown the follow-up.
_MAX_PHRASES = 8
# So many names of the last answer may be meant by a pointer.
_MAX_NAMES = 2
# A question that asks which one is answered by a name, and that name is spoken of next.
_ASKS_WHICH = re.compile(r"무엇|무슨|뭐|뭘|뭔|어떤|어느|어디|누구|누가|이름")
_LABEL = re.compile(r"^\([^)]{1,20}\)\s*")
_CIRCLED = re.compile(r"[①-⑳]")
_BULLET = re.compile(r"^(?:[-·•*○□]|\d+[.)])\s*")
_LISTED = re.compile(r"[가-힣A-Za-z0-9]\s?(?:,|와 |과 |및 )")
_COMMAS = re.compile(r"\s*(?:,| 및 |(?<=[가-힣A-Za-z0-9])[와과] (?=\S))\s*")
_PREDICATE_TAIL = re.compile(r"(?:은|는|이|가|을|를|에|입니다|이다|임|등).*$")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What the conversation was about when the question came.

    Attributes:
        question: the last question of the user, as it was asked.
        phrases: what it spoke of, completed from the questions before where it pointed back.
        answer: the last answer, without its markers; may be empty.
        names: what the answer named, where the question asked which one.
        items: what the answer listed, in order; empty where it listed nothing.
    """

    question: str
    phrases: tuple[str, ...]
    answer: str
    names: tuple[str, ...]
    items: tuple[str, ...]


def antecedent(history: Sequence[Turn], analyzer: KoreanAnalyzer) -> Antecedent | None:
    """Return what the user last asked about, or None before the first question."""
    asked, answer, phrases = "", "", list[str]()
    for turn in history:
        if turn.role == "user" and turn.content.strip():
            asked, answer = turn.content.strip(), ""
            phrases = _carried(phrases, asked, analyzer)
        elif turn.role == "assistant":
            answer = SPACED_MARKER.sub("", turn.content).strip()
    if not asked:
        return None
    named = _names(answer, phrases, analyzer) if _ASKS_WHICH.search(asked) else []
    return Antecedent(asked, tuple(phrases), answer, tuple(named), tuple(items_of(answer)))


def _carried(before: Sequence[str], asked: str, analyzer: KoreanAnalyzer) -> list[str]:
    """Return what is spoken of after one more question."""
    rest = without_ties(asked)
    own = subjects(rest.text, analyzer)
    if rest.breaks_off or gap_of(rest.text, analyzer) is Gap.POSSIBLE:
        return own[:_MAX_PHRASES]
    return list(dict.fromkeys([*before, *own]))[-_MAX_PHRASES:]


def _names(answer: str, known: Sequence[str], analyzer: KoreanAnalyzer) -> list[str]:
    first = answer.split("\n", 1)[0]
    spoken = " ".join(known)
    found = (p for p in subjects(first, analyzer) if p not in spoken and analyzer.is_name(p))
    return [name for name in found if not name[0].isdigit()][:_MAX_NAMES]


def items_of(answer: str) -> list[str]:
    """Return what an answer lists: its lines, its circled numbers, or what commas part."""
    lines = [
        _LABEL.sub("", _BULLET.sub("", line)).strip()
        for line in answer.splitlines()
        if line.strip()
    ]
    if len(lines) > 1:
        return lines
    line = lines[0] if lines else ""
    if len(_CIRCLED.findall(line)) > 1:
        parts = _CIRCLED.split(line)[1:]
        return [_PREDICATE_TAIL.sub("", part).strip(" ,.") for part in parts]
    if not _LISTED.search(line):
        return []
    return _enumerated(line)


def _enumerated(line: str) -> list[str]:
    """Return the words of ``A, B와 C가 있습니다`` without what stands before and behind them."""
    parts = [part for part in _COMMAS.split(line) if part]
    head = re.split(r"(?:은|는|에는|으로는|로는|이|가)\s", parts[0])[-1]
    tail = re.split(r"(?:은|는|이|가|을|를|에|의|로|등|입니다|이다)(?:\s|$|[.])", parts[-1])[0]
    return [head.strip(), *(p.strip() for p in parts[1:-1]), tail.removesuffix("입니다.").strip()]

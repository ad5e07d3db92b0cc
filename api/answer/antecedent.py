"""What an earlier part of the conversation offers to a question that points back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.ellipsis import Gap, gap_of, subjects, without_ties
from api.answer.marker import SPACED_MARKER
from api.answer.records import Turn
from api.answer.small_talk import kind_of
from retriever.analysis import KoreanAnalyzer

# A long question carried over whole would drown the follow-up.
_MAX_PHRASES = 8
# So many names of the last answer may be meant by a pointer.
_MAX_NAMES = 2
# 입니다 and the like: an answer that has no more besides its names only names.
_MOST_AROUND_NAMES = 12
# An answer as short as this need not repeat what it is about.
_SHORT_ANSWER = 40
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
        only_named: the answer is hardly more than those names.
    """

    question: str
    phrases: tuple[str, ...]
    answer: str
    names: tuple[str, ...]
    items: tuple[str, ...]
    only_named: bool = False

    @property
    def whole_question(self) -> str:
        """The last question with what it spoke of."""
        carried = [phrase for phrase in self.phrases if phrase not in self.question]
        return " ".join([*carried, self.question])


def antecedent(history: Sequence[Turn], analyzer: KoreanAnalyzer) -> Antecedent | None:
    """Return what the user last asked about, or None before the first question."""
    last: Antecedent | None = None
    for asked, answer in _exchanges(history):
        phrases = _carried(last, asked, answer, analyzer)
        items = items_of(answer)
        asks_which = _ASKS_WHICH.search(asked) and len(items) <= _MAX_NAMES
        named = _names(answer, phrases, analyzer) if asks_which else []
        last = Antecedent(
            asked,
            tuple(phrases),
            answer,
            tuple(named),
            tuple(items),
            only_named=bool(named) and len(answer) <= len(" ".join(named)) + _MOST_AROUND_NAMES,
        )
    return last


def _exchanges(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """Return the questions to the documents with their answers, without markers; may be empty."""
    found: list[tuple[str, str]] = []
    heeded = False
    for turn in history:
        if turn.role == "user" and turn.content.strip():
            heeded = kind_of(turn.content, talking=bool(found)) is None
            if heeded:
                found.append((turn.content.strip(), ""))
        elif turn.role == "assistant" and found and heeded:
            found[-1] = (found[-1][0], SPACED_MARKER.sub("", turn.content).strip())
    return found


def _carried(
    last: Antecedent | None, asked: str, answer: str, analyzer: KoreanAnalyzer
) -> list[str]:
    """Return what is spoken of after one more question."""
    rest = without_ties(asked)
    own = subjects(rest.text, analyzer)
    if last is None or rest.breaks_off:
        return own[:_MAX_PHRASES]
    if gap_of(rest.text, analyzer) is Gap.POSSIBLE and not _goes_on(last, own, answer, analyzer):
        return own[:_MAX_PHRASES]
    return list(dict.fromkeys([*last.phrases, *last.names, *own]))[-_MAX_PHRASES:]


def _goes_on(last: Antecedent, own: Sequence[str], answer: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a question that names little of its own was understood as a follow-up.

    Its answer then speaks of what was spoken of before, or is too short to show it.
    """
    if len(own) > 1 or any(analyzer.is_name(phrase) for phrase in own):
        return False
    words = [word for phrase in (*last.phrases, *last.names) for word in phrase.split()]
    return len(answer) <= _SHORT_ANSWER or any(word in answer for word in words)


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

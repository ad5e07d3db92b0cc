"""What an earlier part of the conversation offers to a question that points back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.aspect import YEAR, is_aspect
from api.answer.ellipsis import Gap, gap_of, only_subject, subjects, without_ties
from api.answer.listed import items_of
from api.answer.marker import SPACED_MARKER
from api.answer.records import Turn
from api.answer.small_talk import kind_of
from api.answer.substitution import substituted
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
_WHICH = "어느|무슨|어떤|뭔"
_ASKS_NAME = re.compile(r"(?:이름|명칭)(?:이|은|을)?(?:요)?\s?(?:뭐|뭔|무엇|알려|좀|\?|$)")
_NAME = re.compile(r"(?:^|\s)(?:이름|명칭)$")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What the conversation was about when the question came.

    Attributes:
        question: the last question of the user, as it was asked; where it only named another
            thing (애플은?), the question before asked of that.
        phrases: what it spoke of, completed from the questions before where it pointed back.
        answer: the last answer, without its markers; may be empty.
        names: what the answer named, where the question asked which one.
        items: what the answer listed, in order; empty where it listed nothing.
        only_named: the answer is hardly more than those names.
        others: what the question before was about, where this one only named another thing.
    """

    question: str
    phrases: tuple[str, ...]
    answer: str
    names: tuple[str, ...]
    items: tuple[str, ...]
    only_named: bool = False
    others: tuple[str, ...] = ()

    @property
    def whole_question(self) -> str:
        """The last question with what it spoke of."""
        carried = [phrase for phrase in self.phrases if phrase not in self.question]
        return " ".join([*carried, self.question])


def antecedent(history: Sequence[Turn], analyzer: KoreanAnalyzer) -> Antecedent | None:
    """Return what the user last asked about, or None before the first question."""
    return next(iter(antecedents(history, analyzer)[-1:]), None)


def antecedents(history: Sequence[Turn], analyzer: KoreanAnalyzer) -> list[Antecedent]:
    """Return what the user asked about at each question to the documents, oldest first."""
    found: list[Antecedent] = []
    for asked, answer in _exchanges(history):
        last = found[-1] if found else None
        other = _of_another(last, asked, analyzer) if last else None
        phrases = other[1] if other else _carried(last, asked, answer, analyzer)
        items = items_of(answer)
        asks_which = _ASKS_WHICH.search(asked) and len(items) <= _MAX_NAMES
        named = _names(answer, phrases, analyzer) if asks_which else []
        only_named = bool(named) and len(answer) <= len(" ".join(named)) + _MOST_AROUND_NAMES
        question = other[0] if other else asked
        others = [p for p in last.phrases if p not in phrases] if last and other else []
        found.append(
            Antecedent(
                question,
                tuple(phrases),
                answer,
                tuple(named),
                tuple(items),
                only_named,
                tuple(others),
            )
        )
    return found


def _of_another(
    last: Antecedent, asked: str, analyzer: KoreanAnalyzer
) -> tuple[str, list[str]] | None:
    """Return the last question asked of what this one only names, and what it then speaks of."""
    other = only_subject(without_ties(asked).text)
    whole = substituted(other, last.question, analyzer) if other else None
    if whole is None:
        return None
    carried = [phrase for phrase in last.phrases if phrase not in last.question]
    return whole, [*carried, *spoken_of(whole, analyzer)][-_MAX_PHRASES:]


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
    own = spoken_of(rest.text, analyzer)
    if last is None or rest.breaks_off:
        return (own or subjects(rest.text, analyzer))[:_MAX_PHRASES]
    gap = gap_of(rest.text, analyzer)
    if gap is Gap.POSSIBLE and not _goes_on(last, own, answer, analyzer):
        return own[:_MAX_PHRASES]
    names = last.names if gap is Gap.POINTER or last.only_named else ()
    dated = any(map(YEAR.fullmatch, own))
    kept = [p for p in last.phrases if not (_gives_way(p) or (dated and YEAR.fullmatch(p)))]
    return list(dict.fromkeys([*(kept or last.phrases), *names, *own]))[-_MAX_PHRASES:]


def _gives_way(phrase: str) -> bool:
    """Tell whether a phrase is only an aspect, which another question leaves behind."""
    return is_aspect(phrase) and not YEAR.fullmatch(phrase)


def spoken_of(question: str, analyzer: KoreanAnalyzer) -> list[str]:
    """Return what a question speaks of, without what it asks for: 어느 나라, 사업 이름."""
    own = subjects(question, analyzer)
    found = [_NAME.sub("", p) for p in own] if _ASKS_NAME.search(question) else own
    return [p for p in found if p and not re.search(rf"(?:{_WHICH})\s{re.escape(p)}", question)]


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

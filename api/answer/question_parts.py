"""A question that asks several things, taken apart into one question for each.

- clauses that both ask: ``A는 몇 명이고, B는 어디인가요?``;
- things of which each is asked about: ``A와 B는 각각 얼마인가요?``, ``A와, B를 알려 주세요``;
- things that are compared: ``A와 B의 비율 비교``, ``A와 B 중 어디가 더 높나요?``.

What only the first part says (of what, of whom) is given to a later part that leaves it out. Where
it is not plain what the parts are, the question stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.antecedent import antecedent
from api.answer.comparison import second_end, sides_of
from api.answer.ellipsis import subjects
from api.answer.follow_up import rewrite
from api.answer.framing import without_last_wish
from api.answer.joint import AND, joints_of
from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer
from retriever.folding import whole_characters
from retriever.particles import refit
from retriever.query_edit import QueryToken

# Of more parts the first ones are answered: what is longer is rather a story than a question.
MOST_PARTS = 3
ASKING = frozenset(
    [
        *("몇", "얼마", "얼마나", "언제", "며칠", "어디", "누구", "무엇", "뭐", "뭣"),
        *("무슨", "어떤", "어느", "어떻게", "어떻", "왜", "까닭", "이유"),
    ]
)
_ASKS_AT_END = re.compile(r"[은는]요\s*\??$")
_JOINING = frozenset({"고", "며", "으며"})
_LIGHT_VERBS = frozenset({"두", "가지", "갖"})
_WHETHER = frozenset({"는지", "은지", "ᆫ지", "을지", "ᆯ지"})
_TOPIC_OR_OBJECT = frozenset({"은", "는", "을", "를"})
_EACH = re.compile(r"각각|나란히|하나씩|비교|견[주줘]|어떻게\s?다[르른]|[뭐무]\S{0,3}\s?다[르른]")
_EACH_WORD = re.compile(r"(?:각각|나란히|하나씩)\s?")
_TIE = re.compile(r"^(?:[와과]\s+)?(?:(?:그리고|또한?|또는|아울러|한편)\s+)?")
_POINTS_BACK = re.compile(r"^(?:그|이|저|거기|여기)(?:\s|서|에)")
# A later clause that speaks of no more things than these leaves out what it is about.
_FEW = 2
_SEVERAL = 2
# From here on both share what is said: 청년과 신혼부부에게 주는 지원.
_OF_BOTH = re.compile(r"(?<=[가-힣])(?:에게|한테|께|에서)\s.+$")
# 두 보고서를 모두 보고 답해 주세요.
_BEHIND_QUESTION = re.compile(r"(?<=\?)\s*[^?]+$")


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One of the questions.

    Attributes:
        words: as it was asked: they tell what kind of answer is wanted.
        query: the same with what it leaves out: this is searched for.
        side: what it asks about, where that is compared with another.
    """

    words: str
    query: str
    side: str = ""


def parts_of(question: str, analyzer: KoreanAnalyzer) -> tuple[QuestionPart, ...]:
    """Return the questions that ``question`` asks one after another; none where it asks one."""
    question = without_last_wish(whole_characters(question))
    tokens = analyzer.tokens(question)
    clauses = _clauses(question, tokens)
    if len(clauses) < _SEVERAL:
        sides = sides_of(question, tokens)
        compared = tuple(QuestionPart(s.words, s.query, s.name) for s in sides)
        return compared or _things(question, tokens, analyzer)
    # Of each of two things several are asked: A와 B는 각각 언제 …고 무엇인가요?
    each = _things(question, tokens, analyzer) if _EACH_WORD.search(clauses[0]) else ()
    return each or _completed(clauses[:MOST_PARTS], analyzer)


def _clauses(question: str, tokens: Sequence[QueryToken]) -> list[str]:
    """Cut behind each ending that joins two clauses of which both ask."""
    asking = [token.start for token in tokens if token.form in ASKING]
    if _ASKS_AT_END.search(question):
        asking.append(len(question))
    cuts = [0]
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        asks_before = any(cuts[-1] <= start < token.start for start in asking)
        asks_behind = any(start >= token.end for start in asking)
        if asks_before and asks_behind and _joins(before, token, after):
            cuts.append(token.end)
    behind = _BEHIND_QUESTION.search(question)
    end = behind.start() if behind and all(start < behind.start() for start in asking) else None
    pieces = [question[a:b].strip(" ,") for a, b in zip(cuts, [*cuts[1:], end], strict=True)]
    return [_TIE.sub("", piece) for piece in pieces if piece]


def _joins(before: QueryToken, token: QueryToken, after: QueryToken) -> bool:
    """Tell whether an ending joins two clauses: 이고, 되며; not 쓰고 있다, 쓰는지를, 를 두고."""
    if token.tag != "EC" or before.form in _LIGHT_VERBS:
        return False
    if token.form in _WHETHER:
        return after.form == "," or (after.form in AND and after.start == token.end)
    return token.form in _JOINING and after.tag != "VX"


def _completed(clauses: Sequence[str], analyzer: KoreanAnalyzer) -> tuple[QuestionPart, ...]:
    """Give later clauses what only the first one names."""
    first, *later = clauses
    history = [Turn("user", first), Turn("assistant", "")]
    before = antecedent(history, analyzer)
    parts = [QuestionPart(first, first)]
    for clause in later:
        query = rewrite(clause, history, analyzer)
        own = subjects(clause, analyzer)
        few = len(own) <= _FEW and not any(_is_name(phrase, analyzer) for phrase in own)
        if before and query == clause and (few or _POINTS_BACK.match(clause)):
            query = " ".join([*before.phrases, clause])
        parts.append(QuestionPart(clause, query))
    return tuple(parts)


def _is_name(phrase: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a phrase names something; the analyser takes 문 and 차 for names as well."""
    return len(phrase) > 1 and analyzer.is_name(phrase)


def _things(
    question: str, tokens: Sequence[QueryToken], analyzer: KoreanAnalyzer
) -> tuple[QuestionPart, ...]:
    """Take ``A와 B는 각각 …`` apart where it is plain what A and B are."""
    joints = joints_of(tokens)
    # Before a comma the analyser may take 과 for the noun.
    apart = [t for t in tokens if t.form in AND and question[t.end :].startswith(",")]
    each = _EACH.search(question)
    if len(apart) == 1:
        joint, mark = apart[0], _last_mark(tokens, len(question), apart[0].end)
    elif each and len(joints) == 1 and joints[0].start < each.start():
        joint, mark = joints[0], second_end(question, tokens, joints[0], each.start())
    else:
        return ()
    first, second = question[: joint.start].strip(), question[joint.end : mark].strip(" ,")
    if not first or not second:
        return ()
    if not apart:
        first, second = _sharing(first, second)
    rest = _EACH_WORD.sub("", question[mark:])
    asked = refit(first, rest), refit(second, rest)
    return _completed(asked, analyzer) if apart else tuple(QuestionPart(a, a) for a in asked)


def _last_mark(tokens: Sequence[QueryToken], end: int, start: int) -> int:
    """Return where the second of two phrases ends: at the last topic or object particle."""
    marks = [
        t.start
        for t in tokens
        if t.start >= start and t.tag in {"JX", "JKO"} and t.form in _TOPIC_OR_OBJECT
    ]
    return marks[-1] if marks else end


def _sharing(first: str, second: str) -> tuple[str, str]:
    """Give both what stands once: ``시장의 2020년 규모와 전망치``, ``제조업과 금융업의 비중``."""
    words, own = first.split(), second.split()
    shared = words[: max(len(words) - len(own), 0)]
    of_both = _OF_BOTH.search(second)
    if of_both is not None and not _OF_BOTH.search(first):
        return first + of_both[0], " ".join([*shared, *own])
    aspect = f"의 {second.rsplit('의 ', 1)[1]}" if "의 " in second and "의 " not in first else ""
    return first + aspect, " ".join([*shared, *own])

"""What was spoken of, put into a question that leaves it out, so that it reads as one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.aspect import TIMES, YEAR, is_aspect
from api.answer.ellipsis import aspect_first, later_pointer, subjects
from api.answer.entity_agreement import PLACES
from retriever.analysis import KoreanAnalyzer
from retriever.particles import refit, with_particle

_HOME = frozenset({"우리나라", "국내", "한국"})
# Stands for the particle that fits what follows: 거기 매출은, 거기 참여하나요?
_PLACE = "에?"
# A pronoun with the particle that has grown into it; what follows is a particle of its own.
_PRONOUNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), particle)
    for pattern, particle in (
        (
            r"[그이저](?:것|거|게)\s?(?:중|가운데)(?:에서?|에선|에는)?|[그이]\s?(?:중|가운데)(?:에서?|에선|에는)?",
            "중",
        ),
        (r"[그이저]건|거긴|여긴", "은/는"),
        (r"[그이저]게", "이/가"),
        (r"[그이저]걸로", "으로/로"),
        (r"[그이저]걸", "을/를"),
        (r"(?:거기|여기)(?=서)", "에"),
        (r"(?:거기|여기)(?=\s)", _PLACE),
        (r"그쪽", " 쪽"),
        (r"거기|여기|[그이저](?:것|거|곳)", ""),
    )
)
# 그 회사: the noun stays, where it says more than the name that takes the place of 그.
_POINTING = re.compile(r"^(?:그|이|저|해당)\s+(?=[가-힣A-Za-z])")
_OF_ANY_NAME = re.compile(
    r"^(?:회사|기업|업체|기관|단체|나라|사람|곳|데)(?=$|[\s은는이가을를의도만에])"
)
BOTH = re.compile(r"^둘\s(?:다|중)")
# When, where, who and how many are asked of a thing, and not of the aspect asked about before.
_ASKS_OF_THING = re.compile(r"언제|어디|누가|누구|몇\s")
# What says when, how or in what respect is no subject.
_NO_SUBJECT = re.compile(
    r"^\S*(?:로|에|에서|지금|원래|요즘|아직|여태|지금까지)(?:는|은)?(?:요)?(?:\s|\?|$)"
)


def spliced(topics: Sequence[str], rest: str, analyzer: KoreanAnalyzer) -> str:
    """Put what was spoken of into a question.

    It takes the place of the pronoun that points at it. Where there is none, it becomes what an
    aspect belongs to (알파폴드 비용은?), the topic (알파폴드는 언제 나왔어?), or where the
    question has a topic of its own, the field (확산전략에서 기술군은 몇 개야?).

    Args:
        topics: noun phrases; may be empty.
        rest: the question.
        analyzer: finds the question's own topic.
    """
    kept = _kept(topics, rest, analyzer)
    if not kept:
        return rest
    if BOTH.match(rest):
        return f"{', '.join(kept[-2:])} {rest}"
    joined = _joined(kept)
    replaced = _in_place(joined, rest, later_pointer(rest) or 0, analyzer)
    if replaced is not None:
        return replaced
    pointing = _POINTING.match(rest)
    if pointing is not None:
        return _with_noun(joined, rest[pointing.end() :], analyzer)
    if aspect_first(rest, analyzer):
        return f"{joined} {rest}"
    return f"{_marked(joined, rest, analyzer)} {rest}"


def _kept(topics: Sequence[str], rest: str, analyzer: KoreanAnalyzer) -> list[str]:
    """Leave out what is no thing, and an aspect where something else is asked for now."""
    things = [t for t in topics if t not in TIMES and not t.endswith("적")] or list(topics)
    if not aspect_first(rest, analyzer) and not _ASKS_OF_THING.search(rest):
        return things
    return [t for t in things if YEAR.fullmatch(t) or not is_aspect(t)] or things


def _with_noun(joined: str, noun: str, analyzer: KoreanAnalyzer) -> str:
    """Put what 그 회사 points at in the place of 그, and of the noun where it says no more."""
    last = joined.rsplit(maxsplit=1)[-1]
    any_name = _OF_ANY_NAME.match(noun)
    if any_name is not None and analyzer.is_name(last):
        return refit(joined, noun[any_name.end() :])
    return refit(joined, noun[len(last) :]) if noun.startswith(last) else f"{joined} {noun}"


def concerning(topics: Sequence[str], rest: str) -> str:
    """Put what was spoken of before a question for more of it."""
    return f"{_joined(topics)}에 관해 {rest}" if topics else rest


def _joined(topics: Sequence[str]) -> str:
    """Return phrases as one: when, then where, then what, and nothing twice."""
    kept = [
        topic
        for n, topic in enumerate(topics)
        if topic not in topics[:n] and not any(topic in o and topic != o for o in topics)
    ]
    return " ".join(sorted(kept, key=_order))


def _order(topic: str) -> int:
    if YEAR.fullmatch(topic):
        return 0
    return 1 if topic in _HOME or topic in PLACES else 2


def _in_place(joined: str, rest: str, start: int, analyzer: KoreanAnalyzer) -> str | None:
    before, pointed = rest[:start], rest[start:]
    for pronoun, particle in _PRONOUNS:
        match = pronoun.match(pointed)
        if match is None:
            continue
        behind = pointed[match.end() :]
        if particle == "중":
            return f"{before}{joined} 중{behind}"
        if particle == _PLACE:
            own = subjects(behind, analyzer)
            of_it = bool(own) and behind.strip().startswith(own[0])
            return f"{before}{joined}{'' if of_it else '에'}{behind}"
        if "/" in particle:
            return f"{before}{with_particle(joined, particle)}{behind}"
        return f"{before}{refit(joined, behind) if not particle else f'{joined}{particle}{behind}'}"
    return None


def _marked(joined: str, rest: str, analyzer: KoreanAnalyzer) -> str:
    own_topic = any(t.tag == "JX" and t.form in {"은", "는"} for t in analyzer.tokens(rest))
    if own_topic and not _NO_SUBJECT.match(rest):
        return f"{joined}에서"
    return with_particle(joined, "은/는")

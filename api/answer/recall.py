"""What a question means that points back beyond the last turn: 아까 말한 인프라, 앞서 나온 회사."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from api.answer.antecedent import Antecedent, spoken_of
from api.answer.ellipsis import subjects
from retriever.analysis import KoreanAnalyzer
from retriever.particles import refit

_SAYING = (
    r"(?:말(?:한|했던|하신|씀하신)|(?:얘기|이야기|언급|설명|소개|대답|답)(?:한|했던|하신|해\s?준)"
    r"|언급된|나온|나왔던|물(?:은|었던)|물어(?:본|봤던)|알려\s?(?:준|주신)|본|봤던|들은)"
)
_RECALLS = re.compile(
    r"(?:^|(?<=\s))(?:아까|방금|앞서|앞에서|위에서|이전에|전에|좀\s전에|조금\s전에?|처음에|맨\s처음에?)\s"
    rf"(?:(?:제|내|네|니|당신)가\s|너가\s)?(?:{_SAYING}|그|했던)\s(?=[가-힣A-Za-z0-9])"
)
# So many of the phrases of an earlier question say what it was about.
_MOST_TOPICS = 2


@dataclass(frozen=True, slots=True)
class Recalled:
    """A question that points back, completed.

    Attributes:
        question: with the words that were pointed at, and what they belong to.
        asked: without what they belong to.
        before: the exchange that is meant.
    """

    question: str
    asked: str
    before: Antecedent


def recalled(
    rest: str, exchanges: Sequence[Antecedent], analyzer: KoreanAnalyzer
) -> Recalled | None:
    """Complete a question that names again what was spoken of earlier, or return None.

    Args:
        rest: the question.
        exchanges: what the conversation was about at each of its questions, oldest first.
        analyzer: finds the noun that is pointed at.
    """
    match = _RECALLS.search(rest)
    if match is None:
        return None
    behind = rest[match.end() :]
    phrase = next((p for p in analyzer.phrases(behind) if behind.startswith(p)), "")
    # 사업 예산: what was spoken of may be the 사업 alone.
    nouns = [phrase[:end] for end in (len(phrase), phrase.find(" ")) if end > 0]
    for noun, before in product(nouns, reversed(exchanges)):
        full = _fuller(noun.removesuffix("들"), before, analyzer)
        if full is not None:
            asked = rest[: match.start()] + refit(full, behind[len(noun) :])
            return Recalled(_of_topic(asked, full, before), asked, before)
    return None


def recalls(rest: str) -> bool:
    """Tell whether a question says that it points at something said earlier."""
    return bool(_RECALLS.search(rest))


def _fuller(noun: str, before: Antecedent, analyzer: KoreanAnalyzer) -> str | None:
    """Return the longest phrase of an exchange that ends with a noun: 인프라, 신형 인프라."""
    spoken = [*subjects(before.answer, analyzer), *spoken_of(before.question, analyzer)]
    found = [phrase for phrase in spoken if phrase.endswith(noun)]
    if found:
        return max(found, key=len)
    return noun if noun in f"{before.question} {before.answer}" else None


def _of_topic(asked: str, full: str, before: Antecedent) -> str:
    """Put what an exchange was about before a question that names a thing of it."""
    topics = [p for p in before.phrases if p not in asked and full not in p and p not in full]
    return " ".join([*topics[:_MOST_TOPICS], asked])

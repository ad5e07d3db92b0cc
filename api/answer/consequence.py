"""The cause that stands before what follows from it, and the other way round.

``회사가 극소수임. 따라서 지원이 필요함`` tells in its first sentence why support is needed, and
speaks of support in its second; ``검증이 지역에서 됨. 그 결과 우위를 얻음`` tells what checking
nearby is good for in its second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.selection import Candidate
from api.answer.sentence_before import before
from ingest.records import Sentence
from retriever.answer_kind import AnswerKind

_FOLLOWS_FROM = re.compile(
    r"^(?:따라서|그러므로|그래서|그렇기에|이에 따라|이에|이 때문에|이로써|이로 인해|이를 통해"
    r"|그 결과|그 덕분에|그 덕에)[\s,]"
)
_EXPLAINS = re.compile(
    r"^(?:이는|이것은|그 이유는|그 까닭은|그 배경에는)\s.*(?:때문|탓|덕분|까닭|이유|영향|결과)"
)
_ASKS_WHAT_FOLLOWS = re.compile(
    r"효과|이득|이점|장점|무슨\s?득|득을|득이|결과|영향|도움|달라[지졌질]|변화|바뀌|바뀐|나아[지졌질]"
    r"|(?:뭐가|무엇이|뭘|무슨\s?점이)\s?(?:더\s)?좋|어떻게\s?(?:되|돼|됐|된)|어떤 일이|무슨 일이"
)


def with_its_cause(
    question: str, kind: AnswerKind, chosen: Sequence[Candidate], ranked: Sequence[Candidate]
) -> list[Candidate]:
    """Return ``chosen`` with the cause of the best one, or what follows from it, where asked for.

    Args:
        question: in the user's words.
        kind: what it asks for.
        chosen: what is to be said, the likeliest first, not empty.
        ranked: all that may be quoted.
    """
    best = chosen[0]
    before_best = _cause(best) if kind is AnswerKind.REASON else None
    behind_best = _following(best)
    if behind_best is not None and not _is_meant(question, kind, behind_best):
        behind_best = None
    in_order = [_quotable(before_best, best, ranked), best, _quotable(behind_best, best, ranked)]
    told = [c for c in in_order if c is not None]
    return [*told, *(c for c in chosen[1:] if c not in told)]


def _is_meant(question: str, kind: AnswerKind, behind: Sentence) -> bool:
    """Tell whether the sentence behind the best one tells why, or what follows, as is asked."""
    if kind is AnswerKind.REASON:
        return _EXPLAINS.match(behind.text) is not None
    asks = _ASKS_WHAT_FOLLOWS.search(question)
    return asks is not None and _FOLLOWS_FROM.match(behind.text) is not None


def _cause(best: Candidate) -> Sentence | None:
    return before(best) if _FOLLOWS_FROM.match(best.sentence.text) else None


def _following(best: Candidate) -> Sentence | None:
    sentences = best.passage.sentences
    return next(iter(sentences[sentences.index(best.sentence) + 1 :]), None)


def _quotable(
    sentence: Sentence | None, best: Candidate, ranked: Sequence[Candidate]
) -> Candidate | None:
    beside = (c for c in ranked if c.passage.id == best.passage.id)
    return next((c for c in beside if c.sentence == sentence), None)

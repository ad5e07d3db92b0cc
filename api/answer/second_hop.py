"""The second hop: what a question describes is found first, and asked about by its name.

``이세돌과 바둑을 둔 프로그램을 만든 회사는 언제 팔렸나요?`` describes a company. The documents
say in one place which one played, and in another, where nobody plays, when it was sold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from api.answer.description import description_in
from api.answer.selection import Candidate, rank
from retriever.analysis import KoreanAnalyzer
from retriever.answer_kind import AnswerKind, answer_kind
from retriever.hit import SearchResult

Search = Callable[[str], SearchResult]

# What is described counts as found in a sentence of this chance; .1 does as well, .4 loses one.
_FOUND = 0.25
# So many names of that sentence are searched for; a third one is seldom its own.
_MOST_NAMES = 2
# What is found by name counts so much beside what is found by the description. Of 143 questions of
# several things over reports (`tune`) 12 describe what they ask about so that it is found: 127 are
# right with .7 to .9, 126 with .5, 122 without the second hop.
_BY_NAME = 0.7
_QUOTED = re.compile(r"[‘'“\"「](?P<name>[^’'”\"」]{2,20})[’'”\"」]")
_LATIN = re.compile(r"(?P<name>[A-Za-z][A-Za-z&.-]{2,}(?:\s[A-Z][A-Za-z&.-]+)?)")
_NAME_TAG = "NNP"
_LABEL = re.compile(r"^\((?P<label>[^()]{2,24})\)")


@dataclass(frozen=True, slots=True)
class Described:
    """What a clause describes, as the documents call it.

    Attributes:
        names: its name and others of the sentence that tells it.
        rest: what the clause asks of it.
    """

    names: tuple[str, ...]
    rest: str


def resolve_description(
    question: str, clause: str, analyzer: KoreanAnalyzer, search: Search
) -> Described | None:
    """Return what ``clause`` describes, or None where it names it or nothing is found.

    Args:
        question: the whole question: what it says itself is no news.
        clause: its first clause.
        analyzer: of the index that is asked.
        search: asked once, where the clause describes anything.
    """
    description = description_in(clause, analyzer)
    if description is None:
        return None
    ranked = rank(description.text, search(description.text), AnswerKind.OTHER)
    if not ranked or ranked[0].score < _FOUND:
        return None
    names = _names(ranked[0].sentence.text, question, analyzer)
    return Described(names, description.rest) if names else None


def by_name(
    described: Described, words: str, ranked: Sequence[Candidate], search: Search
) -> tuple[tuple[Candidate, ...], SearchResult]:
    """Return candidates for ``words``, those found by the description and those found by name.

    Args:
        described: what the words are about.
        words: what is asked of it.
        ranked: found without its name.
        search: asked once.

    Returns:
        All of them, the likeliest first, and what was found by name.
    """
    result = search(" ".join([*described.names, words]))
    named = rank(words, result, answer_kind(words))
    scores = {c.place: (1 - _BY_NAME) * c.score for c in ranked}
    for candidate in named:
        scores[candidate.place] = scores.get(candidate.place, 0.0) + _BY_NAME * candidate.score
    found = {c.place: c for c in (*named, *ranked)}
    both = (replace(found[place], score=score) for place, score in scores.items())
    return tuple(sorted(both, key=lambda c: -c.score)), result


def _names(text: str, question: str, analyzer: KoreanAnalyzer) -> tuple[str, ...]:
    """Return what a sentence names that the question does not.

    Its label first, then what the analyser takes for names, which need not be listed ones, the
    longest first as they say most; then quoted and foreign ones.
    """
    label = _LABEL.match(text)
    listed = {token.form for token in analyzer.tokens(text) if token.tag == _NAME_TAG}
    found = [
        *([label["label"]] if label else []),
        *sorted((name for name in listed if len(name) > 1), key=lambda n: (-len(n), text.find(n))),
        *(match["name"] for pattern in (_QUOTED, _LATIN) for match in pattern.finditer(text)),
    ]
    named: list[str] = []
    for name in found:
        if name not in question and not any(name in own or own in name for own in named):
            named.append(name)
    return tuple(named[:_MOST_NAMES])

"""What a question counts and the documents count otherwise: 5대 원천기술 where they say 7대.

Only the same noun behind the same counter counts, and only where no sentence that was found has
the question's number: a wrong correction is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.answer.asked_count import NUMERAL, value_of
from api.answer.selection import Candidate
from api.answer.spoken import SpokenSentence
from retriever.folding import fold
from retriever.hit import SearchResult
from retriever.particles import with_particle
from retriever.term_kind import is_word

_COUNT = rf"(?<![가-힣\d.,+])(?<!제\s){NUMERAL}\s?(?P<counter>대|가지|개)(?:의\s|\s?)"
_PARTICLE = (
    r"(?:으로는|으로|에서는|에는|에서|에게|이란|이라는|은|는|이|가|을|를|의|에|로|도|만|과|와|란"
    r"|인가요|인가|이야|예요|이에요|입니까)"
)
_ASKED = re.compile(
    rf"{_COUNT}(?P<thing>[가-힣A-Za-z]{{2,}}?(?:\s[가-힣A-Za-z]{{2,}}?){{0,2}}?)"
    rf"(?={_PARTICLE}(?![가-힣])|[\s?,.]*$)"
)
# What is set between number and noun, and counts for itself: 4대 분야별 핵심기술.
_BETWEEN = r"(?P<between>(?:(?!\S*[별의와과을를은는이가로](?:\s|$))[가-힣A-Za-z·]+\s){0,2}?)"
_BEHIND = rf"(?={_PARTICLE}(?![가-힣])|[’'”」』):,.;]|\s?\(|$|이며|임|이고)"
_ONE_OF_THEM = re.compile(r"\s?(?:중|가운데)\s")
# Sentences in which another number is looked for.
_LOOKED_AT = 10
# A noun this short needs other words of the question beside it to be known for the same.
_SHORT = 2


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A number of things that a question presupposes, and the one that the documents give.

    Attributes:
        presupposed: the number with its counter, as the question writes it: 5대.
        stated: the same with what is counted, as the document writes it: 7대 핵심 원천기술.
        candidate: the sentence that states it.
        mended: the question with the number of the documents.
    """

    presupposed: str
    stated: str
    candidate: Candidate
    mended: str


def wrong_count(
    question: str, ranked: Sequence[Candidate], result: SearchResult
) -> WrongCount | None:
    """Return the number that the documents correct in a question, or None.

    Args:
        question: in the user's words.
        ranked: sentences that may be quoted, the likeliest answer first.
        result: of the search.
    """
    asked = _ASKED.search(question)
    if asked is None or _ONE_OF_THEM.match(question, asked.end()):
        return None
    found = [
        (candidate, match)
        for candidate in ranked[:_LOOKED_AT]
        for match in _counts_of(asked, candidate.sentence.text)
        if _is_about(asked, candidate, result)
    ]
    if not found or len({value_of(match) for _, match in found}) != 1:
        return None
    candidate, match = found[0]
    if value_of(match) == value_of(asked) or _stands_somewhere(asked, result):
        return None
    start, end = asked.start("number"), asked.end("counter")
    number = match[0][: match.end("counter") - match.start()]
    return WrongCount(
        presupposed=question[start:end],
        stated=match[0].strip(),
        candidate=candidate,
        mended=f"{question[:start]}{number}{question[end:]}",
    )


def corrected(wrong: WrongCount) -> SpokenSentence:
    """Return the sentence that tells the number of the documents."""
    said = with_particle(wrong.stated, "으로/로")
    text = f"문서에는 {with_particle(wrong.presupposed, '이/가')} 아니라 {said} 나와 있습니다."
    return SpokenSentence("", (wrong.candidate,), opening=text)


def _counts_of(asked: re.Match[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a text counts the same thing with the same counter."""
    noun = r"\s?".join(map(re.escape, re.sub(r"\s", "", asked["thing"])))
    found = re.finditer(f"{_COUNT}{_BETWEEN}{noun}{_BEHIND}", text)
    yield from (match for match in found if match["counter"] == asked["counter"])


def _stands_somewhere(asked: re.Match[str], result: SearchResult) -> bool:
    """Tell whether anything that was found has the question's own number for it."""
    return any(
        value_of(match) == value_of(asked)
        for hit in result.hits
        for match in _counts_of(asked, " ".join(hit.passage.text.split()))
    )


def _is_about(asked: re.Match[str], candidate: Candidate, result: SearchResult) -> bool:
    """Tell whether a sentence and what stands above it have all else that the question names."""
    thing = fold(re.sub(r"\s", "", asked["thing"]))
    named = [term for term in result.terms if term not in thing and is_word(term)]
    held = candidate.match.terms | candidate.match.context_terms
    known = frozenset(result.explained_terms)
    if not all(term in held or term in known for term in named):
        return False
    return len(thing) > _SHORT or bool(named)

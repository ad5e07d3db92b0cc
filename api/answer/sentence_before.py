"""What a sentence takes from the one before it: what it points back at, and whom it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.selection import Candidate
from api.answer.wording import without_connective
from ingest.endings import is_predicate
from ingest.records import BlockKind, Sentence
from retriever.folding import fold
from retriever.hit import SearchResult
from retriever.term_kind import is_stem

# What cannot be understood, or not fully, without the sentence before: 이는, 이를, 그 결과, 그때.
_POINTS_BACK = re.compile(
    r"^(?:이는|이를|이로써|이로 인해|이들|이것은|이것이|그 결과"
    r"|(?:그때|이때|그 당시|그해)\S{0,3})[\s,]"
)
# 이 글, which is the report itself, needs none.
_POINTS_AT_NOUN = re.compile(
    r"^(?!이 글[의은을에])(?:이|그|이들|그들|해당|이러한|그러한|이런|그런|이 같은|이와 같은)"
    r"\s(?P<words>.+)",
    re.DOTALL,
)
_PARTICLE = re.compile(
    r"(?:들)?(?:에서는|에서도|에서|에게는|에게|에는|에도|으로는|으로|로는|로|까지|부터"
    r"|은|는|이|가|을|를|의|에|와|과|도|만)$"
)
# So many words at most belong to what is pointed at: 이러한 정밀 분석 기반 기술에.
_POINTED_WORDS = 4
# What is pointed at stands no further off than this.
_LOOKED_BACK = 3
_MIN_NOUN = 2
_BLANK_LINE = re.compile(r"\n\s*\n")
# One word at the start of a sentence, or whose thing it is: 토모큐브는, 신테카바이오의 사업 영역은.
_TOPIC = re.compile(
    r"^(?P<name>[《「『‘“]?[가-힣A-Za-z][^\s,:]+)"
    r"(?:의 (?P<what>(?:[가-힣A-Za-z]+ ){0,2}[가-힣A-Za-z]+))?(?:은|는)\s"
)
_WHEN = re.compile(r"^(?:현재|최근|오늘날|지금|원래|당시)\s")
# What is no thing of its own, or is told of something that was named before.
_NO_THING = re.compile(
    r"(?:것|때|경우|이들|그들|여기|거기|이것|그것|현재|앞으로|우리|처음|만년|호적상|전자|후자|뜻|또|혹)$"
    r"|(?:에|에서|에선|에게|까지|부터|으로|로서|만)$"
)
# What a thing has, rather than a thing of its own.
_PROPERTY = re.compile(
    r"(?:이름|명칭|본명|별명|영역|분야|사업|목표|목적|매출|규모|시기|특징|강점|장점|단점|역할|기능|본사|직원"
    r"|인구|면적|제품|서비스|전략|방향|내용|핵심|성격|구조|역사|위치|높이|길이|무게|가격|비용|수도|주제|임기"
    r"|행정구역|성적|기록|대표작|출신지|고향|국적|직업|아버지|어머니|구장)$"
)
_SUBJECT = re.compile(r"(?P<word>[^\s,]+?)(?:은|는|이|가|도|께서|\s?또한|\s?역시)(?=\s|,|$)")
_OTHER_TOPIC = re.compile(r"(?P<word>[^\s,]+?)(?:은|는)(?=\s|,)")
# Words with the same last syllable that describe what follows: 높은 지역, 있는 기업.
_DESCRIBES = re.compile(
    r"(?:(?<![가-힣])(?:높|낮|많|적|같|작|좋|넓|깊)|하|되|있|없|받|얻|갖추|이루|위하|통하|않|나오|이르|시키|또|혹)$"
)
_CLAUSE_END = re.compile(
    r"(?:(?:하|으|이|였|었|았|했)며|지만|는데|하여|되어|(?:하|되|이|았|었|였)고(?! 있))[,\s]"
)
# A shorter sentence is the number of a reference or a name.
_MIN_SAID = 12


def before(candidate: Candidate) -> Sentence | None:
    """Return the sentence that stands before one in reading order under the same heading."""
    sentences = candidate.passage.sentences
    place = sentences.index(candidate.sentence)
    if place == 0:
        return None
    found, path = sentences[place - 1], candidate.sentence.path
    is_parent = path[-1:] == (found.text,)
    return found if is_parent or found.path[: len(path)] == path else None


def follows(candidate: Candidate, told: Candidate | None) -> bool:
    """Tell whether ``told`` is the sentence that stands right before ``candidate``."""
    if told is None or told.passage.id != candidate.passage.id:
        return False
    return told.sentence == before(candidate)


def pointed_at(
    candidate: Candidate,
    ranked: Sequence[Candidate],
    result: SearchResult,
    told: Sequence[Candidate] = (),
) -> Candidate | None:
    """Return the sentence before one that says 이 부담 or 이는, where that is what it means.

    Args:
        candidate: the sentence to be said.
        ranked: all that may be quoted.
        result: of the search.
        told: what is said anyway; empty for the best, before which nothing is.

    Returns:
        The nearest sentence before it, or the bullet above it, that says the noun again; where
        none does, the one right before it if that is said anyway, or for the best the nearest
        that speaks of something in the question.
    """
    text = candidate.sentence.text
    plain = without_connective(text)
    if not _points_back(text) and not _points_back(plain):
        return None
    noun = _noun_pointed_at(plain)
    quotable = {c.sentence.start: c for c in ranked if c.passage.id == candidate.passage.id}
    found = [quotable[s.start] for s in _above(candidate) if s.start in quotable]
    again = (c for c in found if noun and _says(c.sentence.text, noun))
    others = [c for c in found[:1] if c in told] if told else found
    asked = (c for c in others if told or _is_asked_about(c, result))
    return next(again, None) or next(asked, None)


def _above(candidate: Candidate) -> list[Sentence]:
    """Return the sentences before one under its heading, nearest first, and the bullet above."""
    path = candidate.sentence.path
    earlier = [s for s in candidate.passage.sentences if s.start < candidate.sentence.start]
    beside = [s for s in reversed(earlier) if s.path[: len(path)] == path]
    return [*beside[:_LOOKED_BACK], *(s for s in earlier if path[-1:] == (s.text,))]


def _noun_pointed_at(text: str) -> str:
    match = _POINTS_AT_NOUN.match(text)
    for word in match["words"].split()[:_POINTED_WORDS] if match else ():
        bare = _PARTICLE.sub("", word.rstrip(","))
        if bare != word and not word.endswith("의"):
            return fold(bare) if len(bare) >= _MIN_NOUN else ""
    return ""


def _says(text: str, noun: str) -> bool:
    return bool(re.search(rf"{re.escape(noun)}(?!적)", fold(text)))


def stands_alone(candidate: Candidate) -> bool:
    """Tell whether a sentence can be understood by itself once its first word is left out."""
    return not _points_back(without_connective(candidate.sentence.text))


def _points_back(text: str) -> bool:
    return bool(_POINTS_BACK.match(text) or _POINTS_AT_NOUN.match(text))


def _is_asked_about(candidate: Candidate, result: SearchResult) -> bool:
    asked = candidate.match.terms & frozenset(result.terms)
    return not all(map(is_stem, asked))


def topic_before(candidate: Candidate) -> str:
    """Return whom a sentence without a subject speaks of: the topic of the one before it.

    Both must stand in one paragraph or bullet under a heading, bullet or title that names the
    same; an empty string where that does not tell. Over an encyclopaedia 11 of 12 are right; of
    topics that no title names, such as 반감기, one in three is wrong.
    """
    found = before(candidate)
    if found is None or not _is_one_block(candidate, found):
        return ""
    text = without_connective(candidate.sentence.text)
    if len(text) < _MIN_SAID or not is_predicate(text) or _has_subject(text) or _points_back(text):
        return ""
    topic = _topic(without_connective(found.text))
    above = fold(" ".join((candidate.hit.document.title, *candidate.sentence.path)))
    return topic if topic and fold(topic) in above and fold(topic) not in fold(text) else ""


def _is_one_block(candidate: Candidate, earlier: Sentence) -> bool:
    sentence, passage = candidate.sentence, candidate.passage
    if sentence.kind not in (BlockKind.BULLET, BlockKind.PARAGRAPH):
        return False
    between = passage.text[earlier.end - passage.start : sentence.start - passage.start]
    return (
        earlier.kind is sentence.kind
        and earlier.path == sentence.path
        and not between.strip()
        and not _BLANK_LINE.search(between)
    )


def _has_subject(text: str) -> bool:
    end = _CLAUSE_END.search(text)
    clause = text[: end.end()] if end else text
    return any(not _DESCRIBES.search(m["word"]) for m in _SUBJECT.finditer(clause))


def _topic(text: str) -> str:
    text = _WHEN.sub("", text)
    match = _TOPIC.match(text)
    if match is None or _NO_THING.search(match["name"]) or _PROPERTY.search(match["name"]):
        return ""
    if match["what"] and not _PROPERTY.search(match["what"]):
        return ""
    others = _OTHER_TOPIC.finditer(text, match.end())
    if any(not _DESCRIBES.search(other["word"]) for other in others):
        return ""
    return match["name"].removesuffix("()")

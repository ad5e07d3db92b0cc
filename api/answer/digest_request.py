"""Requests for the gist: 결론을 요약해 줘, 대전 보고서 핵심만 세 줄로."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.answer.citation import cite_passage
from api.answer.corpus_facts import CorpusFacts, DocumentFacts
from api.answer.digest import Told, concluding_heading, gist, headings_in
from api.answer.document_question import documents_named, plain_question, subject_of
from api.answer.records import AnswerPart
from api.answer.refusal_text import spoken
from api.answer.said import Said, line_of, part_of
from api.answer.wording import cleaned, without_connective
from retriever.folding import fold

# So many sentences say the gist of one document, and so many of each of several.
_SENTENCES, _OF_EACH, _MOST = 5, 3, 8
_MOST_DOCUMENTS = 3
_COUNTS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8}
# A heading is meant where so much of it is said.
_MOSTLY = 0.5
_LINES = re.compile(
    rf"(?P<count>{'|'.join(_COUNTS)}|\d)\s?(?:줄|문장|가지)(?:로|으로|만)?\s?(?:정도로?)?\s?"
)
_MANNER = re.compile(
    r"(?:(?:아주|좀|조금|다시)\s)?(?:짧게|간단히|간단하게|간략히|간략하게|쉽게|한마디로|한눈에)\s"
)
_GIST = r"(?:요약|핵심\s?내용|핵심|주요\s?내용|요점|골자|줄거리)"
_TELL = r"(?:해|알려|말해|설명|정리|요약|보여|부탁|뽑아|뭐|무엇|뭘|은|는)[가-힣\s]{0,9}"
_ASKS_GIST = re.compile(
    rf"^(?P<section>\S.{{0,50}}?)??[을를의은는이가]?\s?(?:의\s)?{_GIST}[만을를은는이가]?\s?(?:좀\s)?(?:{_TELL})?$"
)
_CONCLUSION = (
    r"(?:결론|정책적\s?시사점|시사점|맺음말|결론\s?및\s?시사점|정책\s?제언|서론|논의\s?배경)"
)
_ASKS_CONCLUSION = re.compile(
    rf"^(?P<section>{_CONCLUSION})(?:\s?(?:부분|장|내용))?[은는이가을를]?\s?(?:좀\s)?"
    r"(?:(?:뭐|무엇|뭔|어떻게|알려|말해|설명|정리|보여)[가-힣\s]{0,10})?$"
)
_PART = re.compile(r"\s(?:부분|장|절|대목|내용|쪽)$")
# What asks for a section in short; 그 기술의 핵심은 무엇인가요 asks about its subject.
_MADE_SHORT = re.compile(rf"요약|정리|핵심\s?내용|핵심만|주요\s?내용|^{_CONCLUSION}")
_WORD = re.compile(r"[\w&]{2,}")


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """A request for the gist.

    Attributes:
        named: words of the title of the document; empty where none is named.
        section: words of the heading; empty for the whole document.
        count: how many sentences are wished for, or 0.
    """

    named: tuple[str, ...]
    section: tuple[str, ...]
    count: int = 0


def digest_request(question: str) -> DigestRequest | None:
    """Return what the gist is asked of, or None where something else is asked."""
    text = plain_question(question)
    if text is None:
        return None
    lines = _LINES.search(text)
    count = 0
    if lines is not None:
        count = _COUNTS.get(lines["count"]) or int(lines["count"])
        text = " ".join((text[: lines.start()] + " " + text[lines.end() :]).split())
    text = _MANNER.sub("", text)
    subject, rest = subject_of(text)
    match = _ASKS_CONCLUSION.match(rest) or _ASKS_GIST.match(rest)
    if match is None:
        return None
    section = tuple(_WORD.findall(fold(_PART.sub("", match["section"] or ""))))
    if subject is None and not (section and _MADE_SHORT.search(rest)):
        return None
    return DigestRequest(subject.named if subject else (), section, count)


def digest(question: str, facts: Callable[[], CorpusFacts]) -> Said | None:
    """Return the gist that is asked for, cited, or None where no document or section fits.

    Args:
        question: as it was asked.
        facts: what the index holds; called only where the form of the question fits.
    """
    asked = digest_request(question)
    if asked is None:
        return None
    known = facts()
    every = known.documents
    documents = documents_named(asked.named, every) if asked.named else every
    most = min(asked.count or (_OF_EACH if len(documents) > 1 else _SENTENCES), _MOST)
    gists = ((d, _gist_of(asked, d, known, most)) for d in documents[: _MOST_DOCUMENTS + 1])
    chosen = [(document, told) for document, told in gists if told]
    if not chosen or len(chosen) > _MOST_DOCUMENTS:
        return None
    return Said(tuple(_parts(chosen)), 1.0)


def _gist_of(
    asked: DigestRequest, document: DocumentFacts, known: CorpusFacts, most: int
) -> list[Told]:
    passages = known.passages_of(document.id)
    if not asked.section:
        return gist(passages, concluding_heading(passages), most)
    said = sum(map(len, asked.section))
    headings = headings_in(passages, asked.section)
    heading = next((h for h in headings if said >= _MOSTLY * len(h.replace(" ", ""))), None)
    if heading is None and _ASKS_CONCLUSION.match(" ".join(asked.section)):
        heading = concluding_heading(passages)
    return gist(passages, heading, most) if heading else []


def _parts(chosen: Sequence[tuple[DocumentFacts, list[Told]]]) -> list[AnswerPart]:
    parts: list[AnswerPart] = []
    marker = 0
    for document, told in chosen:
        if len(chosen) > 1:
            parts.append(line_of(f"‘{document.title}’", first=not parts))
        for item in told:
            marker += 1
            text = without_connective(cleaned(spoken(item.sentence.text)))
            citation = cite_passage(item.passage, document.title, item.sentence, marker, 1.0)
            parts.append(part_of(text, [marker], [citation], first=not parts))
    return parts

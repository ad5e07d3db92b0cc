"""What is known of the documents themselves, told from their records and not quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from api.answer.citation import cite_passage
from api.answer.corpus_facts import CorpusFacts, DocumentFacts
from api.answer.digest import Told
from api.answer.document_question import (
    Aspect,
    DocumentQuestion,
    document_question,
    documents_named,
)
from api.answer.records import AnswerPart, Turn
from api.answer.said import Said, line_of, part_of
from retriever.folding import fold
from retriever.particles import with_particle

# Documents told of at once; the rest is counted.
_MOST_TOLD = 5
# Who wrote a document is said in the first of its passages.
_HEAD = 2
_ROUNDED_FROM = 1_000
_LABELS = {
    Aspect.DATE: "발행 시기",
    Aspect.AUTHOR: "글쓴이",
    Aspect.PUBLISHER: "발행 기관",
    Aspect.TITLE: "제목",
    Aspect.LENGTH: "분량",
    Aspect.SOURCE: "출처",
    Aspect.CONTENTS: "목차",
    Aspect.TOPIC: "내용",
}
_DATE = re.compile(r"^(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?$")
_UNKNOWN = "색인한 정보에 적혀 있지 않습니다"
_ABOUT_DOCUMENT = re.compile(
    r"(?P<named>\S+(?:\s\S+){0,5}?)\s(?:보고서|문서|리포트|자료)(?=[가-힣]{0,2}(?:[\s,.?!]|$))"
)
_WORD = re.compile(r"[\w&]+")


def reply_of_documents(
    question: str, facts: Callable[[], CorpusFacts], history: Sequence[Turn] = ()
) -> Said | None:
    """Return what the records tell of documents, or None where a question is not about them.

    Args:
        question: as it was asked.
        facts: what the index holds; called only where the form of the question fits.
        history: earlier turns, oldest first; which document is meant may have been said there.
    """
    asked = document_question(question)
    if asked is None:
        return None
    earlier = [turn.content for turn in history if turn.role == "user"]
    before = [document_question(words) for words in reversed(earlier)]
    carried = next((b for b in before[:1] if b is not None), None)
    aspect = asked.aspect or (carried.aspect if carried else None)
    if aspect is None or not _meant(asked, carried, talking=bool(earlier)):
        return None
    known = facts()
    documents = _documents(asked, before, earlier, known)
    return _told(aspect, documents, known) if documents else None


def _meant(asked: DocumentQuestion, carried: DocumentQuestion | None, *, talking: bool) -> bool:
    """Tell whether documents are asked about and not something that was just spoken of."""
    if asked.named or carried is not None or not talking:
        return True
    if asked.pointing:
        return False
    return asked.subject or asked.aspect in {Aspect.CONTENTS, Aspect.LENGTH}


def _documents(
    asked: DocumentQuestion,
    before: Sequence[DocumentQuestion | None],
    earlier: Sequence[str],
    known: CorpusFacts,
) -> tuple[DocumentFacts, ...]:
    """Return the documents that are meant: the named ones, those named before, or all."""
    every = (*known.documents, *known.others)
    if asked.named:
        return documents_named(asked.named, every, whole=asked.whole)
    if asked.subject and not asked.pointing:
        return every
    for about, words in zip(before, reversed(earlier), strict=True):
        named = about.named if about is not None else _named_in(words)
        found = documents_named(named, every) if named else ()
        if found or named:
            return found
        if about is None:
            break
    return every


def _named_in(words: str) -> tuple[str, ...]:
    match = _ABOUT_DOCUMENT.search(words)
    return tuple(_WORD.findall(fold(match["named"]))) if match else ()


def _told(aspect: Aspect, documents: Sequence[DocumentFacts], known: CorpusFacts) -> Said:
    if len(documents) == 1:
        return Said((_part(_alone(aspect, documents[0]), aspect, documents[0], known, 0),), 1.0)
    head = "문서의 제목입니다." if aspect is Aspect.TITLE else f"문서별 {_LABELS[aspect]}입니다."
    parts = [line_of(head, first=True)]
    marker = 0
    for document in documents[:_MOST_TOLD]:
        part = _part(_line(aspect, document), aspect, document, known, marker + 1)
        marker += len(part.citations)
        parts.append(part)
    every = len(known.documents) + len(known.others)
    more = (known.total if len(documents) == every else len(documents)) - _MOST_TOLD
    if more > 0:
        parts.append(line_of(f"- 그 밖에 {more:,}건은 제목에 있는 말을 넣어 물어봐 주세요."))
    return Said(tuple(parts), 1.0)


def _part(
    text: str, aspect: Aspect, document: DocumentFacts, known: CorpusFacts, place: int
) -> AnswerPart:
    """Return a line, with its citation where the document says it; place 0 is the only line."""
    said = _byline(document, known) if aspect is Aspect.AUTHOR else None
    if said is None:
        return line_of(text, first=place == 0)
    marker = max(place, 1)
    citation = cite_passage(said.passage, document.title, said.sentence, marker, 1.0)
    return part_of(text, [marker], [citation], first=place == 0)


def _byline(document: DocumentFacts, known: CorpusFacts) -> Told | None:
    """Return where a document says who wrote it."""
    if not document.byline:
        return None
    said = (Told(p, s) for p in known.passages_of(document.id)[:_HEAD] for s in p.sentences)
    return next((told for told in said if told.sentence.text == document.byline), None)


def _line(aspect: Aspect, document: DocumentFacts) -> str:
    if aspect is Aspect.TITLE:
        return f"- {document.title}"
    if aspect is Aspect.CONTENTS and document.contents:
        return "\n".join([f"- {document.title}", *(f"  {line}" for line in document.contents)])
    return f"- {document.title}: {_VALUES[aspect](document) or '적혀 있지 않음'}"


def _alone(aspect: Aspect, document: DocumentFacts) -> str:
    title = f"‘{document.title}’"
    value = _VALUES[aspect](document)
    if aspect is Aspect.TITLE:
        return f"제목은 {title}입니다."
    if value is None:
        return f"{title}의 {with_particle(_LABELS[aspect], '은/는')} {_UNKNOWN}."
    if aspect is Aspect.CONTENTS:
        return "\n".join([f"{title}의 목차입니다.", *document.contents])
    return f"{title}의 {with_particle(_LABELS[aspect], '은/는')} {value}입니다."


def _length(document: DocumentFacts) -> str | None:
    long = document.characters
    rounded = long if long < _ROUNDED_FROM else round(long, -3)
    return f"쪽수는 알 수 없고 약 {rounded:,}자" if long else None


def _source(document: DocumentFacts) -> str:
    restated = ""
    if document.original:
        original = with_particle(f"「{document.original}」", "을/를")
        restated = f"이고 {original} 다시 쓴 글"
    return f"파일 ‘{document.source}’(링크 없음){restated}"


def _dated(published: str | None) -> str | None:
    match = _DATE.match(published or "")
    if match is None:
        return published or None
    parts = zip((match["year"], match["month"], match["day"]), "년월일", strict=True)
    return " ".join(f"{int(number)}{unit}" for number, unit in parts if number)


# What is known of each aspect, in words that 입니다 may follow, or None.
_VALUES: dict[Aspect, Callable[[DocumentFacts], str | None]] = {
    Aspect.DATE: lambda document: _dated(document.published),
    Aspect.AUTHOR: lambda document: document.byline,
    Aspect.PUBLISHER: lambda document: document.publisher,
    Aspect.TITLE: lambda document: document.title,
    Aspect.LENGTH: _length,
    Aspect.SOURCE: _source,
    Aspect.CONTENTS: lambda document: ", ".join(document.contents) or None,
    Aspect.TOPIC: lambda document: ", ".join(f"‘{topic}’" for topic in document.topics) or None,
}

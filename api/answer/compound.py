"""A question of several parts: each is searched, judged and told by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from api.answer.compose import compose
from api.answer.document_scope import each_document, named_document, without_documents
from api.answer.extractive import Judged, judge
from api.answer.list_answer import ITEM
from api.answer.marker import MARKER
from api.answer.question_parts import QuestionPart, parts_of
from api.answer.spoken import SpokenSentence
from api.answer.trap import NOT_IN_CORPUS
from retriever.analysis import KoreanAnalyzer
from retriever.hit import Hit, SearchResult
from retriever.passage_store import DocumentSummary

Search = Callable[[str, Sequence[str]], SearchResult]

# A part is told in so many sentences, unless it is a list: of 71 compound `tune` questions .78 were
# answered whole and .75 with all their evidence cited, at a median of 245 characters; with two
# sentences .69 and .65 at 228, without parts .65 and .61 at 197.
_MOST_OF_A_PART = 3
# With this chance a part counts as answered beside another that is. Of 332 `tune` questions over
# reports .837 are right, .819 where only surely answered parts are told; .1 gives the same.
_BESIDE_ANOTHER = 0.35
# Of a part without an answer so much is repeated that it can be told which is meant.
_QUOTED_CHARS = 80


@dataclass(frozen=True, slots=True)
class SearchedPart:
    """One of the questions with what was found for it alone.

    Attributes:
        words: as it was asked.
        result: of its search.
        judged: whether it has an answer.
        document: title of the document that it was put to, where each of several was asked.
    """

    words: str
    result: SearchResult
    judged: Judged
    document: str = ""


def searched_parts(
    question: str,
    whole: SearchResult,
    analyzer: KoreanAnalyzer,
    documents: Sequence[DocumentSummary],
    search: Search,
) -> tuple[SearchedPart, ...]:
    """Return the parts of a question, or itself put to the document that it names.

    Args:
        question: complete without its conversation.
        whole: what was found for it.
        analyzer: of the index that is asked.
        documents: those that may be asked.
        search: finds passages for a question in the documents with some ids, or in all.

    Returns:
        Nothing where the question is best searched as it is.
    """

    def searched(text: str, ids: Sequence[str]) -> SearchResult:
        return whole if text == question and not ids else search(text, ids)

    parts = parts_of(question, analyzer)
    ids = () if parts else each_document(question, documents, whole)
    if ids:
        words = without_documents(question)
        titles = {document.id: document.title for document in documents}
        found = ((own, _searched(QuestionPart(words, words), (own,), search)) for own in ids)
        return tuple(replace(part, document=titles[own]) for own, part in found)
    if not parts and named_document(question, documents) is None:
        return ()
    parts = parts or (QuestionPart(question, question),)
    return tuple(_scoped(part, documents, searched) for part in parts)


def answered(parts: Sequence[SearchedPart]) -> tuple[SearchedPart, ...]:
    """Return the parts that the documents answer.

    Beside one that they surely answer, another that is not unlikely to have an answer has it:
    who asks of several things at once seldom knows only one of them from the documents.
    """
    if all(part.judged.trap is not None for part in parts):
        return ()
    return tuple(p for p in parts if p.judged.trap is None or _is_likely(p.judged))


def _is_likely(judged: Judged) -> bool:
    doubtful = judged.trap is not None and judged.trap.reason == NOT_IN_CORPUS
    return doubtful and bool(judged.ranked) and judged.verdict.probability >= _BESIDE_ANOTHER


def told_parts(parts: Sequence[SearchedPart]) -> list[SpokenSentence]:
    """Return what to say to parts that have an answer, in their order, each thing once."""
    return list({said.text: said for part in parts for said in _told(part)}.values())


def merged_hits(whole: SearchResult, parts: Sequence[SearchedPart], most: int) -> tuple[Hit, ...]:
    """Return the best passages of the parts and of the whole question in turn, each once."""
    lists = [*(part.result.hits for part in parts), whole.hits]
    in_turn = (hits[place] for place in range(most) for hits in lists if place < len(hits))
    return tuple({hit.passage.id: hit for hit in in_turn}.values())[:most]


def missing(part: SearchedPart) -> str:
    """Return the line that says of a part that it has no answer."""
    if part.document:
        return f"「{part.document}」에서는 이 질문의 답을 찾지 못했습니다."
    # What looks like a marker in a question is none.
    words = shorten(MARKER.sub("", part.words), _QUOTED_CHARS, placeholder="…").rstrip(" ?.")
    return f"‘{words}’에 대한 답은 문서에서 찾지 못했습니다."


def _told(part: SearchedPart) -> list[SpokenSentence]:
    said = compose(part.words, part.judged.kind, part.judged.ranked, part.result)
    is_list = any(sentence.text.startswith(ITEM) for sentence in said)
    return said if is_list else said[:_MOST_OF_A_PART]


def _scoped(
    part: QuestionPart, documents: Sequence[DocumentSummary], search: Search
) -> SearchedPart:
    """Search the document that a part names; where that says nothing of it, all of them."""
    named = named_document(part.words, documents)
    if named is not None:
        found = _searched(part, (named,), search)
        if found.judged.trap is None:
            return found
    return _searched(part, (), search)


def _searched(part: QuestionPart, ids: Sequence[str], search: Search) -> SearchedPart:
    result = search(part.query, ids)
    words = result.query if part.words == part.query else part.words
    return SearchedPart(words, result, judge(words, result))

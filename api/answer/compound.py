"""A question of several parts: each is searched, judged and told by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from api.answer.compared import AskedSide, named_sides, narrowed, told_of
from api.answer.compose import compose
from api.answer.document_scope import each_document, named_document, without_documents
from api.answer.extractive import Judged, judge
from api.answer.marker import MARKER
from api.answer.part_selection import MOST_OF_A_PART, select_for_part
from api.answer.question_parts import QuestionPart, parts_of
from api.answer.second_hop import Described, by_name, resolve_description
from api.answer.side_name import SideName
from api.answer.spoken import ITEM, SpokenSentence
from api.answer.table_row import is_row
from api.answer.trap import NOT_IN_CORPUS
from retriever.analysis import KoreanAnalyzer
from retriever.hit import Hit, SearchResult
from retriever.passage_store import DocumentSummary

Search = Callable[[str, Sequence[str]], SearchResult]

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
        side: what it is about, where that is compared with another.
    """

    words: str
    result: SearchResult
    judged: Judged
    document: str = ""
    side: SideName | None = None


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
        each = ((own, _searched(QuestionPart(words, words), (own,), search)) for own in ids)
        return tuple(replace(part, document=titles[own]) for own, part in each)
    if not parts and named_document(question, documents) is None:
        return ()
    asked = parts or (QuestionPart(question, question),)
    found = tuple(_scoped(part, documents, searched) for part in asked)
    if asked[0].side:
        return _compared(asked, found)
    return _with_second_hop(question, parts, found, analyzer, search) if parts else found


def _compared(
    parts: Sequence[QuestionPart], found: Sequence[SearchedPart]
) -> tuple[SearchedPart, ...]:
    """Keep of each side of a comparison what is about it."""
    names = named_sides([part.side for part in parts], [own.result for own in found])
    sides = [AskedSide(n, own.result, own.judged) for n, own in zip(names, found, strict=True)]
    kept = zip(found, names, narrowed(sides), strict=True)
    return tuple(replace(own, side=name, judged=judged) for own, name, judged in kept)


def _with_second_hop(
    question: str,
    parts: Sequence[QuestionPart],
    found: Sequence[SearchedPart],
    analyzer: KoreanAnalyzer,
    search: Search,
) -> tuple[SearchedPart, ...]:
    """Ask again by name what the first clause only describes, and later ones leave out."""

    def anywhere(text: str) -> SearchResult:
        return search(text, ())

    described = resolve_description(question, parts[0].words, analyzer, anywhere)
    if described is None:
        return tuple(found)
    asked = [described.rest, *(p.words if p.query != p.words else "" for p in parts[1:])]
    return tuple(
        _by_name(part, described, words, anywhere) if words else part
        for part, words in zip(found, asked, strict=True)
    )


def _by_name(
    part: SearchedPart,
    described: Described,
    words: str,
    search: Callable[[str], SearchResult],
) -> SearchedPart:
    ranked, result = by_name(described, words, part.judged.ranked, search)
    hits = _in_turn([result.hits, part.result.hits], len(part.result.hits))
    return replace(
        part,
        result=replace(part.result, hits=hits),
        judged=replace(part.judged, ranked=ranked),
    )


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
    once: dict[tuple[object, ...], SpokenSentence] = {}
    for said in (said for part in parts for said in _told(part)):
        # Several items, or cells of one row, may stand in one sentence.
        own = said.text if said.text.startswith(ITEM) or is_row(said.candidates[0]) else ""
        once.setdefault((*(c.place for c in said.candidates), own), said)
    return list(once.values())


def merged_hits(whole: SearchResult, parts: Sequence[SearchedPart], most: int) -> tuple[Hit, ...]:
    """Return the best passages of the parts and of the whole question in turn, each once."""
    return _in_turn([*(part.result.hits for part in parts), whole.hits], most)


def _in_turn(lists: Sequence[Sequence[Hit]], most: int) -> tuple[Hit, ...]:
    in_turn = (hits[place] for place in range(most) for hits in lists if place < len(hits))
    return tuple({hit.passage.id: hit for hit in in_turn}.values())[:most]


def missing(part: SearchedPart) -> str:
    """Return the line that says of a part that it has no answer."""
    if part.document:
        return f"「{part.document}」에서는 이 질문의 답을 찾지 못했습니다."
    # What looks like a marker in a question is none.
    asked = part.words if part.side is None else part.result.query
    words = shorten(MARKER.sub("", asked), _QUOTED_CHARS, placeholder="…").rstrip(" ?.")
    return f"‘{words}’에 대한 답은 문서에서 찾지 못했습니다."


def _told(part: SearchedPart) -> list[SpokenSentence]:
    judged = part.judged
    if part.side is not None:
        return told_of(part.side, part.words, judged, part.result)
    said = compose(part.words, judged.kind, judged.ranked, part.result, select_for_part)
    is_list = any(sentence.text.startswith(ITEM) for sentence in said)
    return said if is_list else said[:MOST_OF_A_PART]


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

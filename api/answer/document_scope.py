"""Which documents a question is put to: 두 보고서는 각각, 대전 보고서에서는."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retriever.folding import fold
from retriever.hit import SearchResult
from retriever.passage_store import DocumentSummary

_DOCUMENT = r"(?:보고서|문서|리포트|글)"
_PARTICLE = r"(?:에서는|에서도|에선|에서|에는|에|은|는|이|가|의|를|을)?"
_EACH = re.compile(
    rf"(?:(?P<count>두|둘|세|셋|양쪽|각|2개|3개)\s?(?:개의?\s?|편의?\s?)?{_DOCUMENT}(?:들)?"
    rf"{_PARTICLE}|{_DOCUMENT}(?:들)?마다)(?=[\s,.?]|$)"
)
_COUNTS = {"세": 3, "셋": 3, "3개": 3}
_TWO = 2
_EACH_WORD = re.compile(r"각각\s?")
_NAMED = re.compile(
    rf"(?P<name>(?:[\w·&/-]+\s){{0,2}}?[\w·&/-]+)\s(?:쪽\s)?{_DOCUMENT}{_PARTICLE}(?=[\s,.?]|$)"
)
_WORD = re.compile(r"[\w&-]{2,}")


def each_document(
    question: str, documents: Sequence[DocumentSummary], result: SearchResult
) -> tuple[str, ...]:
    """Return the ids of the documents of which each is asked; none where that is not said.

    Args:
        question: the question.
        documents: all that are indexed.
        result: of its search: where there are more documents, those of its best hits are meant.
    """
    match = _EACH.search(question)
    if match is None:
        return ()
    count = _COUNTS.get(match["count"] or "", _TWO)
    ids = [document.id for document in documents]
    if len(ids) > count:
        ids = list(dict.fromkeys(hit.passage.document_id for hit in result.hits))[:count]
    return tuple(ids) if len(ids) > 1 else ()


def without_documents(question: str) -> str:
    """Return a question to one document in the place of one to each of several."""
    return " ".join(_EACH_WORD.sub("", _EACH.sub("", question)).split())


def named_document(question: str, documents: Sequence[DocumentSummary]) -> str | None:
    """Return the id of the one document that a question names: ``대전 보고서에서는``.

    It is named by words of its title that no other title has.
    """
    match = _NAMED.search(question)
    if match is None or len(documents) < _TWO:
        return None
    words = [fold(word) for word in _WORD.findall(match["name"])]
    titles = {document.id: fold(document.title) for document in documents}
    for word in reversed(words):
        holding = [own for own, title in titles.items() if word in title]
        if len(holding) == 1:
            return holding[0]
    return None

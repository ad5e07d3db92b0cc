"""The same search as a LangChain retriever, to plug into other people's chains."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from retriever.hit import Hit
from retriever.search import Retriever


class GeungeoRetriever(BaseRetriever):
    """Gives LangChain documents for a question, best first.

    Attributes:
        source: gives the retriever of the current index generation, such as ``LiveIndex.current``.
        top_k: how many passages to return.
        document_ids: search only these documents, where any are given.
    """

    source: Callable[[], Retriever]
    top_k: int = 8
    document_ids: tuple[str, ...] = ()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        result = self.source().search(query, top_k=self.top_k, document_ids=self.document_ids)
        return [_document(hit) for hit in result.hits]


def _document(hit: Hit) -> LangChainDocument:
    passage = hit.passage
    return LangChainDocument(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "document_id": passage.document_id,
            "title": hit.document.title,
            "source": hit.document.source,
            "heading_path": list(passage.heading_path),
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        },
    )

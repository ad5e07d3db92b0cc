import pytest

from ingest.errors import NotFoundError
from retriever.langchain_retriever import GeungeoRetriever
from tests.retriever.desk import BEE, TEA, Desk, document


def test_langchain_gets_the_same_passages_in_the_same_order(desk: Desk) -> None:
    desk.update(document(TEA), document(BEE, "양봉.txt"))
    hits = desk.live.current().search("벌꿀 생산량은 얼마인가요?", top_k=2).hits
    found = GeungeoRetriever(source=desk.live.current, top_k=2).invoke("벌꿀 생산량은 얼마인가요?")
    assert [d.page_content for d in found] == [hit.passage.text for hit in hits]
    assert [d.id for d in found] == [hit.passage.id for hit in hits]
    first = found[0].metadata
    assert (first["title"], first["source"]) == ("양봉 산업 보고서", "양봉.txt")
    assert first["heading_path"] == ["벌꿀 생산"]
    assert first["score"] == hits[0].score


def test_it_keeps_to_the_documents_asked_for(desk: Desk) -> None:
    desk.update(document(TEA), document(BEE, "양봉.txt"))
    tea = document(TEA).id
    only_tea = GeungeoRetriever(source=desk.live.current, document_ids=(tea,))
    assert {d.metadata["document_id"] for d in only_tea.invoke("벌꿀 생산량")} == {tea}
    with pytest.raises(NotFoundError):
        GeungeoRetriever(source=desk.live.current, document_ids=("doc_x",)).invoke("벌꿀")

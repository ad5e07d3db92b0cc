import pytest

from api.answer.document_scope import each_document, named_document, without_documents
from retriever.hit import SearchResult
from retriever.passage_store import DocumentSummary


def document(name: str, title: str) -> DocumentSummary:
    return DocumentSummary(name, title, f"{name}.md", "0" * 64, None, None, None, None, 3)


TEA = document("tea", "보성 녹차 산업의 현황")
HONEY = document("honey", "양봉 산업의 현황과 과제")
NOTHING = SearchResult("", (), (), (), {}, (), (), {}, "")


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("두 보고서는 인력난을 각각 어떻게 설명하나요?", "인력난을 어떻게 설명하나요?"),
        ("인력난은 두 문서에 각각 어떻게 나오나요?", "인력난은 어떻게 나오나요?"),
        ("보고서마다 인력난을 뭐라고 하나요?", "인력난을 뭐라고 하나요?"),
    ],
)
def test_each_of_the_documents_is_asked(question: str, bare: str) -> None:
    assert each_document(question, [TEA, HONEY], NOTHING) == ("tea", "honey")
    assert without_documents(question) == bare


def test_with_one_document_there_is_nothing_to_tell_apart() -> None:
    assert each_document("두 보고서는 뭐라고 하나요?", [TEA], NOTHING) == ()
    assert named_document("보성 보고서는 뭐라고 하나요?", [TEA]) is None


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("양봉 보고서에서는 농가가 몇 곳이라고 하나요?", "honey"),
        ("보성 녹차 쪽 보고서는 무엇을 걱정하나요?", "tea"),
        ("산업 현황 보고서는 무엇을 걱정하나요?", None),
        ("한우 보고서는 무엇을 걱정하나요?", None),
        ("양봉 농가는 몇 곳인가요?", None),
        ("보고서를 쓴 사람은 누구인가요?", None),
    ],
)
def test_a_document_is_named_by_what_its_title_alone_has(question: str, named: str | None) -> None:
    assert named_document(question, [TEA, HONEY]) == named

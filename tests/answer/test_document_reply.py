"""Questions about the documents themselves, and the gist of what they say."""

import pytest

from api.answer.answerer import Answerer
from api.answer.citation import is_exact
from api.answer.corpus_facts import CorpusFacts, DocumentFacts, corpus_facts, within
from api.answer.digest_request import digest, digest_request
from api.answer.document_question import Aspect, document_question
from api.answer.document_reply import reply_of_documents
from api.answer.records import Turn
from api.answer.steering import steer
from retriever.live_index import LiveIndex

GINSENG = DocumentFacts(
    "홍삼 시장 보고서",
    "농업연구원",
    "2024-05-03",
    ("국내 시장",),
    "g",
    "홍삼.pdf",
    characters=12_345,
)
BEES = DocumentFacts("꿀벌과 양봉 산업", None, "2021", (), "b", "꿀벌.hwp", "양봉 백서")
TWO = CorpusFacts(2, (GINSENG, BEES))


def _told(question: str, *before: str, facts: CorpusFacts = TWO) -> str | None:
    said = reply_of_documents(question, lambda: facts, [Turn("user", words) for words in before])
    return said.text if said else None


@pytest.fixture(scope="module")
def reports(corpus_index: LiveIndex) -> CorpusFacts:
    return corpus_facts(corpus_index.current().store)


@pytest.mark.parametrize(
    ("aspect", "said"),
    [
        (Aspect.DATE, "이 보고서 언제 나왔어? | 양봉 문서는 몇 년도에 발행됐나요 | 발행일은?"),
        (Aspect.DATE, "두 보고서는 각각 언제 나온 건가요? | 두 보고서 중 어느 게 더 최신이야?"),
        (Aspect.AUTHOR, "저자가 누구야? | 홍삼 보고서 누가 썼나요? | 글쓴이 알려 주세요"),
        (Aspect.PUBLISHER, "발행 기관은? | 이 문서 어디서 낸 거야? | 펴낸 곳이 어디예요"),
        (Aspect.TITLE, "두 보고서 제목이 뭐야? | 이 문서 제목 알려줘"),
        (Aspect.LENGTH, "몇 쪽짜리야? | 홍삼 보고서 분량이 얼마나 돼?"),
        (Aspect.SOURCE, "출처 링크 있어? | 원문은 어디서 볼 수 있어? | 이 보고서 파일 있나요?"),
        (Aspect.CONTENTS, "목차 알려줘 | 홍삼 보고서의 차례를 보여 주세요"),
        (Aspect.TOPIC, "홍삼 보고서는 무슨 내용이야? | 이 보고서 뭐에 대한 거야?"),
    ],
)
def test_what_is_asked_of_a_document_is_told(aspect: Aspect, said: str) -> None:
    asked = [document_question(words) for words in said.split(" | ")]
    assert [question and question.aspect for question in asked] == [aspect] * len(asked)


@pytest.mark.parametrize(
    "question",
    [
        "세계은행 자료는 언제 나온 건가요?",
        "양봉 확산전략은 언제 발표됐나요?",
        "이 보고서가 인용한 통계는 언제 나왔나요?",
        "이 보고서에서 말하는 로열젤리가 뭐야?",
        "유엔 보고서 제목은?",
        "홍삼 보고서는 언제 나온 통계를 썼나요?",
        "홍삼 보고서는 뭐라고 해?",
        "두 보고서는 인력난을 각각 어떻게 설명하나요?",
        "언제 나왔어?",
    ],
)
def test_what_documents_say_is_not_asked_of_them(question: str) -> None:
    assert _told(question) is None


def test_a_document_is_named_by_words_of_its_title() -> None:
    assert (
        _told("홍삼 보고서 언제 나왔어?")
        == "‘홍삼 시장 보고서’의 발행 시기는 2024년 5월 3일입니다."
    )
    assert _told("홍삼 보고서 발행 기관은?") == "‘홍삼 시장 보고서’의 발행 기관은 농업연구원입니다."
    assert _told("양봉 보고서의 출처는?") == (
        "‘꿀벌과 양봉 산업’의 출처는 파일 ‘꿀벌.hwp’(링크 없음)이고"
        " 「양봉 백서」를 다시 쓴 글입니다."
    )


def test_what_is_not_known_is_said_so() -> None:
    told = _told("양봉 보고서 어디서 냈어?")
    assert told == "‘꿀벌과 양봉 산업’의 발행 기관은 색인한 정보에 적혀 있지 않습니다."


def test_all_are_told_where_none_is_named() -> None:
    assert _told("몇 쪽짜리야?") == (
        "문서별 분량입니다.\n- 홍삼 시장 보고서: 쪽수는 알 수 없고 약 12,000자"
        "\n- 꿀벌과 양봉 산업: 적혀 있지 않음"
    )
    many = _told("발행일은?", facts=CorpusFacts(400, (GINSENG,) * 9, others=(BEES,) * 20))
    assert many is not None
    assert "그 밖에 395건" in many
    assert many.count("\n") == 6


@pytest.mark.parametrize(
    ("before", "question", "holds"),
    [
        ("홍삼 보고서 언제 나왔어?", "발행 기관은?", "농업연구원입니다"),
        ("홍삼 보고서 언제 나왔어?", "양봉 보고서는?", "2021년입니다"),
        ("홍삼 보고서 언제 나왔어?", "그 보고서는 어디서 냈어?", "농업연구원입니다"),
        ("꿀벌은 몇 마리야?", "목차 알려줘", "문서별 목차"),
    ],
)
def test_a_conversation_names_the_document(before: str, question: str, holds: str) -> None:
    told = _told(question, before)
    assert told is not None
    assert holds in told


@pytest.mark.parametrize("question", ["그 보고서는 언제 나왔어?", "발행 기관은?", "홍삼 보고서는?"])
def test_what_was_spoken_of_is_asked_of_the_documents(question: str) -> None:
    assert _told(question, "세계은행 보고서가 말한 세 가지는?") is None


def test_a_strange_document_stays_strange() -> None:
    assert _told("발행 기관은?", "유엔 보고서 제목은?") is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("대한민국 인삼 산업의 어제와 오늘은 누가 썼어?", True),
        ("훈민정음은 누가 만들었나요?", False),
    ],
)
def test_only_a_long_title_stands_alone(question: str, told: bool) -> None:
    titles = ("대한민국 인삼 산업의 어제와 오늘", "훈민정음")
    documents = tuple(DocumentFacts(title, None, None, ()) for title in titles)
    assert (_told(question, facts=CorpusFacts(2, documents)) is not None) == told


def test_who_wrote_a_report_is_quoted_from_it(answerer: Answerer, corpus_index: LiveIndex) -> None:
    answer = answerer.answer("대전 보고서 누가 썼나요?")
    assert "김은영" in answer.text
    assert answer.kind == "answer"
    (citation,) = answer.citations
    document = corpus_index.current().store.document(citation.document_id)
    assert document is not None
    assert is_exact(citation, document)
    assert answerer.answer("AI 바이오 보고서 누가 썼나요?").kind == "small_talk"


def test_only_the_documents_that_are_meant_are_told_of(reports: CorpusFacts) -> None:
    first = reports.documents[0]
    steered = steer("발행일은?", lambda: reports, document_ids=[first.id])
    assert steered is not None
    assert first.title in steered.said.text
    assert "\n" not in steered.said.text
    assert within(reports, []) is reports


@pytest.mark.parametrize(
    "question",
    ["대전 보고서 핵심만 알려줘", "대전 보고서를 다섯 줄로 요약해 주세요", "대전 보고서 시사점은?"],
)
def test_the_gist_of_a_report_is_what_it_concludes(reports: CorpusFacts, question: str) -> None:
    said = digest(question, lambda: reports)
    assert said is not None
    assert len(said.citations) == 5
    assert {c.heading_path[0] for c in said.citations} == {"정책적 시사점"}
    assert [c.start for c in said.citations if c.quote != c.passage[c.start : c.end]] == []


def test_the_gist_of_a_section_stands_under_its_heading(reports: CorpusFacts) -> None:
    said = digest("AI 정밀의료 부분을 두 문장으로 요약해줘", lambda: reports)
    assert said is not None
    assert ["AI 정밀의료" in c.heading_path for c in said.citations] == [True, True]


def test_the_gist_of_several_is_told_by_title(reports: CorpusFacts) -> None:
    said = digest("두 보고서의 결론을 알려줘", lambda: reports)
    assert said is not None
    assert all(f"‘{document.title}’" in said.text for document in reports.documents)
    assert {c.document_id for c in said.citations} == {d.id for d in reports.documents}


@pytest.mark.parametrize(
    "question",
    ["AI 의료기기의 핵심은 무엇이라고 설명하나요?", "토모큐브는 언제 설립됐나요?", "요약해줘"],
)
def test_what_asks_for_a_fact_asks_for_no_gist(question: str) -> None:
    assert digest_request(question) is None


def test_a_gist_without_its_section_is_searched(reports: CorpusFacts) -> None:
    assert digest("토모큐브 요약해줘", lambda: reports) is None
    assert digest("한라산 보고서 요약해줘", lambda: reports) is None

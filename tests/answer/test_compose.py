"""Forms of answers over a small report, with the real index and analyser."""

from collections.abc import Callable

import pytest

from api.answer.answerer import Answerer
from api.answer.citation import is_exact
from api.answer.records import Answer
from api.answer.table_row import Cell, cells_of
from retriever.live_index import LiveIndex

REPORT = """지역 홍삼 산업 보고서

1. 한빛홍삼

○ 2019년 코스닥 상장
○ 직원은 모두 312명임

2. 홍삼 산업의 육성

□ 홍삼 산업 육성 4대 전략은 다음과 같음
  - 원료 재배지 확대
  - 수출 시장 개척
  - 가공 기술 개발
  - 전문 인력 양성
□ 핵심 가공 기술: ① 증숙 기술 ② 건조 기술 ③ 추출 기술

3. 지역별 현황

[표 1] 지역별 홍삼 업체 현황

| 지역 | 업체 수 | 주요 품목 |
|---|---|---|
| 금산 | 612개 | 홍삼 농축액 |
| 풍기 | 248개 | 홍삼 절편 |

4. 시장 비교

○ 국내 시장은 건강식품점을 중심으로 하며 판매가 꾸준히 증가함
○ 해외 시장은 면세점을 중심으로 하며 판매가 빠르게 감소함
○ 한빛홍삼은 일본에 홍삼을 수출하지 않음
○ 한빛홍삼은 미국에 홍삼을 수출하고 있음

5. 축제와 교육

○ 금산 인삼제는 해마다 가을에 열림. 이는 재배 농가의 소득을 크게 늘리는 행사로 꼽힘.
○ 홍삼 교육 과정의 단계는 다음과 같음. 기초반을 마친 뒤 심화반과 실습반을 차례로 거침.
"""


@pytest.fixture(scope="module")
def small(indexed: Callable[[str, str], LiveIndex]) -> LiveIndex:
    return indexed(REPORT, "홍삼.md")


@pytest.fixture(scope="module")
def ask(small: LiveIndex) -> Answerer:
    return Answerer(small.current)


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_a_list_has_all_its_items_as_lines(ask: Answerer) -> None:
    answer = ask.answer("홍삼 산업 육성 4대 전략에는 무엇이 있나요?")
    assert texts(answer)[1:] == [
        "- 원료 재배지 확대",
        "- 수출 시장 개척",
        "- 가공 기술 개발",
        "- 전문 인력 양성",
    ]
    assert answer.text.splitlines()[1] == "- 원료 재배지 확대 [2]"


def test_items_that_one_sentence_counts_share_its_citation(ask: Answerer) -> None:
    answer = ask.answer("핵심 가공 기술에는 어떤 종류가 있나요?")
    assert texts(answer) == [
        "핵심 가공 기술은 다음과 같습니다.",
        "- 증숙 기술",
        "- 건조 기술",
        "- 추출 기술",
    ]
    assert len(answer.citations) == 1
    assert {sentence.markers for sentence in answer.sentences} == {(1,)}


def test_a_cell_is_told_with_its_row_and_column(ask: Answerer) -> None:
    answer = ask.answer("표에서 금산 지역의 홍삼 업체 수는 몇 개인가요?")
    assert "금산의 업체 수는 612개입니다." in texts(answer)[0]
    assert "업체 수" in answer.sentences[0].added
    assert "612개" in answer.citations[0].quote


def test_a_sentence_that_refers_back_comes_with_the_one_it_means(ask: Answerer) -> None:
    answer = ask.answer("인삼제는 농가의 소득을 늘리나요? 소득을 크게 늘리는 행사로 꼽히나요?")
    assert texts(answer)[:2] == [
        "금산 인삼제는 해마다 가을에 열림.",
        "이는 재배 농가의 소득을 크게 늘리는 행사로 꼽힘.",
    ]


def test_what_is_announced_is_said_too(ask: Answerer) -> None:
    answer = ask.answer("홍삼 교육 과정의 단계는 어떻게 되나요?")
    assert texts(answer)[:2] == [
        "홍삼 교육 과정의 단계는 다음과 같습니다.",
        "기초반을 마친 뒤 심화반과 실습반을 차례로 거칩니다.",
    ]


def test_the_row_that_a_figure_stands_in_is_told(ask: Answerer) -> None:
    answer = ask.answer("표에서 홍삼 업체 수가 248개로 나온 것은 어느 지역인가요?")
    assert texts(answer) == ["업체 수가 248개인 지역은 풍기입니다."]


def test_a_figure_leads_with_its_unit(ask: Answerer) -> None:
    answer = ask.answer("한빛홍삼의 직원은 몇 명인가요?")
    assert texts(answer)[0] == "312명입니다."
    assert answer.sentences[0].markers == answer.sentences[1].markers


def test_a_fragment_gets_its_subject_from_its_heading(ask: Answerer) -> None:
    answer = ask.answer("한빛홍삼은 코스닥에 언제 상장했나요?")
    lead, first = answer.sentences[:2]
    assert lead.text == "2019년입니다."
    assert "한빛홍삼: 2019년 코스닥 상장" in first.text
    assert first.added == ("한빛홍삼",)
    assert answer.citations[0].quote == "2019년 코스닥 상장"


def test_both_sides_of_a_comparison_are_cited(ask: Answerer) -> None:
    answer = ask.answer("국내 시장과 해외 시장은 어떻게 다른가요? 비교해 주세요.")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "국내 시장은" in quotes
    assert "해외 시장은" in quotes


def test_yes_and_no_are_said_where_the_sentence_says_all(ask: Answerer) -> None:
    assert texts(ask.answer("한빛홍삼은 미국에 홍삼을 수출하나요?"))[0].startswith("예, ")
    assert texts(ask.answer("한빛홍삼은 일본에 홍삼을 수출하나요?"))[0].startswith("아니요, ")


def test_neither_is_said_where_it_does_not(ask: Answerer) -> None:
    answer = ask.answer("한빛홍삼은 미국에 홍삼 절편을 많이 수출하나요?")
    assert not any(text.startswith(("예", "아니요")) for text in texts(answer))


@pytest.mark.parametrize(
    "question",
    ["홍삼 산업 육성 4대 전략에는 무엇이 있나요?", "풍기의 업체 수는?", "한빛홍삼은 언제 상장?"],
)
def test_quotes_stay_exact_whatever_is_said(ask: Answerer, small: LiveIndex, question: str) -> None:
    answer = ask.answer(question)
    assert answer.citations
    for citation in answer.citations:
        document = small.current().store.document(citation.document_id)
        assert document is not None
        assert is_exact(citation, document)


def test_a_row_is_read_as_its_cells() -> None:
    assert cells_of("지역: 금산 / 업체 수: 612개 / 비고") == [
        Cell("지역", "금산"),
        Cell("업체 수", "612개"),
        Cell("", "비고"),
    ]

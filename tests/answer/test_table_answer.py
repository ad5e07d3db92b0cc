"""Tables and lists told in Korean sentences, with the real index, analyser and checks."""

import re
from collections.abc import Callable

import pytest

from api.answer.answerer import Answerer
from api.answer.citation import is_exact
from api.answer.records import Answer
from retriever.folding import fold
from retriever.live_index import LiveIndex

REPORT = """지역 특산물 산업 보고서

1. 지역별 현황

[표 1] 지역별 홍삼 업체 현황

| 지역 | 업체 수 | 주요 품목 |
|---|---|---|
| 금산 | 612개 | 홍삼 농축액 |
| 풍기 | 248개 | 홍삼 절편 |
| 진안 | 95개 | 홍삼 음료 |

2. 지원 사업

[표 2] 홍삼 지원 사업

| 분야 | 내용 | 담당 기관 |
|---|---|---|
| 기술개발 | 추출 공정 고도화 | 농업기술원 |
| 기술개발 | 저온 건조 실증 | 홍삼연구소 |
| 판로 | 해외 박람회 참가 | 무역진흥원 |
| 인력 | 가공 전문가 양성 | 인삼대학교 |

3. 제품

| 제품군 | 내용 |
|---|---|
| 액상 | ① 농축액 ② 음료 ③ 앰플 |
| 화장품 | 홍삼 추출물을 쓴 크림이 출시됨 |

4. 계획

□ 기술군은 4대 분야, 곧 ① 재배 ② 가공 ③ 유통 ④ 수출로 분류됨
□ 우선 해결할 문제는 아래와 같음
  - 원료의 가격이 해마다 크게 오름
  - 전문 인력이 모자람
□ 산업은 3대 거점 기관(농업기술원, 홍삼연구소, 인삼대학교)이 이끎
"""
RAW_ROW = re.compile(r"\S: \S.* / \S.*: ")


@pytest.fixture(scope="module")
def index(indexed: Callable[[str, str], LiveIndex]) -> LiveIndex:
    return indexed(REPORT, "특산물.md")


@pytest.fixture(scope="module")
def ask(index: LiveIndex) -> Answerer:
    return Answerer(index.current)


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("금산의 업체 수는?", "금산의 업체 수는 612개입니다."),
        ("업체 수가 248개인 지역은 어디인가요?", "업체 수가 248개인 지역은 풍기입니다."),
        ("저온 건조 실증은 어느 분야에 속하나요?", "저온 건조 실증은 기술개발 분야에 속합니다."),
        (
            "기술개발에는 어떤 사업이 있나요?",
            "기술개발에는 추출 공정 고도화와 저온 건조 실증이 있습니다.",
        ),
        ("액상 제품에는 무엇이 있나요?", "액상에는 농축액, 음료, 앰플이 있습니다."),
        ("저온 건조 실증의 담당 기관은?", "저온 건조 실증의 담당 기관은 홍삼연구소입니다."),
        ("화장품의 내용은?", "화장품: 홍삼 추출물을 쓴 크림이 출시됨"),
        (
            "기술개발 분야에서 홍삼연구소는 어떤 내용에 속하나요?",
            "홍삼연구소는 저온 건조 실증의 담당 기관입니다.",
        ),
        (
            "금산 지역 현황을 알려줘",
            "금산은 업체 수가 612개, 주요 품목이 홍삼 농축액입니다.",
        ),
    ],
)
def test_a_row_is_told_as_a_sentence(ask: Answerer, question: str, told: str) -> None:
    assert texts(ask.answer(question))[0] == told


def test_rows_that_are_joined_are_all_cited(ask: Answerer) -> None:
    answer = ask.answer("기술개발에는 어떤 사업이 있나요?")
    assert answer.sentences[0].markers == (1, 2)
    assert "추출 공정 고도화" in answer.citations[0].quote
    assert "저온 건조 실증" in answer.citations[1].quote


def test_all_rows_of_a_numbered_table_are_listed(ask: Answerer) -> None:
    assert texts(ask.answer("표 2의 내용을 알려 주세요")) == [
        "홍삼 지원 사업은 다음과 같습니다.",
        "- 기술개발: 추출 공정 고도화, 담당 기관 농업기술원, 저온 건조 실증, 담당 기관 홍삼연구소",
        "- 판로: 해외 박람회 참가, 담당 기관 무역진흥원",
        "- 인력: 가공 전문가 양성, 담당 기관 인삼대학교",
    ]


def test_one_column_of_all_rows_is_listed_by_name(ask: Answerer) -> None:
    told = texts(ask.answer("지역별 업체 수를 알려줘"))
    assert told[0] == "업체 수는 다음과 같습니다."
    assert told[1:] == ["- 금산: 612개", "- 풍기: 248개", "- 진안: 95개"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "홍삼 기술군의 4대 분야를 알려줘",
            ["기술군은 4대 분야로, 다음과 같습니다.", "- 재배", "- 가공", "- 유통", "- 수출"],
        ),
        (
            "우선 해결할 문제는?",
            [
                "우선 해결할 문제는 아래와 같습니다.",
                "- 원료의 가격이 해마다 크게 오름",
                "- 전문 인력이 모자람",
            ],
        ),
        (
            "3대 거점 기관은 무엇인가요?",
            [
                "3대 거점 기관은 다음과 같습니다.",
                "- 농업기술원",
                "- 홍삼연구소",
                "- 인삼대학교",
            ],
        ),
    ],
)
def test_what_a_sentence_counts_or_announces_is_listed(
    ask: Answerer, question: str, told: list[str]
) -> None:
    assert texts(ask.answer(question)) == told


@pytest.mark.parametrize(
    "question",
    [
        "표 1 내용을 보여줘",
        "지역별 업체 수를 알려줘",
        "진안의 주요 품목과 업체 수는?",
        "금산과 풍기의 업체 수를 비교해줘",
        "홍삼 음료를 주로 만드는 지역은 어느 지역인가요?",
    ],
)
def test_no_reader_sees_a_raw_row_and_what_is_added_stands_above(
    ask: Answerer, index: LiveIndex, question: str
) -> None:
    answer = ask.answer(question)
    assert answer.citations
    for sentence in answer.sentences:
        assert not RAW_ROW.search(sentence.text)
        assert all(word in sentence.text for word in sentence.added)
        assert all(fold(word) in fold(REPORT) for word in sentence.added)
    for citation in answer.citations:
        document = index.current().store.document(citation.document_id)
        assert document is not None
        assert is_exact(citation, document)

import pytest

from api.answer.expected import expected
from api.answer.lead import lead
from api.answer.question import answer_kind


def led(question: str, text: str, *terms: str) -> str:
    kind = answer_kind(question)
    return lead(kind, expected(question, kind), text, dict.fromkeys(terms, 1.0))


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("인력은 몇 명인가요?", "2023년 석박사급 인력은 약 2.6만 명 수준", "약 2.6만 명 수준"),
        ("비중은 얼마인가요?", "AI 활용 비중은 2023년 6.3%에 그침", "6.3%"),
        ("예산은 얼마인가요?", "2024년에 4,300억 원을 들임", "4,300억 원"),
        ("언제 상장했나요?", "코스닥 상장 시기는 2019년 12월임", "2019년 12월"),
    ],
)
def test_the_one_fitting_figure_leads(question: str, text: str, figure: str) -> None:
    assert led(question, text) == figure


def test_of_several_figures_the_one_behind_the_words_of_the_question_leads() -> None:
    text = "집적 규모는 바이오기업 600여 개, 연구소 기업 295개, 연구기관 45개임"
    assert led("연구소 기업은 몇 개인가요?", text, "연구소", "기업") == "295개"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("셋을 합치면 몇 퍼센트인가요?", "EU(약 10%)와 중국(약 10%)을 합하면 80%를 점유"),
        ("비중은 얼마인가요?", "비중은 2022년 4.5%, 2023년 6.3%임"),
        ("기간은 언제인가요?", "2021~2027년에 집중 투자함"),
        ("언제 나왔나요?", "2016년에 착수하여 2018년에 발표함"),
        ("몇 명인가요?", "예산은 300억 원임"),
        ("어떻게 하나요?", "응답자는 383명임"),
    ],
)
def test_where_there_is_doubt_nothing_leads(question: str, text: str) -> None:
    assert led(question, text) == ""


def test_a_figure_of_the_question_is_no_answer() -> None:
    assert led("383명 가운데 몇 명이 답했나요?", "383명을 조사함") == ""

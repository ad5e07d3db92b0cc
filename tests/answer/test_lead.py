import pytest

from api.answer.expected import expected
from api.answer.lead import lead
from retriever.answer_kind import answer_kind


def led(question: str, text: str, *terms: str) -> str:
    kind = answer_kind(question)
    return lead(
        question, kind, expected(question, kind), text, dict.fromkeys(terms, 1.0), frozenset(terms)
    )


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


def test_of_two_sums_of_one_noun_the_one_with_all_its_words_leads() -> None:
    text = "정부의 AI 홍삼 투자규모는 881억 원 수준으로, 전체 홍삼 투자규모인 5조 원보다 적음"
    question = "정부의 AI 홍삼 투자규모는 얼마인가요?"
    assert led(question, text, "정부", "ai", "홍삼", "투자", "규모") == "881억 원 수준"


def test_a_sentence_that_lacks_a_noun_of_the_question_lends_no_figure() -> None:
    question, text = "부산의 재배 인력은 몇 명인가요?", "재배 인력 2.6만 명을 보유함"
    kind = answer_kind(question)
    terms = dict.fromkeys(["부산", "재배", "인력"], 1.0)
    held = frozenset({"재배", "인력"})
    assert lead(question, kind, expected(question, kind), text, terms, held) == ""


def test_what_another_clause_is_about_has_no_part_in_the_date() -> None:
    text = "한빛홍삼은 절편을 만들고 있으며 금산홍삼은 농축액을 만들어 2019년 12월 상장함"
    assert led("한빛홍삼은 언제 상장했나요?", text, "한빛홍삼", "상장") == ""
    assert led("금산홍삼은 언제 상장했나요?", text, "금산홍삼", "상장") == "2019년 12월"


def test_a_date_needs_the_verb_of_the_question() -> None:
    question, text = "왕은 언제 태어났나요?", "왕이 글자를 반포한 것은 1446년이다."
    kind = answer_kind(question)
    terms = {"왕": 1.0, "태어나/v": 1.0}
    assert lead(question, kind, expected(question, kind), text, terms, {"왕"}) == ""


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("인력은 몇 명 늘었나요?", "인력 2.6만 명을 보유함"),
        ("인력은 몇 명인가요?", "인력이 300명 늘어남"),
        ("후보를 찾는 데 몇 년 걸리나요?", "후보를 찾는 방법을 2018년에 발표함"),
    ],
)
def test_how_much_and_how_much_more_are_two_questions(question: str, text: str) -> None:
    assert led(question, text) == ""


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


def test_a_figure_that_counts_another_thing_does_not_lead() -> None:
    text = "한빛군은 10개의 면과 3개의 나루로 이루어짐"
    assert led("한빛군은 몇 개의 면으로 이루어져 있나요?", text, "한빛군", "면") == "10개"

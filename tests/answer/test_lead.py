import pytest

from api.answer.expected import expected
from api.answer.lead import lead
from retriever.answer_kind import answer_kind


def led(question: str, text: str, *terms: str) -> str:
    kind = answer_kind(question)
    return lead(question, kind, expected(question, kind), text, dict.fromkeys(terms, 1.0))


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


def test_what_a_figure_counts_may_stand_behind_it() -> None:
    text = "대상은 한빛홍삼 등 5개 기업, 금산대 등 7개 기관임"
    assert led("선정된 기업은 몇 개인가요?", text, "선정", "기업") == "5개"
    assert led("선정된 기관은 몇 개인가요?", text, "선정", "기관") == "7개"


def test_of_the_figures_of_several_years_the_one_of_the_year_asked_for_leads() -> None:
    text = "홍삼 시장은 2018년 약 30억 달러에서 2028년 약 120억 달러 규모로 커짐"
    question = "2028년 홍삼 시장 규모는 얼마인가요?"
    assert led(question, text, "홍삼", "시장") == "약 120억 달러 규모"
    assert led("홍삼 시장 규모는 얼마인가요?", text, "홍삼", "시장") == ""


@pytest.mark.parametrize(
    ("question", "sum_of_money"),
    [("투입액은 얼마인가요?", "총 955억 유로"), ("우리 돈으로 얼마가 들어가나요?", "약 140조 원")],
)
def test_a_sum_said_again_in_another_currency_is_one(question: str, sum_of_money: str) -> None:
    assert led(question, "투입액은 총 955억 유로(약 140조 원)임", "투입액") == sum_of_money


def test_a_sum_without_its_unit_is_one_of_money() -> None:
    assert led("얼마를 들였나요?", "4,300억을 들여 센터를 지음") == "4,300억"


def test_a_rate_is_that_of_what_it_measures() -> None:
    text = "수출은 연평균 19.1%의 높은 성장률을 기록함"
    assert led("수출은 매년 몇 퍼센트씩 성장하나요?", text, "수출") == "연평균 19.1%"


def test_a_clause_without_a_subject_of_its_own_goes_on_about_the_one_before() -> None:
    text = "한빛홍삼은 공장을 지었으며, 여기에 300억 원을 들임"
    assert led("한빛홍삼이 들인 돈은 얼마인가요?", text, "한빛홍삼", "돈") == "300억 원"


def test_what_another_clause_is_about_has_no_part_in_the_date() -> None:
    text = "한빛홍삼은 절편을 만들고 있으며 금산홍삼은 농축액을 만들어 2019년 12월 상장함"
    assert led("한빛홍삼은 언제 상장했나요?", text, "한빛홍삼", "상장") == ""
    assert led("금산홍삼은 언제 상장했나요?", text, "금산홍삼", "상장") == "2019년 12월"


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
        ("언제 나뉘었나요?", "395년의 분할과 1453년의 멸망"),
        ("언제 왕이 되었나요?", "한빛왕(1432년 12월 4일 ~ 1487년)은 13대 왕이다."),
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

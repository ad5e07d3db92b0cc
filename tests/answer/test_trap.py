import pytest

from api.answer.answerer import Answerer
from api.answer.years import years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022년 4.5%, 2023년 6.3%", {2022, 2023}),
        ("'24년에", {2024}),
        ("2021~2023년 기간", {2021, 2022, 2023}),
        ("2019년부터 2021년까지", {2019, 2020, 2021}),
        ("약 2,024억 원", set()),
        ("1년에 5회", set()),
    ],
)
def test_years_are_read_in_any_writing(text: str, years: set[int]) -> None:
    assert years_in(text) == years


def test_another_year_than_the_documents_speak_of_is_refused(answerer: Answerer) -> None:
    answer = answerer.answer("2019년 국내 전체 기업의 인공지능 활용 비중은 몇 퍼센트인가요?")
    assert (answer.answerable, answer.refusal_reason) == (False, "other_year")
    assert "2019년" in answer.text
    assert answer.citations, "what the documents do say is shown"


def test_the_year_they_do_speak_of_is_answered(answerer: Answerer) -> None:
    answer = answerer.answer("2023년 국내 전체 기업의 인공지능 활용 비중은 몇 퍼센트인가요?")
    assert answer.answerable
    assert "6.3%" in answer.text


def test_a_name_that_the_corpus_never_mentions_is_refused(answerer: Answerer) -> None:
    answer = answerer.answer("오송 바이오 클러스터의 석박사급 인력은 몇 명인가요?")
    assert (answer.answerable, answer.refusal_reason) == (False, "unknown_name")
    assert "오송" in answer.text


def test_a_misspelt_name_is_not_unknown(answerer: Answerer) -> None:
    answer = answerer.answer("신태카바이오는 언제 코스닥에 상장했나요?")
    assert answer.answerable
    assert "2019년 12월" in answer.text

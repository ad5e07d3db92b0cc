"""Questions that yes or no answers, over a small report, with the real index and analyser."""

from collections.abc import Callable

import pytest

from api.answer.answerer import Answerer
from api.answer.claim import asks_yes_or_no
from retriever.live_index import LiveIndex

REPORT = """남해안 양식 산업 보고서

1. 양식 산업의 현황

○ 통영의 집적 규모는 굴 가공업체 120여 개, 종묘 업체 85개, 연구기관 12개임
○ 굴 수출액은 2022년에 310억 원, 2023년에 402억 원으로, 아직 내수보다 적음
○ 국내 양식업체의 자동화율은 낮은 수준이며, 업체의 91.7%가 사람 손에 의존함
○ 노르웨이는 무인 양식 장비를 이미 상용화하고 있는 반면, 국내의 장비 분야는 초보적인 수준임
○ 노르웨이보다 기술이 뒤처졌다는 지적에 따라 일본은 투자를 늘리는 중임

2. 기업과 기관

가. 가공 부문의 기업으로는 해온푸드와 미래수산이 있음

○ 해온푸드의 사업 영역은 냉동 굴임. 통조림으로 출발하였으며 코스닥 상장 시기는 2018년 5월임.
○ 미래수산은 창원의 다온식품을 인수하였으며, 새 공장을 짓는 데 2,400억 원을 들임
○ 미래수산은 적조 예측 장비를 2030년까지 개발할 계획임
○ 해양바이오위원회는 2023년 9월 정식 출범함
○ 대부분의 어가는 수온 자료를 보유하고 있지 못함

3. 육성 전략

□ 양식 산업 육성을 위한 5대 전략은 다음과 같음
  - (전략 1) 6대 유망품종을 대상으로 시범 사업을 추진
  - (전략 2) 종자은행을 설립하고 전문인력 3천 명을 양성
"""


@pytest.fixture(scope="module")
def ask(indexed: Callable[[str, str], LiveIndex]) -> Answerer:
    return Answerer(indexed(REPORT, "양식.md").current)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        # The figure of just the noun asked of, however it is written.
        ("통영의 종묘 업체는 85개인가요?", "예"),
        ("종묘 업체는 12개인가요?", "아니요"),
        ("통영의 연구기관은 85개가 맞나요?", "아니요"),
        ("굴 수출액은 2022년에 310억 원이었나요?", "예"),
        ("굴 수출액은 2022년에 402억 원이었나요?", "아니요"),
        ("미래수산이 24억을 투자한 게 맞아?", "아니요"),
        ("미래수산이 2천400억 원을 들인 게 맞나요?", "예"),
        ("양식 산업 육성 전략은 5가지인가요?", "예"),
        ("양식 산업 육성 전략은 6가지인가요?", "아니요"),
        # Other words for the same, and for the opposite.
        ("해온푸드는 코스닥에 상장했나요?", "예"),
        ("국내 양식업체의 자동화율은 높은가요?", "아니요"),
        ("굴 수출액은 내수보다 많은가요?", "아니요"),
        ("대부분의 어가는 수온 자료를 보유하고 있나요?", "아니요"),
        # What is set against it, and a belief that something is behind.
        ("우리나라도 무인 양식 장비를 상용화했나요?", "아니요"),
        ("일본은 노르웨이보다 기술이 앞서 있나요?", "아니요"),
        # Dates.
        ("해양바이오위원회는 2023년 9월에 출범했나요?", "예"),
    ],
)
def test_a_verdict_is_given_where_the_sentence_leaves_no_doubt(
    ask: Answerer, question: str, word: str
) -> None:
    answer = ask.answer(question)
    assert answer.text.startswith(f"{word}, "), answer.text
    assert word in answer.sentences[0].added
    assert answer.sentences[0].markers


@pytest.mark.parametrize(
    "question",
    [
        "미래수산은 코스닥에 상장했나요?",
        "다온식품은 미래수산을 인수했나요?",
        "미래수산은 적조 예측 장비를 개발했나요?",
        "종자은행이 설립되었나요?",
        "전문인력 3천 명이 양성됐나요?",
        "굴 수출액은 310억 원인가요?",
        "일본은 무인 양식 장비를 상용화했나요?",
        "국가해양위원회는 2023년 9월에 출범했나요?",
    ],
)
def test_none_is_given_of_another_of_a_plan_or_where_it_is_not_said(
    ask: Answerer, question: str
) -> None:
    assert not ask.answer(question).text.startswith(("예", "아니요"))


def test_questions_that_ask_what_or_how_many_are_no_yes_or_no_questions() -> None:
    assert asks_yes_or_no("해온푸드는 상장했나요?")
    assert asks_yes_or_no("295개가 맞아?")
    assert not asks_yes_or_no("해온푸드는 언제 상장했나요?")
    assert not asks_yes_or_no("업체는 몇 개인가요?")
    assert not asks_yes_or_no("5대 전략은?")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("양식 산업 육성 7대 전략은?", "문서에는 7대가 아니라 5대 전략으로 나와 있습니다."),
        ("시범 사업의 4대 유망품종은 무엇인가요?", "문서에는 4대가 아니라 6대 유망품종으로"),
    ],
)
def test_a_wrong_number_of_things_is_corrected_first(
    ask: Answerer, question: str, told: str
) -> None:
    answer = ask.answer(question)
    assert answer.text.startswith(told), answer.text
    assert answer.sentences[0].markers == (1,)
    number = told.split("아니라 ")[1][:2]
    assert number in answer.citations[0].quote
    assert len(answer.sentences) > 1


@pytest.mark.parametrize(
    "question",
    ["양식 산업 육성 5대 전략은?", "굴 가공 7대 전략은?", "5대 전략 가운데 3가지 전략은?"],
)
def test_a_number_is_left_where_it_is_right_or_counts_something_else(
    ask: Answerer, question: str
) -> None:
    assert "아니라" not in ask.answer(question).sentences[0].text

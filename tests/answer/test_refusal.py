"""What a refusal is decided by, and what it says."""

import math
from dataclasses import replace

import pytest

from api.answer.answerer import Answerer
from api.answer.asked_value import asks_for_person, holds_asked_value
from api.answer.attribute import attributes_in
from api.answer.entity_agreement import bodies_in, lacks_body, lacks_place, places_in
from api.answer.premise import WrongYear, wrong_year
from api.answer.refusal import CALIBRATION, judge
from api.answer.refusal_features import Evidence, Features, evidence
from retriever.live_index import LiveIndex
from retriever.word_roles import WordRoles


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("응답자는 몇 명인가요?", "설문에는 383명이 답함", True),
        ("응답자는 몇 명인가요?", "과제는 모두 846건임", False),
        ("과제 846건 가운데 대학이 맡은 것은 몇 건인가요?", "지원 과제는 총 846건임", False),
        ("도입률은 몇 %인가요?", "중소기업의 도입률은 3.9%에 그침", True),
        ("총예산은 얼마인가요?", "2019년에 36건을 지원함", False),
        ("총예산은 얼마인가요?", "정부는 220억 원을 지원함", True),
        ("언제 상장했나요?", "코스닥에 상장한 기업임", False),
        ("언제 상장했나요?", "2019년 12월 코스닥에 상장함", True),
        ("정밀의료란 무엇인가요?", "맞춤형 진단을 구현하는 의료임", None),
    ],
)
def test_a_value_of_the_kind_asked_for_is_told(
    question: str, text: str, holds: bool | None
) -> None:
    assert holds_asked_value(question, text) is holds


def test_who_asks_for_a_person() -> None:
    assert asks_for_person("이 회사의 창업자는 누구인가요?")
    assert not asks_for_person("이 회사는 언제 생겼나요?")


def test_a_price_is_spoken_of_in_other_words() -> None:
    (price,) = attributes_in("구독료는 얼마인가요?")
    assert price.spoken.search("한 달 이용 비용은 2만 원임")
    assert not price.spoken.search("구름 위에서 도는 서비스를 제공함")


def test_places_and_bodies_of_a_question_are_looked_for() -> None:
    assert places_in("대구시의 계획은?", ()) == {"대구"}
    assert places_in("영국의 도입률은?", ("영국",)) == {"영국"}
    assert lacks_place({"영국"}, "미국 중소기업의 도입률")
    assert not lacks_place({"미국"}, "u.s. economy")
    assert bodies_in("국가양자위원회의 표어는?") == {"국가양자위원회"}
    assert lacks_body({"국가양자위원회"}, "국가바이오위원회와 국가인공지능위원회")
    assert not lacks_body({"국가바이오위원회"}, "국가 바이오위원회가 출범함")


ROLES = WordRoles(names=("신테카바이오",), predicates=("상장",))


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (
            "2020년에 상장한 신테카바이오의 사업은?",
            "신테카바이오는 2019년 12월 코스닥에 상장함",
            WrongYear(2020, 2019),
        ),
        # The same year; another name; two years; a year that dates something else.
        ("2019년에 상장한 신테카바이오의 사업은?", "신테카바이오는 2019년 12월 상장함", None),
        ("2020년에 상장한 신테카바이오의 사업은?", "토모큐브는 2019년에 상장함", None),
        ("2020년에 상장한 신테카바이오의 사업은?", "신테카바이오는 2019년과 2021년에 상장함", None),
        ("상장한 신테카바이오의 2020년 매출은?", "신테카바이오는 2019년 12월 상장함", None),
    ],
)
def test_only_a_plain_contradiction_is_a_false_premise(
    question: str, sentence: str, found: WrongYear | None
) -> None:
    assert wrong_year(question, ROLES, sentence) == found


def _evidence(answerer_index: LiveIndex, question: str) -> list[Evidence]:
    return evidence(question, answerer_index.current().search(question))


def test_the_probability_is_that_of_the_most_promising_sentence(corpus_index: LiveIndex) -> None:
    found = _evidence(corpus_index, "신테카바이오는 언제 코스닥에 상장했나요?")
    whole = judge(found)
    assert whole.probability == pytest.approx(max(judge([one]).probability for one in found))
    assert whole.probability > CALIBRATION.threshold
    assert whole.nearest is not None
    assert "상장" in whole.nearest.sentence.text
    assert judge([]).probability == 0


def test_the_probability_is_the_logistic_of_the_weighted_features(corpus_index: LiveIndex) -> None:
    one = _evidence(corpus_index, "신테카바이오는 언제 코스닥에 상장했나요?")[0]
    zeros = Features(*[0.0] * len(Features.__slots__))
    only = replace(CALIBRATION, weights=replace(zeros, similarity=2.0), bias=-1.0)
    expected = 1 / (1 + math.exp(-(2.0 * one.features.similarity - 1.0)))
    assert judge([one], only).probability == pytest.approx(expected)


def test_a_missing_value_a_place_and_a_request_are_told(corpus_index: LiveIndex) -> None:
    asked = {
        "lacks_place": "캐나다의 인공지능 연구개발 예산은 얼마인가요?",
        "request": "우리 회사 소개 글을 써 주세요.",
        "lacks_attribute": "토모큐브의 부지 면적은 얼마인가요?",
        "other_year": "2011년 국내 전체 기업의 인공지능 활용 비중은 얼마였나요?",
    }
    for feature, question in asked.items():
        verdict = judge(_evidence(corpus_index, question))
        assert verdict.nearest is not None
        assert getattr(verdict.nearest.features, feature) == 1, question


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("신테카바이오의 공모가는 얼마였나요?", "not_in_corpus", "'공모가'"),
        ("2011년 국내 전체 기업의 AI 활용 비중은 몇 %인가요?", "other_year", "2022년, 2023년"),
        ("김해시의 바이오 연구기관은 몇 개인가요?", "unknown_name", "'김해"),
        ("2021년에 상장한 신테카바이오는 어떤 회사인가요?", "false_premise", "문서에는 2019년"),
        ("우리 회사 소개 글을 써 주세요.", "off_topic", "글쓰기"),
    ],
)
def test_a_refusal_says_what_is_missing(
    answerer: Answerer, question: str, reason: str, said: str
) -> None:
    answer = answerer.answer(question)
    assert (answer.answerable, answer.refusal_reason, answer.kind) == (False, reason, "refusal")
    assert said in answer.text
    assert len(answer.text.split("\n관련 내용: ")[0]) < 120


def test_a_refusal_offers_what_is_near_as_related(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오의 공모가는 얼마였나요?")
    assert answer.citations
    assert all(citation.related for citation in answer.citations)
    assert "신테카바이오" in answer.citations[0].quote or "상장" in answer.citations[0].quote
    told = answer.sentences[1]
    assert told.markers == (1,)
    assert f"관련 내용: {told.text} [1]" in answer.text
    assert told.text in answer.citations[0].passage


def test_an_answer_is_not_marked_as_related(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오는 언제 코스닥에 상장했나요?")
    assert answer.answerable
    assert answer.citations
    assert not any(citation.related for citation in answer.citations)


def test_nothing_near_means_nothing_offered(answerer: Answerer) -> None:
    answer = answerer.answer("김치찌개는 몇 분 끓이나요?")
    assert not answer.answerable
    assert "관련 내용" not in answer.text
    assert not answer.citations

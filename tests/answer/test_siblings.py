"""A sentence under a heading that names several speaks of one of them only."""

import pytest

from api.answer.answerer import Answerer
from api.answer.siblings import siblings


@pytest.mark.parametrize(
    ("name", "heading", "beside"),
    [
        (
            "애플",
            "기업들이며, 구글·마이크로소프트·애플의 활동은 다음과 같음",
            {"구글", "마이크로소프트"},
        ),
        ("eu", "미국·eu·중국 등 주요국은", {"미국", "중국"}),
        ("한빛제약", "기업으로는 한빛제약과 두리바이오가 있음", {"두리바이오"}),
        ("두리바이오", "기업으로는 한빛제약과 두리바이오가 있음", {"한빛제약"}),
        ("대전시", "대전시의 생태계 구축은 신산업 발굴과 연구센터의 두 방향", set()),
        ("일본", "일본은 격차를 줄이려 연구 거점과 부처를 엮음", set()),
    ],
)
def test_names_told_together(name: str, heading: str, beside: set[str]) -> None:
    assert siblings(name, heading) == beside


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("이노보테라퓨틱스는 언제 상장했나요?", "2019년"),
        ("애플은 어떤 회사를 인수했나요?", "딥마인드"),
        ("EU의 AI 투자액은 얼마야?", "874억"),
    ],
)
def test_a_siblings_fact_is_no_answer(answerer: Answerer, question: str, another: str) -> None:
    assert another not in answerer.answer(question).text


def test_what_stands_under_a_shared_heading_answers_for_its_own(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오는 언제 상장했나요?")
    assert answer.answerable
    assert "2019년 12월" in answer.text


def test_what_is_set_apart_is_not_asked_about(answerer: Answerer) -> None:
    answer = answerer.answer("구글 말고 애플은 바이오에서 무엇을 하나요?")
    assert "애플은" in answer.text

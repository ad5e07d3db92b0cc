import pytest

from api.answer import refusal
from api.answer.answerer import Answerer
from api.answer.follow_up_verdict import asks_for_other, judged_after, tells_again
from api.answer.records import Turn
from api.answer.refusal_features import evidence
from retriever.live_index import LiveIndex


@pytest.mark.parametrize(
    ("question", "text", "again"),
    [
        ("그중에 미국 몫은 얼마야?", "2029년까지 5천억 달러를 투자", True),
        ("그중에 미국 몫은 얼마야?", "5천억 달러 가운데 100억 달러를 투자", False),
        ("그 앞은 언제야?", "2029년에 끝남", True),
        ("그 앞은 언제야?", "2024년에 시작하여 2029년에 끝남", False),
        ("그중에 어디가 커?", "2029년까지 5천억 달러를 투자", False),
    ],
)
def test_a_value_that_was_told_is_not_another(question: str, text: str, again: bool) -> None:
    assert asks_for_other(question)
    told = "2029년까지 5,000억 달러를 투자할 계획입니다."
    assert tells_again(question, text, told) is again


def test_an_aspect_that_nothing_comes_near_to_is_doubted(corpus_index: LiveIndex) -> None:
    result = corpus_index.current().search("신테카바이오의 지금 주가는?")
    doubted = judged_after("지금 주가는?", result, "").probability
    assert doubted < refusal.judge(evidence("지금 주가는?", result)).probability
    known = corpus_index.current().search("알파고 대국의 상대가 누구였지?")
    asked = "상대가 누구였지?"
    assert judged_after(asked, known, "") == refusal.judge(evidence(asked, known))


def test_a_part_is_not_answered_with_the_whole(answerer: Answerer) -> None:
    history = [
        Turn("user", "Stargate에 얼마를 투자해?"),
        Turn("assistant", "2029년까지 최대 5천억 달러를 투자할 계획입니다. [1]"),
    ]
    assert not answerer.answer("그 중에 소프트뱅크가 내는 건 얼마야?", history=history).answerable
    assert "2029년" in answerer.answer("언제까지?", history=history).text


def test_a_name_that_was_carried_over_may_stand_beside_the_sentence(answerer: Answerer) -> None:
    history = [
        Turn("user", "국가바이오위원회가 출범하면서 정부가 발표한 전략 이름이 뭐야?"),
        Turn("assistant", "「대한민국 바이오 대전환 전략」입니다. [1]"),
    ]
    answer = answerer.answer("거기서 일자리는 몇 개 만든다고 했어?", history=history)
    assert answer.answerable
    assert "1만 개" in answer.text

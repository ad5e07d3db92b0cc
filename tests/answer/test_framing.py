import pytest

from api.answer.answerer import Answerer
from api.answer.framing import without_introduction, without_last_wish


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("지자체 담당자입니다. 어업 계획의 과제 수는?", "어업 계획의 과제 수는?"),
        ("저는 문과생인데요, 오가노이드가 뭔가요?", "오가노이드가 뭔가요?"),
        ("발표 준비 중인데 도입률 알려줘", "도입률 알려줘"),
        ("기사 쓰는 중인데요, 기업 수 확인 부탁드립니다", "기업 수 확인 부탁드립니다"),
        ("바이오 스타트업 대표인데 받을 지원은?", "바이오 스타트업 받을 지원은?"),
        ("담당자는 누구인가요?", "담당자는 누구인가요?"),
        ("보고서 쓰는데 필요한 예산은?", "보고서 쓰는데 필요한 예산은?"),
        ("저는 기자입니다.", "저는 기자입니다."),
        ("연구자가 늘어난 이유는?", "연구자가 늘어난 이유는?"),
    ],
)
def test_who_asks_is_not_asked_about(question: str, left: str) -> None:
    assert without_introduction(question) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("어디가 더 많이 쓰나요? 수치도 같이요.", "어디가 더 많이 쓰나요?"),
        ("뭐가 더 커? 각각 얼마야", "뭐가 더 커?"),
        ("어디가 큰가요? 금액도 알려 주세요.", "어디가 큰가요?"),
        ("언제 나왔어? 예산은 얼마야?", "언제 나왔어? 예산은 얼마야?"),
        ("무엇인가요? 그리고 왜 그런가요?", "무엇인가요? 그리고 왜 그런가요?"),
    ],
)
def test_a_last_wish_is_no_question(question: str, left: str) -> None:
    assert without_last_wish(question) == left


def test_an_introduction_changes_no_answer(answerer: Answerer) -> None:
    question = "신테카바이오는 언제 상장했나요?"
    introduced = answerer.answer(f"저는 취재 중인 기자인데요, {question}")
    assert introduced.text == answerer.answer(question).text

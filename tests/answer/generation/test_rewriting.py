"""A model's rewriting of a follow-up is taken only where it brings in nothing new."""

import pytest

from api.answer.generation.rewriting import rewrite_question
from api.answer.records import Turn
from tests.answer.generation.conftest import model_of, scripted
from tests.answer.generation.fake_server import FakeServer, Reply

HISTORY = [
    Turn("user", "한강의 평균 수온은 얼마인가요?"),
    Turn("assistant", "한강의 평균 수온은 2023년에 14.2도로 측정되었습니다 [1]."),
]
QUESTION = "그럼 조류 경보는?"
RULES = "한강 조류 경보는?"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("한강의 조류 경보는 몇 회 발령되었나요?", RULES),
        ("한강의 조류 경보는 어떻게 되었나요?", "한강의 조류 경보는 어떻게 되었나요?"),
        ("질문: “한강의 조류 경보는 얼마인가요?”", "한강의 조류 경보는 얼마인가요?"),
        ("<think>흠</think>\n한강의 조류 경보는 무엇인가요?", "한강의 조류 경보는 무엇인가요?"),
        ("2023년 한강의 조류 경보는 얼마인가요?", "2023년 한강의 조류 경보는 얼마인가요?"),
        ("2024년 한강의 조류 경보는 얼마인가요?", RULES),
        ("낙동강의 조류 경보는 얼마인가요?", RULES),
        ("한강의 WHO 조류 경보는 얼마인가요?", RULES),
        ("What about the Han river?", RULES),
        ("한강의 조류 경보는?\n설명: 앞의 말을 채웠습니다.", RULES),
        ("한강의 조류 경보는 얼마인가요? " * 20, RULES),
        ("", RULES),
    ],
)
def test_rewritings(reply: str, expected: str) -> None:
    assert rewrite_question(scripted(reply), QUESTION, HISTORY, RULES) == expected


def test_without_a_conversation_no_model_is_asked(fake: FakeServer) -> None:
    assert rewrite_question(model_of(fake.url), "수온은?", [], "수온은?") == "수온은?"
    assert fake.requests == []


def test_a_model_that_fails_leaves_the_rules(fake: FakeServer) -> None:
    fake.replies = [Reply(status=401)]
    assert rewrite_question(model_of(fake.url), QUESTION, HISTORY, RULES) == RULES
    assert len(fake.requests) == 1

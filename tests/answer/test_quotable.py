import pytest

from api.answer.answerer import Answerer
from api.answer.quotable import evidence_left_out, left_out
from ingest.records import BlockKind


@pytest.mark.parametrize(
    "question",
    [
        "그 보도자료는 며칠 자인가요?",
        "AI 투자 동향은 어느 기관 자료를 봤나요?",
        "이 통계 출처가 어디야?",
        "참고문헌에 나온 논문 저자는?",
    ],
)
def test_who_asks_for_a_source_may_be_told_one(question: str) -> None:
    assert BlockKind.REFERENCE not in evidence_left_out(question)


@pytest.mark.parametrize("question", ["AI 예산은 얼마인가요?", "어느 기업이 상장했나요?"])
def test_sources_answer_nothing_else(question: str) -> None:
    assert {BlockKind.REFERENCE, BlockKind.CAPTION, BlockKind.SOURCE} <= left_out(question)


def test_a_press_release_is_dated_from_the_references(answerer: Answerer) -> None:
    answer = answerer.answer("국가인공지능위원회 출범을 발표한 보도자료는 며칠 자인가요?")
    assert answer.answerable
    assert "2024.09.26" in answer.text.replace(" ", "")

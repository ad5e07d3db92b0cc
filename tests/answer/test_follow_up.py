import pytest

from api.answer.follow_up import rewrite
from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


def turns(*questions: str) -> list[Turn]:
    return [turn for q in questions for turn in (Turn("user", q), Turn("assistant", "네."))]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("그 기술은 누가 개발했나요?", "알파폴드"),
        ("그건 언제 나왔어?", "알파폴드"),
        ("그럼 왜 중요한가요?", "알파폴드"),
        ("언제?", "알파폴드"),
    ],
)
def test_a_question_that_points_back_gets_its_topic(
    analyzer: KoreanAnalyzer, question: str, topic: str
) -> None:
    assert topic in rewrite(question, turns("알파폴드는 무엇인가요?"), analyzer)


def test_a_whole_question_is_left_alone(analyzer: KoreanAnalyzer) -> None:
    question = "일본 정부의 2022년 AI 예산은 얼마인가요?"
    assert rewrite(question, turns("알파폴드는 무엇인가요?"), analyzer) == question


def test_without_history_nothing_changes(analyzer: KoreanAnalyzer) -> None:
    assert rewrite("그건 왜 그래?", [], analyzer) == "그건 왜 그래?"


def test_the_topic_is_found_behind_other_follow_ups(analyzer: KoreanAnalyzer) -> None:
    history = turns("배양육은 무엇인가요?", "그건 어떻게 만드나요?")
    assert "배양육" in rewrite("그럼 얼마나 걸려?", history, analyzer)


def test_another_subject_takes_the_place_of_the_first(analyzer: KoreanAnalyzer) -> None:
    history = turns("토모큐브는 언제 설립됐나요?")
    assert rewrite("신테카바이오는?", history, analyzer) == "신테카바이오는 언제 설립됐나요?"


def test_what_is_asked_of_the_topic_does_not_replace_it(analyzer: KoreanAnalyzer) -> None:
    assert "배양육" in rewrite("비용은?", turns("배양육은 무엇인가요?"), analyzer)


def test_after_a_connective_a_question_with_its_own_subject_is_complete(
    analyzer: KoreanAnalyzer,
) -> None:
    history = turns("국가인공지능위원회는 언제 출범했나요?")
    question = "그럼 국가바이오위원회는 언제 출범했나요?"
    assert rewrite(question, history, analyzer) == "국가바이오위원회는 언제 출범했나요?"


def test_this_report_is_the_report_at_hand(analyzer: KoreanAnalyzer) -> None:
    question = "이 보고서 저자는 누구인가요?"
    assert rewrite(question, turns("배양육은 무엇인가요?"), analyzer) == question

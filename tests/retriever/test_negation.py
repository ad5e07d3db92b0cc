import pytest

from retriever.analysis import KoreanAnalyzer
from retriever.negation import denials, denied_noun, may_deny, negative_words


@pytest.mark.parametrize(
    ("question", "term", "behind"),
    [
        ("로봇을 안 쓰는 농가는?", "쓰/v", "로봇을 안 쓰는"),
        ("로봇을 쓰고 있지 않은 농가는?", "쓰/v", "로봇을 쓰고 있지 않은"),
        ("로봇을 못 써 본 농가는?", "쓰/v", "로봇을 못 써"),
        ("사용 안 하는 농가는?", "사용", "사용 안 하는"),
        ("등록되지 않은 농가는?", "등록", "등록되지 않은"),
        ("운전자 없이 가는 버스는?", "운전자", "운전자 없이"),
        ("정형이 아닌 데이터는?", "정형", "정형이 아닌"),
    ],
)
def test_what_a_question_denies(
    question: str, term: str, behind: str, analyzer: KoreanAnalyzer
) -> None:
    assert may_deny(question)
    found = denials(question, analyzer.tokens(question))
    assert [(denial.term, question[: denial.end]) for denial in found] == [(term, behind)]


@pytest.mark.parametrize(
    "question", ["로봇을 쓰는 농가는?", "기관 안에서 누가 쓰나요?", "공지사항이 있나요?"]
)
def test_what_denies_nothing(question: str, analyzer: KoreanAnalyzer) -> None:
    assert denials(question, analyzer.tokens(question)) == []


def test_negative_words_carry_a_prefix() -> None:
    assert {"미활용", "미활용자", "비활용"} <= set(negative_words(["활용"]))
    assert denied_noun("미보유") == "보유"
    assert denied_noun("활용") == denied_noun("미흡") == ""

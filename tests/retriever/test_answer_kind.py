import pytest

from retriever.answer_kind import AnswerKind, answer_kind, fits


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("비율은 얼마인가요?", AnswerKind.NUMBER),
        ("몇 명이 일하나요?", AnswerKind.NUMBER),
        ("2030년 홍삼 시장 규모 전망", AnswerKind.NUMBER),
        ("언제 발표했나요?", AnswerKind.TIME),
        ("몇 년에 시작했어?", AnswerKind.TIME),
        ("보고서를 쓴 사람은 누구인가요?", AnswerKind.PERSON),
        ("왜 문제가 되나요?", AnswerKind.REASON),
        ("강점 세 가지를 알려 주세요", AnswerKind.LIST),
        ("어떤 기술이 있나요?", AnswerKind.LIST),
        ("거점은 어디인가요?", AnswerKind.PLACE),
        ("오믹스란?", AnswerKind.OTHER),
    ],
)
def test_the_words_of_a_question_tell_its_kind(question: str, kind: AnswerKind) -> None:
    assert answer_kind(question) is kind


def test_an_answer_of_a_kind_holds_its_sign() -> None:
    assert fits(AnswerKind.TIME, "2024년 4월에 발표")
    assert not fits(AnswerKind.TIME, "정부가 발표")
    assert fits(AnswerKind.NUMBER, "절반 이상")
    assert not fits(AnswerKind.NUMBER, "매우 많음")
    assert fits(AnswerKind.OTHER, "무엇이든")

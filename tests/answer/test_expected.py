import pytest

from api.answer.expected import expected, fitting
from retriever.answer_form import CURRENCIES
from retriever.answer_kind import answer_kind


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("몇 명인가요?", ("명",)),
        ("몇 퍼센트인가요?", ("%",)),
        ("활용률은 얼마인가요?", ("%", "분수")),
        ("예산은 얼마인가요?", CURRENCIES),
        ("몇 배 늘었나요?", ("배", "분수")),
        ("이유는 무엇인가요?", ()),
    ],
)
def test_a_question_tells_the_unit_of_its_answer(question: str, units: tuple[str, ...]) -> None:
    assert expected(question, answer_kind(question)).units == units


def test_quantities_of_other_units_do_not_fit() -> None:
    question = "예산은 얼마인가요?"
    wanted = expected(question, answer_kind(question))
    text = "2024년에 12개 과제에 300억 원, 50만 달러를 투자함"
    assert [text[q.start : q.end] for q in fitting(wanted, text)] == ["300억 원", "50만 달러"]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("기업과 기관은 각각 몇 곳인가요?", True),
        ("누가 언제 발표했나요?", True),
        ("이름은 무엇인가요? 뜻은요?", True),
        ("기업은 몇 곳인가요?", False),
    ],
)
def test_questions_for_several_things_are_noticed(question: str, several: bool) -> None:
    assert expected(question, answer_kind(question)).several is several

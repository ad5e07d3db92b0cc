from __future__ import annotations

import pytest

from retriever.answer_form import CURRENCIES, asked_forms, asked_units, sentence_forms
from retriever.answer_kind import AnswerKind, answer_kind


def answers(question: str, sentence: str) -> bool:
    asked = asked_forms(question)
    return not asked or bool(int(sentence_forms([sentence])[0]) & asked)


@pytest.mark.parametrize(
    ("question", "holding", "lacking"),
    [
        ("양봉 농가는 몇 명인가요?", "농가에서 320명이 일한다.", "2021년에 20% 늘었다."),
        ("꿀의 수출 비중은 얼마?", "생산량의 12.5퍼센트를 수출한다.", "3톤을 수출한다."),
        ("축제 예산이 얼마야?", "예산은 4억 2천만 원이다.", "방문객은 3만 명이다."),
        ("공사에 얼마를 들였나요?", "4,300억을 들여 지었다.", "3만 명이 일했다."),
        ("비용이 얼마나 줄어드나요?", "1/10 이상 절감된다.", "비용이 줄어든다."),
        ("수출 비중이 얼마인가요?", "3분의 1을 수출한다.", "3톤을 수출한다."),
        ("언제 처음 열렸나요?", "축제는 1997년에 시작했다.", "축제는 강가에서 열린다."),
        ("왜 줄었어?", "가뭄 때문에 줄었다.", "작년에 줄었다."),
        ("몇 세기의 탑인가요?", "18세기에 세운 탑이다.", "높이가 12m인 탑이다."),
        ("꿀을 파는 곳은 얼마나 되나요?", "직판장이 7곳 있다.", "직판장이 여럿 있다."),
    ],
)
def test_a_sentence_answers_only_with_what_the_question_asks_for(
    question: str, holding: str, lacking: str
) -> None:
    assert answers(question, holding)
    assert not answers(question, lacking)


@pytest.mark.parametrize("question", ["오믹스란?", "누가 심었나요?", "", "?!"])
def test_where_no_outward_form_is_asked_for_any_sentence_may_answer(question: str) -> None:
    assert asked_forms(question) == 0
    assert answers(question, "강가에서 열린다.")


def test_units_are_read_from_the_question() -> None:
    def units(question: str) -> tuple[str, ...]:
        return asked_units(question, answer_kind(question))

    assert units("몇 개국이 참여했나요?") == ("개국", "개")
    assert units("매출은 얼마인가요?") == CURRENCIES
    assert units("몇 분기에 걸쳐?") == ()
    assert asked_units("매출은?", AnswerKind.OTHER) == ()


def test_forms_of_no_sentences_are_an_empty_array() -> None:
    assert sentence_forms([]).shape == (0,)

"""Which questions ask for firms and bodies, and which sentences name one."""

import pytest

from api.answer.asked_firm import asks_which_firm, names_firm


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("유럽에서는 어느 제약사들이 참여하나요?", True),
        ("한국형 사업의 참여 기업은?", True),
        ("이 장비를 만드는 회사는 어디인가요?", True),
        ("자율랩을 갖춘 중소기업들을 알려 주세요.", True),
        ("중소기업에 자율랩이 알맞은 까닭은?", False),
        ("배양육은 어떻게 만들어?", False),
    ],
)
def test_a_question_for_firms_is_told(question: str, asks: bool) -> None:
    assert asks_which_firm(question) is asks


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Merck와 Pfizer가 연합함", True),
        ("신테카바이오, 힐리놀스는 대전의 기업임", True),
        ("보건복지부와 과기부가 발족함", True),
        ("국내 제약회사들이 각자 보유한 자체 DB를 공유함", False),
        # What the question brought, general terms, and the same said in another language.
        ("K-MELLODDY는 한국형 사업임", False),
        ("AI와 IT를 융합함", False),
        ("연합학습(Federated Learning)을 활용함", False),
        ("Federated Analysis(연합분석)를 활용함", False),
    ],
)
def test_a_body_that_the_question_does_not_name_is_found(text: str, named: bool) -> None:
    assert names_firm(text, "K-MELLODDY에는 어느 제약사가 참여하나요?") is named

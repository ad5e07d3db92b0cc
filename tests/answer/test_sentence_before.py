"""What a told sentence takes from the one before it, over a small report with the real parts."""

from collections.abc import Callable

import pytest

from api.answer.answerer import Answerer
from api.answer.records import Answer
from retriever.live_index import LiveIndex

REPORT = """해안 양식 산업 보고서

1. 지역 기업

○ 사료 부문에 속하는 기업으로는 물결바이오와 청해테크가 있음
  · 물결바이오의 사업 영역은 어류 사료, 해조 추출물임. \
연구소에서 출발하였으며 코스닥 상장 시기는 2018년 4월임.

2. 지원

○ 소규모 양식장은 저온 창고를 들일 때 큰 투자 부담을 안게 됨. \
이 부담을 완화하는 데에는 어촌계 공동 창고의 건립이 효율적임.
○ 항구에서 먼 어가들은 치어 수송에서 어려움을 겪음
  · 이들 어가는 수산대학 동문회의 도움을 받고 있음

3. 기술

○ (이력 추적 및 원산지 정보 보호 기술의 단계적 강화) 신뢰를 얻기 위해 이력 추적 장치를 보급
○ 수조의 물은 하루에 두 번 갈아야 하므로 전기가 많이 듦
○ 이와 달리 순환 여과 양식은 물을 다시 쓰므로 전기 요금이 줄어듦
○ 2011년 태풍으로 해안 양식장의 절반이 부서짐
○ 그때까지 양식장의 그물은 나일론으로 만들었음
○ (해조 종묘 배양) 해조 종묘 배양은 어두운 수조에서 시작하는 공정임
"""


@pytest.fixture(scope="module")
def ask(indexed: Callable[[str, str], LiveIndex]) -> Answerer:
    return Answerer(indexed(REPORT, "양식.md").current)


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_a_sentence_without_a_subject_has_the_topic_of_the_one_before(ask: Answerer) -> None:
    answer = ask.answer("2018년 4월에 코스닥에 상장한 회사는?")
    assert "물결바이오: 연구소에서 출발하였으며" in answer.sentences[0].text
    assert answer.sentences[0].added == ("물결바이오",)
    assert answer.citations[0].quote.startswith("연구소에서 출발하였으며")


@pytest.mark.parametrize(
    ("question", "meant", "said"),
    [
        ("공동 창고를 왜 세우라고 해?", "소규모 양식장은", "이 부담을 완화하는"),
        ("수산대학 동문회가 뭘 도와줘?", "항구에서 먼 어가들은", "이들 어가는"),
        ("나일론 그물은 언제까지 양식장에 썼어?", "2011년 태풍으로", "그때까지 양식장의"),
    ],
)
def test_what_a_noun_points_at_is_said_before_it(
    ask: Answerer, question: str, meant: str, said: str
) -> None:
    first, second, *_ = texts(ask.answer(question))
    assert first.startswith(meant)
    assert second.startswith(said)


def test_nothing_is_tied_to_what_is_not_said(ask: Answerer) -> None:
    told = texts(ask.answer("순환 여과 양식의 장점은?"))
    assert any(text.startswith("순환 여과 양식은") for text in told)
    assert not any(text.startswith("이와 달리") for text in told)


def test_a_long_label_is_told_with_a_colon(ask: Answerer) -> None:
    told = texts(ask.answer("원산지 정보 보호 기술은 어떻게 강화하나요?"))
    assert any("단계적 강화: 신뢰를" in text for text in told)


def test_a_label_that_its_sentence_repeats_is_left_out(ask: Answerer) -> None:
    told = texts(ask.answer("해조 종묘 배양이 뭐야?"))
    assert told[0].startswith("해조 종묘 배양은 어두운 수조에서")


def test_what_is_near_a_refusal_is_told_as_cleanly(ask: Answerer) -> None:
    answer = ask.answer("순환 여과 양식의 전기 요금은 킬로와트시당 몇 원인가요?")
    assert not answer.answerable
    told = texts(answer)[1:]
    assert told
    assert not any(text.startswith(("(", "이와 달리")) for text in told)

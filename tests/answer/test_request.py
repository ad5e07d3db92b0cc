"""Requests that no document answers, and wishes for a form, which are none."""

from pathlib import Path

import pytest

from api.answer.form_wish import is_only_form_wish, without_form_wish
from api.answer.request import is_request
from api.answer.small_talk import kind_of
from eval.gold_set import read_gold

GOLD = read_gold(Path(__file__).resolve().parents[2] / "eval" / "gold" / "reports.jsonl")


@pytest.mark.parametrize(
    "question",
    [
        "우리 회사 소개 글을 써 주세요",
        "환경을 주제로 시를 지어 줘",
        "이메일 초안 좀 부탁해요",
        "점심 메뉴 추천해 줘",
        "부모님 모시고 갈 만한 데 있을까요?",
        "청소기는 뭐가 제일 좋아?",
        "둘 중 어느 게 더 나을까",
        "이 약 먹고 운전해도 되나요?",
        "몇 월이 좋아요 제주도 여행",
        "정장에는 뭐 신지?",
        "적금을 지금 깨야 할까?",
        "친구한테 먼저 연락해야 할까요",
        "고무나무 물 언제 갈아야 돼?",
        "세면대 배수구 뚫는 법 알려 줘",
        "오늘 서울 날씨 어때?",
        "내일 눈 와?",
        "내일 강릉 비온대?",
        "우산 챙겨야 되나",
        "지금도 지원금 신청할 수 있나요?",
        "기차표 예매 언제 열려요?",
        "프린터 연결이 자꾸 안 돼요",
        "택시 좀 불러 줘",
        "자전거를 살 때 뭘 봐야 하나요?",
        "이사할 때 조심할 것은?",
        "약사가 되려면 몇 년 다녀야 해?",
        "여권 갱신하려면 뭐가 필요한가요?",
    ],
)
def test_what_no_document_answers_is_told(question: str) -> None:
    assert is_request(question)


@pytest.mark.parametrize(
    "question",
    [
        "연구자들은 이 제도를 어떻게 생각했나요?",
        "전문가들은 어느 쪽이 낫다고 하나요?",
        "자동화를 하면 뭐가 좋아지나요?",
        "기업이 나아가야 할 방향은 무엇인가요?",
        "중소기업은 무엇부터 해야 돼?",
        "정부는 왜 데이터를 개방해야 할까요?",
        "위원회가 추천한 기술은 무엇인가요?",
        "날씨가 변해도 잘 자라는 작물은?",
        "센터를 새로 지은 이유는?",
        "정부가 만들겠다는 법은 이름이 뭐야?",
        "업체마다 왜 안 맞는대요?",
        "예산이 얼마나 될까요?",
        "인력은 몇 명 정도 되나요?",
        "우선 과제 세 개 불러줘",
        "구글은 그 회사를 살 때 얼마를 냈어요?",
        "병원이 장비를 살 때 정부가 얼마나 지원해?",
        "바이오 강국이 되려면 무엇이 필요한가요?",
        "인재를 키우려면 무엇을 해야 하나요?",
        "병원 자료를 표로 만들어 주세요",
        "국가별 예산을 목록으로 적어 줘",
        "두 분야를 다 아는 사람은 당장 어디서 구해?",
    ],
)
def test_what_documents_may_answer_is_no_request(question: str) -> None:
    assert not is_request(question)


def test_no_answerable_question_of_the_gold_set_is_a_request() -> None:
    assert [g.id for g in GOLD if g.answerable and is_request(g.question)] == []


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("나라별 예산을 표로 만들어 줘", "나라별 예산을 알려 줘"),
        ("나라별 예산을 표로 정리해 주세요.", "나라별 예산을 정리해 주세요."),
        ("나라별 예산 비교표를 만들어 줘", "나라별 예산 알려 줘"),
        ("세 줄로 인력난을 설명해줘", "인력난을 설명해줘"),
        ("인력난을 두 문장으로 요약해 줘", "인력난을 알려 줘"),
        ("오믹스가 뭔지 쉽게 설명해 줘", "오믹스가 뭔지 설명해 줘"),
        ("오믹스가 뭔지 한국어로 말해 주세요", "오믹스가 뭔지 말해 주세요"),
        ("기업 이름을 목록으로", "기업 이름을"),
        ("투자 분야 표에서 자율랩은 어디에 쓰이나요?", None),
        ("기업이 세 가지로 나뉘는 까닭은?", None),
        ("인허가를 쉽게 만든 제도는?", None),
        ("더 자세히 알려줘", None),
        ("표로 만들어줘", None),
        ("자기소개서 써줘", None),
    ],
)
def test_a_wish_for_a_form_is_taken_out(question: str, bare: str | None) -> None:
    assert without_form_wish(question) == (bare or question)


def test_nothing_but_a_form_asks_of_what() -> None:
    assert is_only_form_wish("표로 정리해 줘")
    assert not is_only_form_wish("예산을 표로 정리해 줘")
    assert without_form_wish("표로 정리해 줘") == "표로 정리해 줘"
    assert without_form_wish("표로 정리해 줘", ["예산은?", "매출은?"]) == "매출은?"
    assert kind_of("세 줄로 말해 줘") == "object"
    assert kind_of("세 줄로 말해 줘", talking=True) is None

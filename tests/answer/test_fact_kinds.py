"""Kinds of fact that a question names, and the texts that speak of them."""

import pytest

from api.answer.attribute import attributes_in


def _speaks(question: str, text: str) -> bool:
    asked = attributes_in(question)
    assert asked
    return all(attribute.spoken.search(text) for attribute in asked)


@pytest.mark.parametrize(
    ("question", "spoken", "silent"),
    [
        ("한빛제약 회장", "김한빛 회장이 취임함", "한빛제약 같은 대기업이 시장을 선도함"),
        ("현 환경청장은 누구인가요?", "박맑음 청장이 발표함", "환경청이 연구에 착수함"),
        ("한빛시장 이름이 뭐야?", "이한빛 시장이 서명함", "한빛시가 계획을 발표함"),
        ("한 달 이용 요금이 얼마야?", "월 9,900원에 제공함", "450억 달러 규모의 시장"),
        ("학회 참가비", "등록은 무료임", "학회에 4,300억 원을 들임"),
        (
            "거래소 상장 요건이 뭐예요?",
            "상장하려면 자본금이 30억 원 이상이어야 함",
            "2019년 12월 상장",
        ),
        ("상을 받은 과학자는 누구예요?", "홍길동 교수가 상을 받음", "수상 사례에서 볼 수 있듯"),
        ("구조를 발견한 사람은?", "왓슨이 구조를 발견함", "구조가 밝혀진 1950년대"),
        ("법은 언제부터 시행되나요?", "2026년 1월에 시행함", "2024년부터 투자를 늘림"),
        ("처벌 수위가 어느 정도야?", "5년 이하의 징역", "검증 방식의 수립이 과제임"),
        ("이 약 복용법", "하루 두 번 투여함", "비용 절감이 가능함"),
        ("기업 가치가 얼마야?", "기업가치 10조 원", "부가가치를 높임"),
        ("가게는 몇 시까지 해요?", "오후에 문을 닫음", "24시간 안에 끝남"),
        ("한빛국의 수도는 어디인가요?", "수도는 한빛시임", "한빛국이 수도권 투자를 늘림"),
        ("세계에서 가장 큰 섬은?", "면적이 최대인 섬", "섬의 기업이 세계 시장에 진출함"),
        ("한빛탑 높이는 얼마나 되나요?", "지상 25층임", "한빛탑이 전망을 밝힘"),
        ("한빛선의 종점은?", "한빛역까지 운행함", "한빛선 개발에 투자함"),
        ("물의 분자식은 뭐야?", "물(H2O)을 분해함", "물 분자를 분석함"),
    ],
)
def test_a_fact_is_spoken_of_or_not(question: str, spoken: str, silent: str) -> None:
    assert _speaks(question, spoken)
    assert not _speaks(question, silent)


@pytest.mark.parametrize(
    "question",
    [
        "세계 시장은 얼마나 커지나요?",
        "동네 병원은 어떻게 하나요?",
        "재료를 빨리 뽑아내는 기술은?",
        "몇 시간이 걸리나요?",
        "대학원을 나온 연구자는 몇 명인가요?",
        "3대 게임체인저 기술은 무엇인가요?",
        "청소년 데이터를 모니터링하는 곳은?",
        "나이지리아는 어디에 있나요?",
        "도움이 될 수도 있나요?",
        "회장품이 아니라 화장품은 몇 종인가요?",
    ],
)
def test_what_only_sounds_like_a_kind_of_fact_is_none(question: str) -> None:
    assert attributes_in(question) == ()

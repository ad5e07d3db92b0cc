import pytest

from api.answer.concern import concerns_of, spoken_of


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("작은 회사가 AI를 쓸 때 뭐가 발목을 잡아?", "전문 인력이 부족함", "지난해 설립됨"),
        ("지역에서는 뭐부터 손대야 한대?", "우선 요구되는 노력은 디지털 전환임", "지난해 설립됨"),
        ("그럼 이제 어떻게 하자는 거야?", "해외 석학의 유치가 현실적 대안임", "지난해 설립됨"),
        ("앞으로 정부는 뭘 하겠대?", "전용 인프라를 단계적으로 구축함", "지난해 설립됨"),
        ("옛날에는 약을 어떻게 골랐어?", "종래 사람의 판단에 의존함", "지난해 설립됨"),
        ("큰 회사보다 나은 점이 뭐야?", "중소기업의 강점은 민첩성임", "지난해 설립됨"),
        ("왜 이렇게 늦었대?", "예산이 모자란 탓임", "지난해 설립됨"),
    ],
)
def test_a_concern_is_met_in_other_words(question: str, told: str, other: str) -> None:
    concerns = concerns_of(question)
    assert spoken_of(concerns, told) >= 1
    assert spoken_of(concerns, other) == 0


@pytest.mark.parametrize("question", ["신테카바이오 직원은 몇 명이야?", "알파폴드가 뭐야?", ""])
def test_most_questions_have_none(question: str) -> None:
    assert concerns_of(question) == ()
    assert spoken_of((), "전문 인력이 부족함") == 0

import pytest

from api.answer.asked_count import asked_count


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("전략 네 가지를 알려 주세요.", 4),
        ("육성 4대 전략에는 무엇이 있나요?", 4),
        ("4대 분야 가운데 농업의 세 기술이 아니라 두 회사를 말해 주세요.", 2),
        ("전략에는 무엇이 있나요?", 0),
        ("두 번째 전략은 무엇인가요?", 0),
        ("제 3대 왕은 누구인가요?", 0),
        ("업체 612개 가운데 어디가 가장 큰가요?", 0),
        ("만세 가지를 꺾은 까닭은?", 0),
        ("3대 게임체인저 중에서 바이오는 무엇인가요?", 0),
        ("4대 분야 중 신약개발의 핵심기술 셋은?", 3),
        ("대전 기업 세 곳 중 상장한 회사는?", 0),
    ],
)
def test_the_number_of_things_asked_for_is_read(question: str, count: int) -> None:
    assert asked_count(question) == count

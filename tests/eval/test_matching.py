import pytest

from eval.matching import hits_every_group, includes, is_evidence


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("약 845억 원", "45억", False),
        ("약 45억 원", "45억", True),
        ("1조 5,290억 원", "1조5290억원", True),
        ("11.5%", "1.5", False),
        ("91.75%", "91.7", False),
        ("91.7%로", "91.7", True),
        ("DeepSeek이다", "deepseek", True),
    ],
)
def test_a_number_must_stand_alone(text: str, wanted: str, expected: bool) -> None:
    assert includes(text, wanted) is expected


def test_each_group_needs_one_of_its_alternatives() -> None:
    groups = [["민첩성"], ["유연성", "유연함"]]
    assert hits_every_group("민첩성과 유연함", groups)
    assert not hits_every_group("민첩성", groups)


def test_a_quote_is_the_evidence_when_they_overlap_by_half() -> None:
    assert is_evidence("정부는 2024년 4월에 발표하였음", "2024년 4월에 발표")
    assert is_evidence("가나다라마바사아", "마바사아자차카타")
    assert not is_evidence("전혀 다른 문장임", "2024년 4월에 발표")
    assert not is_evidence("", "무엇")

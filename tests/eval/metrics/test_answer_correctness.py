import pytest

from eval.metrics.answer_correctness import Correctness, answer_correctness, canonical, holds


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("사업비는 4,300억 원이다", "4300억"),
        ("사업비는 4300억원이다", "4천300억 원"),
        ("사업비는 4천3백억 원이다", "4,300억"),
        ("약 26,000명이 참여함", "2.6만 명"),
        ("약 2만 6천 명이 참여함", "26,000명"),
        ("1만 2,345명", "12,345명"),
        ("3만 5천 달러 수준", "35,000달러"),
        ("'24년에 시작", "2024년"),
        ("’24.4월에 시작", "2024년 4월"),
        ("2024. 4. 5. 발표", "2024년 4월 5일"),
        ("2024.4월", "2024년 4월"),
        ("9.1% 포인트 올랐다", "9.1%p"),
        ("9.1퍼센트포인트", "9.1%P"),
        ("1,200여 명", "1,200명"),
        ("600개 기업", "600여"),
        ("1,000만 건의 데이터", "천만 건"),
        ("천만 건의 데이터", "1,000만 건"),
        ("2∼3배", "2~3배"),
        ("45개사가 참여", "45개"),
        ("3％", "3%"),
        ("91.7%로", "91.7"),
        ("코로나19", "19"),
        ("COVID19 백신", "19"),
        ("COVID19 백신 3종", "covid19 백신 3종"),
        ("①4만 명", "4만 명"),
        ("의료와 건강ㆍ안전", "건강·안전"),
        ("퍼센트로 적음", "퍼센트"),
        ("DeepSeek이다", "deepseek"),
        ("향후 10년간", "10년"),
    ],
)
def test_one_value_is_found_however_it_is_written(text: str, wanted: str) -> None:
    assert holds(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("9.1%p 올랐다", "9.1%"),
        ("9.1% 올랐다", "9.1%p"),
        ("약 845억 원", "45억"),
        ("45만 명", "45명"),
        ("45만 명", "45"),
        ("3만 4천 명", "4천 명"),
        ("1조 5,290억 원", "5,290억 원"),
        ("11.5%", "1.5"),
        ("91.75%", "91.7"),
        ("3개월", "3개"),
        ("2024년대비", "24년"),
        ("24년 동안", "2024년"),
        ("100억 달러", "100억 원"),
        ("covid19", "covid1"),
        ("2024년 5월", "2024년 4월"),
        ("의약품", "화장품"),
        ("아무 말", ""),
    ],
)
def test_another_value_or_unit_is_not_found(text: str, wanted: str) -> None:
    assert not holds(text, wanted)


def test_canonical_text_holds_values_with_their_units() -> None:
    # 4천300억 원 = 4,300 · 10⁸ 원.
    assert canonical("총 4천300억 원, 3.50%") == "총⟨430000000000|원⟩⟨3.5|%⟩"
    assert canonical("10만 2024년") == "⟨100000|⟩⟨2024|년⟩"  # a year is not part of an amount


def test_an_answer_holds_one_alternative_of_every_group_and_nothing_unwanted() -> None:
    groups = [["OECD", "경제협력개발기구"], ["2009년"], ["1조 원"]]
    full = "OECD가 ’09년에 10,000억 원을 썼다"
    assert answer_correctness(full, groups) == Correctness(True, 1.0, True)
    assert answer_correctness("OECD가 2009년에", groups) == Correctness(False, 2 / 3, True)
    assert answer_correctness(full, groups, ["1조원"]) == Correctness(False, 1.0, False)


def test_an_answer_is_not_judged_by_nothing() -> None:
    for groups in ([], [["OECD"], []]):
        with pytest.raises(ValueError, match="groups"):
            answer_correctness("OECD", groups)

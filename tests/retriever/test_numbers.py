from decimal import Decimal

import pytest

from retriever.numbers import find_quantities


@pytest.mark.parametrize(
    ("text", "key", "unit"),
    [
        ("4,300억 원을 들여", "430000000000", "원"),
        ("4300억 원", "430000000000", "원"),
        ("4천300억 원", "430000000000", "원"),
        ("2.6만 명", "26000", "명"),
        ("26,000명", "26000", "명"),
        ("1조 5,290억 원", "1529000000000", "원"),
        ("77.5억 달러", "7750000000", "달러"),
        ("5천억 달러", "500000000000", "달러"),
        ("600여 개", "600", "개"),
        ("연평균 19.1%의 성장", "19.1", "%"),
        ("9.1%p 올라", "9.1", "%p"),
        ("3.2퍼센트포인트", "3.2", "%p"),
        ("'24년", "2024", "년"),
        ("’24년", "2024", "년"),
        ("1950년대", "1950", "년대"),
        ("3만 5천 달러", "35000", "달러"),
        ("1만 2,345명", "12345", "명"),
        ("3% 포인트", "3", "%p"),
        ("1,200여 명", "1200", "명"),
        ("600여개", "600", "개"),
        ("천만 건", "10000000", "건"),
        ("3 프로젝트", "3", ""),
        ("20프로나 올라", "20", "%"),
        ("10분의 1로 줄어", "0.1", "분수"),
        ("약 1/10 이상의 절감", "0.1", "분수"),
        ("전체의 3/4을 넘는다", "0.75", "분수"),
    ],
)
def test_a_quantity_has_one_value_and_unit_however_it_is_written(
    text: str, key: str, unit: str
) -> None:
    assert [(q.key, q.unit) for q in find_quantities(text)] == [(key, unit)]


@pytest.mark.parametrize(
    "text", ["1/4분기 실적", "3/15로 연기", "2024/25 시즌", "24/7 상담", "9/11 테러"]
)
def test_a_slash_in_a_day_a_season_or_a_quarter_divides_nothing(text: str) -> None:
    assert all(q.value == q.value.to_integral() for q in find_quantities(text))


def test_a_date_gives_year_month_and_day() -> None:
    found = find_quantities("2023. 10. 10.) 발표")
    assert [(q.value, q.unit) for q in found] == [
        (Decimal(2023), "년"),
        (Decimal(10), "월"),
        (Decimal(10), "일"),
    ]


def test_a_year_and_month_with_one_dot_stay_two() -> None:
    assert [(q.key, q.unit) for q in find_quantities("2024.4월")] == [("2024", "년"), ("4", "월")]


def test_an_amount_and_a_count_side_by_side_stay_two() -> None:
    found = find_quantities("2조 3개 사업, 2만 2024년")
    assert [q.key for q in found] == ["2000000000000", "3", "20000", "2024"]


def test_offsets_enclose_the_expression_and_its_unit() -> None:
    text = "투자액은 약 874억 달러로 늘었다"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "874억 달러"


def test_a_year_and_an_amount_side_by_side_stay_two() -> None:
    found = find_quantities("2030년 약 450억 달러")
    assert [(q.key, q.unit) for q in found] == [("2030", "년"), ("45000000000", "달러")]

import pytest

from api.answer.side_name import SideName, side_name

NAMES = frozenset({"melloddy", "k-melloddy", "한국", "미국", "일본", "eu"})


def both(first: str, second: str) -> tuple[SideName, SideName]:
    return side_name(first, second, NAMES), side_name(second, first, NAMES)


@pytest.mark.parametrize(
    ("first", "second", "text", "told"),
    [
        ("MELLODDY", "K-MELLODDY", "K-MELLODDY는 국내 사업임", (False, True)),
        ("MELLODDY", "K-MELLODDY", "MELLODDY는 유럽 사업임", (True, False)),
        ("한국", "미국", "미국의 비율은 3%로 한국과 유사함", (False, True)),
        ("한국", "미국", "한국과 미국의 비율은 3%로 같음", (True, True)),
        ("한국", "미국", "미국과 달리 한국은 늦음", (True, True)),
        ("EU", "일본", "미국, EU보다 뒤처진 일본은 투자를 늘림", (False, True)),
        ("한국", "미국", "한국만이 아니라 어디나 그러함", (False, False)),
        ("2020년", "2030년", "2020년 45억에서 2030년 450억으로", (True, True)),
        ("2020년", "2030년", "2030년에는 450억", (False, True)),
        ("제조업", "정보통신업", "제조업과 도소매업의 수준은 낮음", (True, False)),
        ("이전", "이후", "종래 사람이 하던 일임", (True, False)),
    ],
)
def test_a_sentence_tells_of_a_side_by_its_whole_name(
    first: str, second: str, text: str, told: tuple[bool, bool]
) -> None:
    one, two = both(first, second)
    assert (one.told_in(text, [two]), two.told_in(text, [one])) == told


def test_a_side_goes_by_its_other_names() -> None:
    assert side_name("한국", "미국", NAMES, ["국내"]).told_in("국내 기업의 비율은 4%임")


def test_only_names_and_years_are_exact() -> None:
    assert all(name.exact for name in both("한국", "미국"))
    assert side_name("2020년 규모", "2030년 전망", NAMES).exact
    assert not side_name("강점", "약점", NAMES).exact


def test_two_sides_named_side_by_side_are_listed() -> None:
    one, two = both("한국", "미국")
    assert one.listed_with(two, "조사한 나라로는 미국과 한국이 있음")
    assert not one.listed_with(two, "한국은 4%이고 미국은 3%임")


@pytest.mark.parametrize(
    "said",
    [
        "대전에서 신약 하는 이노보",
        "코스닥에 상장된 이노보",
        "신약을 만드는 이노보",
        "신약 기업인 이노보",
    ],
)
def test_what_only_describes_a_side_need_not_be_said(said: str) -> None:
    name = side_name(said, "신테카", frozenset({"대전", "이노보"}))
    assert name.told_in("이노보의 주 제품은 합성신약임")
    assert not name.told_in("대전에는 신약 기업이 있음")

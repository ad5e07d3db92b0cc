"""What narrows a question to less than a sentence about the same things tells."""

from api.answer.narrowing import (
    asks_for_rest,
    asks_what_is_reached,
    kinds_in,
    names_other_kind,
    speaks_of_aim,
    speaks_of_rest,
)


def test_what_is_reached_is_told_from_what_is_aimed_at() -> None:
    assert asks_what_is_reached("지금까지 몇 건이 쌓였나요?")
    assert not asks_what_is_reached("모두 몇 건을 쌓을 계획인가요?")
    assert speaks_of_aim("2035년까지 1,000만 건을 구축한다는 목표를 수립함")
    assert not speaks_of_aim("1,000만 건을 구축함")


def test_the_rest_is_told_from_the_whole() -> None:
    assert asks_for_rest("이해 부족 다음으로 많이 꼽은 걸림돌은?")
    assert asks_for_rest("바이오헬스를 뺀 나머지 셋은?")
    assert not asks_for_rest("가장 많이 꼽은 걸림돌은?")
    assert speaks_of_rest("그다음은 비용(20%)임")
    assert not speaks_of_rest("가장 큰 장애요인은 이해 부족(56%)임")


def test_another_kind_stands_in_the_place_of_the_one_asked_about() -> None:
    kinds = kinds_in(["농업", "기업", "도입률"])
    assert kinds == ("농업",)
    other = "제조업은 2.8%로 낮음"
    assert names_other_kind(kinds, other, other)
    assert not names_other_kind(kinds, other, f"농업과 그 밖의 산업 {other}")
    assert not names_other_kind(kinds, "도입률은 3.9%임", "도입률은 3.9%임")

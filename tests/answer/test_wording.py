import pytest

from api.answer.wording import cleaned, is_noun_phrase, says_something, subject_above


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**매출이 늘어남**", "매출이 늘어남"),
        ("앞 문헌[2][3]에 따르면 512곳임", "앞 문헌에 따르면 512곳임"),
        ("시장이 성장함1)", "시장이 성장함"),
        ("시장이 성장함³⁾.", "시장이 성장함."),
        ("비중은 6.3%임 (자료: 통계청)", "비중은 6.3%임"),
        ("비중은 6.3%임 * 자료: 통계청, 2024", "비중은 6.3%임"),
        ("□ 현황을 조사함", "현황을 조사함"),
        ("① 디지털화: 과정을 바꾸는 것", "디지털화: 과정을 바꾸는 것"),
        ("(추진 배경) 인력이 부족하고 설비가 낡음", "추진 배경: 인력이 부족하고 설비가 낡음"),
        ("‘건담’(, )은 만화임", "‘건담’은 만화임"),
    ],
)
def test_furniture_of_the_page_is_left_out(text: str, said: str) -> None:
    assert cleaned(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "기간은 5년(2021~2025)임",
        "① 진단 ② 치료 ③ 예방",
        "면적은 206km²임",
        "E=mc²에 따름",
        "(주)한빛은 회사임",
        "응답자(383명)가 답함",
        "-5도까지 내려감",
        "출처: 통계청, 2024",
        "새로운 자료: 통계청이 낸 것임",
    ],
)
def test_what_belongs_to_the_sentence_stays(text: str) -> None:
    assert cleaned(text) == text


def test_a_reference_alone_says_nothing() -> None:
    assert not says_something("[3]")
    assert says_something("홍삼")


def test_the_subject_comes_from_the_nearest_heading_that_is_named() -> None:
    path = ("Ⅱ. 지역 기업", "1. 한빛제약")
    assert subject_above(path, ["한빛제약"], "2019년 코스닥 상장") == "한빛제약"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("1. 한빛제약",), "한빛제약의 2019년 코스닥 상장"),
        (("1. 한빛제약",), "이 회사는 2019년 코스닥에 상장함"),
        (("1. 한빛제약",), "다만 2019년 상장 철회"),
        (("한빛제약을 비롯한 지역 기업의 현황과 발전 방향",), "2019년 코스닥 상장"),
        (("한빛제약이 2019년 코스닥에 상장함",), "상장 뒤 매출 증가"),
        (("연혁",), "2019년 코스닥 상장"),
    ],
)
def test_no_subject_is_added_where_it_does_not_help(path: tuple[str, ...], text: str) -> None:
    assert subject_above(path, ["한빛제약"], text) == ""


def test_only_a_noun_takes_the_copula() -> None:
    assert is_noun_phrase("612개")
    assert is_noun_phrase("전자약")
    assert not is_noun_phrase("크게 증가함")
    assert not is_noun_phrase("")

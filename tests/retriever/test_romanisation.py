import pytest

from retriever.romanisation import name_readings, readings

PLACES = (
    "Daejeon 대전|Pangyo 판교|Seoul 서울|Yuseong-gu 유성구|Gyeonggi-do 경기도|Haeundae 해운대"
    "|Jongno 종로|Silla 신라|Hallasan 한라산|Baengnyeong 백령|Wangsimni 왕십리|Dongnimmun 독립문"
    "|Cheongnyangni 청량리|Seorak 설악|Apgujeong 압구정|Mukho 묵호|Hangang 한강"
)
OTHER_SPELLINGS = "Taejon 대전|Pusan 부산|Cheju 제주|Chonnam 전남|Kyongju 경주|Inchon 인천"
PEOPLE = (
    "Kim Eun-young 김은영|Eunyoung Kim 김은영|Lee Sedol 이세돌|Park Chung hee 박정희"
    "|Kim Dae jung 김대중|Ban Ki moon 반기문"
)


@pytest.mark.parametrize("pair", PLACES.split("|"))
def test_the_official_spelling_is_read_with_the_sounds_that_change(pair: str) -> None:
    latin, hangul = pair.split()
    assert hangul in readings(latin)


@pytest.mark.parametrize("pair", OTHER_SPELLINGS.split("|"))
def test_other_spellings_are_read_where_asked_for(pair: str) -> None:
    latin, hangul = pair.split()
    assert hangul in readings(latin, usual=True)
    assert hangul not in readings(latin)


@pytest.mark.parametrize("pair", PEOPLE.split("|"))
def test_a_person_is_read_in_either_order(pair: str) -> None:
    latin, hangul = pair.rsplit(maxsplit=1)
    assert hangul in name_readings(latin.split())


def test_what_is_no_korean_has_no_reading() -> None:
    assert readings("strategy") == readings("public", usual=True) == readings("") == []
    assert readings("대전") == readings("2030") == []
    assert name_readings(["Sam", "Smith"]) == []


def test_endless_vowels_are_given_up() -> None:
    assert readings("o" * 24, usual=True) == []
    assert readings("kokokokokokokokokoko", usual=True) == []

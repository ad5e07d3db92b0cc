import pytest

from retriever.particles import refit, with_particle


@pytest.mark.parametrize(
    ("word", "pair", "whole"),
    [
        ("서울", "으로/로", "서울로"),
        ("대전", "은/는", "대전은"),
        ("AI", "이/가", "AI가"),
        ("3", "을/를", "3을"),
        ("‘전략’", "과/와", "‘전략’과"),
    ],
)
def test_the_particle_fits_the_last_sound(word: str, pair: str, whole: str) -> None:
    assert with_particle(word, pair) == whole


@pytest.mark.parametrize(
    ("word", "behind", "whole"),
    [
        ("서울", "는 언제?", "서울은 언제?"),
        ("제주", "은?", "제주는?"),
        ("제주", "으로 가나요?", "제주로 가나요?"),
        ("제주", "의 예산", "제주의 예산"),
        ("제주", "이전 계획", "제주이전 계획"),
    ],
)
def test_a_particle_is_made_to_fit_another_word(word: str, behind: str, whole: str) -> None:
    assert refit(word, behind) == whole


FITTED = (
    "기업 가=이|정부 이=가|기술 는=은|예산 를=을|계획 와=과|기술 으로=로|정책 로=으로|정부 이란=란"
    "|예산 예요?=이에요?|기술 으로는=로는|현실적 한=인"
)
LEFT = "기업 가능|기업 이번|정부 에서|기업 들은| 이란|기업 |적용 한"


@pytest.mark.parametrize("row", FITTED.split("|"))
def test_every_particle_takes_the_form_that_fits(row: str) -> None:
    word, behind, fitting = row.replace("=", " ").split()
    assert refit(word, behind) == word + fitting
    assert refit(word, f"{behind} 뭐야") == f"{word}{fitting} 뭐야"


@pytest.mark.parametrize("row", LEFT.split("|"))
def test_anything_else_stays(row: str) -> None:
    word, _, behind = row.partition(" ")
    assert refit(word, behind) == word + behind

import pytest

from api.answer.particles import refit, with_particle


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

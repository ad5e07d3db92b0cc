import pytest

from retriever.particles import with_fitting_particle

FITTED = (
    "기업 가=이|정부 이=가|기술 는=은|예산 를=을|계획 와=과|기술 으로=로|정책 로=으로|정부 이란=란"
    "|예산 예요?=이에요?|기술 으로는=로는|현실적 한=인"
)
LEFT = "기업 가능|기업 이번|정부 에서|기업 들은|nvidia 이|기업 |적용 한"


@pytest.mark.parametrize("row", FITTED.split("|"))
def test_a_particle_takes_the_form_that_fits(row: str) -> None:
    word, rest, fitting = row.replace("=", " ").split()
    assert with_fitting_particle(word, rest) == fitting
    assert with_fitting_particle(word, f"{rest} 뭐야") == f"{fitting} 뭐야"


@pytest.mark.parametrize("row", LEFT.split("|"))
def test_anything_else_stays(row: str) -> None:
    word, _, rest = row.partition(" ")
    assert with_fitting_particle(word, rest) == rest

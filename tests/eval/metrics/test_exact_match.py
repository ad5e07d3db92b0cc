import pytest

from eval.metrics.exact_match import exact_match, normalise_answer


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("《파우스트》(서곡)", "파우스트 서곡"),
        ("‘서울’ 특별시.", "서울 특별시"),
        ("“서울”", "“서울”"),  # the official script leaves curly double quotes
        ("1,000 명", "1000 명"),
        ("  AI  Lab ", "ai lab"),
    ],
)
def test_answers_are_compared_without_signs(text: str, normalised: str) -> None:
    assert normalise_answer(text) == normalised


def test_any_answer_will_do_but_blanks_inside_count() -> None:
    assert exact_match("『햄릿』", ["『햄릿』", "햄릿"]) == 1
    assert exact_match("1901년.", ["1901", "1901년"]) == 1
    assert exact_match("서울 특별시", ["서울특별시"]) == 0
    with pytest.raises(ValueError, match="no answers"):
        exact_match("서울", [])

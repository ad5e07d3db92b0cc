import numpy as np
import pytest

from retriever.query_edit import QueryToken
from retriever.word_nearness import nearness_to_words, tokens_of_words
from retriever.word_roles import word_roles


def token(form: str, tag: str) -> QueryToken:
    return QueryToken(form, tag, 0, len(form), known=True)


def test_names_and_predicates_are_told() -> None:
    roles = word_roles(
        [
            token("토모큐브", "NNP"),
            token("theme", "SL"),
            token("NVIDIA", "SL"),
            token("상장", "NNG"),
            token("하", "XSV"),
        ]
    )
    assert roles.names == ("토모큐브", "nvidia")
    assert roles.predicates == ("상장",)


def test_a_number_with_its_letter_is_a_name() -> None:
    five, letter = (
        QueryToken("5", "SN", 0, 1, known=False),
        QueryToken("G", "SL", 1, 2, known=False),
    )
    apart = QueryToken("G", "SL", 2, 3, known=False)
    assert word_roles([five, letter]).names == ("5g",)
    assert word_roles([five, apart]).names == ()


def test_what_a_number_is_near_to_says_nothing_of_its_name() -> None:
    assert tokens_of_words("5G 통신망", [(0, 1), (1, 2), (3, 6)], ["5g", "통신망"]) == {
        "통신망": (2,)
    }


def test_each_word_has_its_tokens() -> None:
    spans = [(0, 2), (2, 4), (4, 5), (6, 8)]
    found = tokens_of_words("토모큐브는 상장", spans, ["토모큐브", "상장", "없는말", "묻/v"])
    assert found == {"토모큐브": (0, 1), "상장": (3,)}


def test_nearness_is_the_mean_over_a_words_tokens() -> None:
    tokens = np.array([[0.8, 0.6, 0.1, 0.5], [0.2, 0.4, 0.1, 1.0]], dtype=np.float32)
    first, second = nearness_to_words(tokens, {"토모큐브": (0, 1), "상장": (3,)})
    assert first == pytest.approx({"토모큐브": 0.7, "상장": 0.5})
    assert second == pytest.approx({"토모큐브": 0.3, "상장": 1.0})
    assert nearness_to_words(tokens, {}) == [{}, {}]

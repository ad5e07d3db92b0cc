import pytest

from api.answer.word_window import Surroundings, word_nearness
from retriever.hit import SentenceMatch

TERMS = {"홍삼": 1.0, "수출": 3.0}
ALONE = Surroundings({}, [])


def match(
    near: dict[str, float], terms: tuple[str, ...] = (), above: tuple[str, ...] = ()
) -> SentenceMatch:
    return SentenceMatch(0.5, 0.5, frozenset(terms), frozenset(above), near)


FAR, NEAR = {"홍삼": 0.2, "수출": 0.2}, {"홍삼": 0.6, "수출": 0.6}


def test_words_count_by_their_idf_and_by_the_range_of_their_cosines() -> None:
    halfway = {"홍삼": 0.6, "수출": 0.4}
    found = word_nearness([match(FAR), match(halfway), match(NEAR)], TERMS, ALONE)
    assert found.mean == pytest.approx([0.0, 0.625, 1.0])
    assert found.least == pytest.approx([0.0, 0.5, 1.0])


def test_a_word_that_a_sentence_holds_is_as_near_as_can_be() -> None:
    found = word_nearness([match(FAR, terms=("수출",)), match(NEAR)], TERMS, ALONE)
    assert found.mean[0] == pytest.approx(0.75)


def test_a_stand_in_is_near_as_far_as_it_says_the_same() -> None:
    stands = SentenceMatch(0.5, 0.5, frozenset(), frozenset(), FAR, {"수출": 0.6})
    found = word_nearness([stands, match(FAR), match(NEAR)], TERMS, ALONE)
    assert found.mean == pytest.approx([0.45, 0.0, 1.0])


def test_what_stands_around_a_sentence_counts_a_little_less_than_its_own_words() -> None:
    matches = [match(FAR), match(NEAR)]
    under = word_nearness(matches, TERMS, Surroundings({0: 1}, []))
    beside = word_nearness(matches, TERMS, Surroundings({}, [(0, 1)]))
    headed = word_nearness([match(FAR, above=("홍삼", "수출")), match(NEAR)], TERMS, ALONE)
    for found in (under, beside, headed):
        assert 0.0 < found.mean[0] < found.mean[1]


def test_what_is_far_from_a_neighbour_too_stays_far() -> None:
    matches = [match(FAR), match(FAR), match(NEAR)]
    found = word_nearness(matches, TERMS, Surroundings({0: 1}, [(0, 1)]))
    assert found.mean[0] == 0.0


def test_a_question_without_words_that_can_be_told_apart_says_nothing() -> None:
    found = word_nearness([match({}), match({})], TERMS, ALONE)
    assert found.mean.tolist() == found.least.tolist() == [0.0, 0.0]

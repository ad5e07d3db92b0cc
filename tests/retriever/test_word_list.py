from collections import Counter

import pytest

from retriever.keyboard import letters
from retriever.slips import differ_in_vowels_alike, distance
from retriever.word_list import WordList

COUNTS = Counter(
    {"디지털": 9, "데이터": 7, "인공지능": 8, "기술": 3, "기슬": 1, "바이오": 5, "ai": 4}
)


@pytest.fixture
def words() -> WordList:
    return WordList(COUNTS, lambda term: COUNTS[term])


@pytest.mark.parametrize(
    ("one", "other", "cost"),
    [
        ("기업", "기업", 0.0),
        ("데이타", "데이터", 0.5),  # said alike
        ("혁싱", "혁신", 0.5),  # keys side by side
        ("기업", "김업", 1.0),  # a letter put in
        ("기ㅜㄹ", "기술", 1.0),  # a letter left out
        ("바이ㅗㅇ", "바이오", 0.5),  # two letters swapped
        ("기업", "정부", float("inf")),
    ],
)
def test_distance_counts_the_slips_of_fingers_and_ears_half(
    one: str, other: str, cost: float
) -> None:
    assert distance(letters(one), letters(other), 2.0) == cost
    assert distance(letters(other), letters(one), 2.0) == cost


def test_distance_above_the_limit_is_infinite() -> None:
    assert distance(letters("기업"), letters("김업"), 0.5) == float("inf")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("데이타", "데이터", True), ("나이트", "라이트", False), ("기업", "기어", False)],
)
def test_only_vowels_make_another_spelling(one: str, other: str, alike: bool) -> None:
    assert differ_in_vowels_alike(one, other) is alike


def test_nearest_is_the_cheapest_and_then_the_most_frequent(words: WordList) -> None:
    near = words.nearest("디지탈", 1.5)
    assert near is not None
    assert (near.word, near.cost, near.frequency) == ("디지털", 0.5, 9)
    between = words.nearest("기ㅜㄹ", 1.0)
    assert between is not None
    assert between.word == "기술"


def test_nearest_finds_all_that_comparing_with_each_word_finds(words: WordList) -> None:
    typed = ["인공지눙", "빠이오", "데이처", "기슐", "정부", "바ㅣ오", "ㅋㅋ"]
    for word in typed:
        costs = {w: distance(letters(word), letters(w), 1.5) for w in COUNTS if w != "ai"}
        cheapest = min(costs.values())
        near = words.nearest(word, 1.5)
        if any("ㄱ" <= c <= "ㅣ" for c in word) or near is not None:
            assert (near.cost if near else float("inf")) == cheapest, word
        else:
            assert all(len(w) != len(word) or c > 1.5 for w, c in costs.items()), word


@pytest.mark.parametrize("word", ["ai", "2024년", "", "한 칸", "𠮷野"])
def test_what_is_no_hangul_word_has_no_neighbour(words: WordList, word: str) -> None:
    assert words.nearest(word, 1.5) is None


def test_an_empty_corpus_has_no_words() -> None:
    empty = WordList([], lambda term: 0)
    assert empty.nearest("기업", 1.5) is None
    assert "기업" not in empty

from dataclasses import replace

import pytest

from api.answer.part_selection import ENOUGH, MOST_OF_A_PART, select_for_part
from api.answer.selection import Candidate, rank
from retriever.answer_kind import AnswerKind
from retriever.live_index import LiveIndex


@pytest.fixture(scope="module")
def ranked(corpus_index: LiveIndex) -> list[Candidate]:
    result = corpus_index.current().search("대전의 바이오 기업은 몇 개인가요?")
    return rank(result.query, result, AnswerKind.NUMBER)[:6]


def scored(ranked: list[Candidate], *scores: float) -> list[Candidate]:
    return [replace(c, score=score) for c, score in zip(ranked, scores, strict=False)]


def test_a_sure_sentence_is_told_alone(ranked: list[Candidate]) -> None:
    assert len(select_for_part(scored(ranked, ENOUGH, 0.1, 0.05), {})) == 1


def test_more_are_told_until_the_answer_is_likely_among_them(ranked: list[Candidate]) -> None:
    assert len(select_for_part(scored(ranked, 0.6, 0.3, 0.1), {})) == 2
    many = scored(ranked, *[0.15] * 6)
    assert select_for_part(many, {}) == many[:MOST_OF_A_PART]


def test_nothing_is_told_twice(ranked: list[Candidate]) -> None:
    twice = [*scored(ranked[:1], 0.5), *scored(ranked[:1], 0.3), *scored(ranked[1:2], 0.1)]
    assert select_for_part(twice, {}) == [twice[0], twice[2]]


def test_where_nothing_was_found_nothing_is_told() -> None:
    assert select_for_part([], {}) == []

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold_set import DEFAULT_GOLD, Evidence, read_gold
from eval.metrics.token_f1 import Morphemes
from eval.shared_words import shared_words
from retriever.analysis import KoreanAnalyzer
from tests.eval.made import GOLD, UNANSWERABLE


def by_word(texts: object) -> list[list[str]]:
    return [str(text).split() for text in texts]  # type: ignore[attr-defined]


def test_shares_are_of_the_question_s_words() -> None:
    morphemes: Morphemes = by_word
    near = replace(GOLD, question="산불 피해 면적 규모", evidence=(Evidence("a", "산불 피해"),))
    far = replace(GOLD, question="불탄 숲 넓이 얼마", paraphrased=True, evidence=near.evidence)
    found = shared_words([near, far, UNANSWERABLE], morphemes)
    assert found is not None
    assert (found.questions, found.few) == (2, 0.5)
    assert (found.other_mean, found.marked_mean, found.mean) == (0.5, 0, 0.25)
    # In pairs of characters: 산불, 피해 of four; 불탄, 넓이, 얼마: none of three.
    assert (found.other_mean_pairs, found.marked_mean_pairs) == (0.5, 0)


def test_nothing_is_measured_of_unanswerable_questions() -> None:
    assert shared_words([UNANSWERABLE], by_word) is None


def test_at_least_half_of_our_questions_share_few_words(analyzer: KoreanAnalyzer) -> None:
    found = shared_words(read_gold(DEFAULT_GOLD), analyzer.morphemes)
    assert found is not None
    assert found.few >= 0.5
    readme = (Path(DEFAULT_GOLD).parent / "README.md").read_text(encoding="utf-8")
    assert f"평균 {found.marked_mean_pairs:.0%}" in readme
    assert f"나머지는 평균 {found.other_mean_pairs:.0%}" in readme


@pytest.mark.parametrize("paraphrased", [True, False])
def test_a_mean_of_nothing_is_none(paraphrased: bool) -> None:
    found = shared_words([replace(GOLD, paraphrased=paraphrased)], by_word)
    assert found is not None
    means = (found.marked_mean, found.other_mean)
    assert [mean is None for mean in means] == [not paraphrased, paraphrased]

"""``geungeo eval grounding``: inventions are caught, faithful sentences are kept."""

import random

import pytest

from api.answer.grounding.grounder import Grounder
from eval.grounding.case import cases
from eval.grounding.figures_invented import FIGURE_WAYS
from eval.grounding.material import materials, passages_of, split_of
from eval.grounding.measure import GroundingResult, measure
from eval.grounding.words_invented import WORD_WAYS
from eval.in_process import read_documents
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from tests.eval.conftest import CORPUS

SEED = 11
SENTENCES = 40


@pytest.fixture(scope="module")
def result(encoder: Encoder) -> GroundingResult:
    passages = passages_of(read_documents([CORPUS]))
    chosen = materials(passages, random.Random(SEED), SENTENCES)
    grounder = Grounder(KoreanAnalyzer(), encoder)
    return measure(cases(chosen, SEED), grounder, lambda *_: None)


def test_there_are_more_than_thirty_ways_to_invent() -> None:
    assert len(FIGURE_WAYS) + len(WORD_WAYS) >= 50


def test_no_ungrounded_figure_passes(result: GroundingResult) -> None:
    assert [(w.way, w.wrong) for w in result.ways if w.kind == "figure" and w.wrong] == []


def test_wrong_citations_are_caught(result: GroundingResult) -> None:
    right, total = result.of_kind("marker")
    assert right == total > 100


def test_nearly_all_invented_words_are_caught(result: GroundingResult) -> None:
    right, total = result.of_kind("words")
    assert right / total >= 0.97


def test_faithful_sentences_are_kept(result: GroundingResult) -> None:
    right, total = result.of_kind("faithful")
    assert right / total >= 0.95
    verbatim = next(w for w in result.ways if w.way == "verbatim")
    assert verbatim.share >= 0.99


def test_the_halves_share_no_passage_and_the_cases_stay_the_same() -> None:
    passages = passages_of(read_documents([CORPUS]))
    one, two = (list(cases(materials(passages, random.Random(SEED), 5), SEED)) for _ in range(2))
    assert [(c.way, c.text) for c in one] == [(c.way, c.text) for c in two]
    assert {split_of(p) for _, p in passages} == {"tune", "test"}

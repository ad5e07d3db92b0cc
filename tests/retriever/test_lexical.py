import math
from pathlib import Path

import numpy as np
import pytest

from retriever.lexical import K1, B, LexicalIndex

DOCUMENTS = [["신약", "개발", "개발"], ["신약"], ["배양육", "기술", "기술", "기술"], []]


def test_a_score_is_okapi_bm25() -> None:
    # Lucene's form: idf * tf / (tf + k1 * (1 - b + b * length / mean length)), idf over 4 texts.
    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    length_factor = 1 - B + B * 3 / 2
    expected = idf * 2 / (2 + K1 * length_factor)
    scores = LexicalIndex.build(DOCUMENTS).scores({"개발": 1.0})
    assert scores[0] == pytest.approx(expected, rel=1e-5)
    assert scores[1:].tolist() == [0, 0, 0]


def test_weights_scale_and_unknown_terms_add_nothing() -> None:
    index = LexicalIndex.build(DOCUMENTS)
    once, twice = index.scores({"신약": 1.0}), index.scores({"신약": 2.0, "없는말": 1.0})
    np.testing.assert_allclose(twice, 2 * once)


def test_it_is_the_same_after_a_round_trip(tmp_path: Path) -> None:
    built = LexicalIndex.build(DOCUMENTS, tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    np.testing.assert_array_equal(built.scores({"기술": 1.0}), loaded.scores({"기술": 1.0}))
    assert (loaded.frequency("신약"), loaded.frequency("없는말")) == (2, 0)
    assert loaded.contains("배양육", 2)
    assert not loaded.contains("배양육", 0)
    assert not any(path.suffix in {".pkl", ".pickle"} for path in tmp_path.iterdir())


def test_mass_counts_each_term_once_however_often_it_stands() -> None:
    index = LexicalIndex.build(DOCUMENTS)
    mass = index.mass({"신약": 0.5, "개발": 0.25, "기술": 0.125, "없는말": 9.0})
    assert mass.tolist() == [0.75, 0.5, 0.125, 0]
    assert index.mass({}).tolist() == [0, 0, 0, 0]


def test_a_stand_in_counts_its_share_where_the_term_is_missing() -> None:
    index = LexicalIndex.build([["돈", "예산"], ["예산", "투자"], ["투자"], ["기술"]])
    mass = index.mass({"돈": 0.5, "기술": 0.25}, {"돈": {"예산": 1.0, "투자": 0.5, "없는말": 1.0}})
    assert mass.tolist() == [0.5, 0.5, 0.25, 0.25]

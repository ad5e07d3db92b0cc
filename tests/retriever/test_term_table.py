from pathlib import Path

import numpy as np
import pytest

from retriever.term_table import TermTable

VOCABULARY = {"녹차": 0, "면적": 1, "벌꿀": 2, "": 3}
ROWS = [["면적", "녹차", "녹차"], [], ["벌꿀"], ["녹차", "벌꿀", "면적"]]
WEIGHTS = np.array([0.5, 0.25, 0.125, 9], dtype=np.float32)


@pytest.fixture
def table() -> TermTable:
    return TermTable.of(ROWS, VOCABULARY)


def test_a_row_weighs_what_its_terms_weigh_each_once(table: TermTable) -> None:
    assert table.masses(0, 4, WEIGHTS).tolist() == [0.75, 0, 0.125, 0.875]
    assert table.masses(2, 4, WEIGHTS).tolist() == [0.125, 0.875]
    assert table.masses(1, 2, WEIGHTS).tolist() == [0]


def test_no_rows_have_no_masses(table: TermTable) -> None:
    for place in (0, 2, 4):
        assert table.masses(place, place, WEIGHTS).tolist() == []


def test_masses_stay_exact_at_the_end_of_a_long_table() -> None:
    rows = [["녹차", "면적", "벌꿀"]] * 50_000
    found = TermTable.of(rows, VOCABULARY).masses(49_000, 50_000, WEIGHTS)
    np.testing.assert_allclose(found, 0.875, rtol=1e-5)


def test_only_wanted_terms_are_named(table: TermTable) -> None:
    assert table.among(0, {0: "녹차", 2: "벌꿀"}) == {"녹차"}
    assert table.among(1, {0: "녹차"}) == frozenset()
    assert table.among(3, {}) == frozenset()


def test_the_best_stand_in_of_a_row_counts(table: TermTable) -> None:
    wanted = {0: [("차", 0.5)], 2: [("차", 1.0), ("꿀", 0.25)]}
    assert table.standing(0, wanted) == {"차": 0.5}
    assert table.standing(1, wanted) == table.standing(3, {}) == {}
    assert table.standing(3, wanted) == {"차": 1.0, "꿀": 0.25}


def test_it_is_the_same_after_a_round_trip(table: TermTable, tmp_path: Path) -> None:
    table.write(tmp_path / "starts.npy", tmp_path / "terms.npy")
    loaded = TermTable.load(tmp_path / "starts.npy", tmp_path / "terms.npy")
    assert loaded.masses(0, 4, WEIGHTS).tolist() == [0.75, 0, 0.125, 0.875]
    assert loaded.among(3, {1: "면적"}) == {"면적"}


def test_a_table_without_any_term(tmp_path: Path) -> None:
    table = TermTable.of([[], []], VOCABULARY)
    table.write(tmp_path / "starts.npy", tmp_path / "terms.npy")
    assert table.masses(0, 2, WEIGHTS).tolist() == [0, 0]

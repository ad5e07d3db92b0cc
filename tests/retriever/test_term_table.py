from pathlib import Path

import pytest

from retriever.term_table import TermTable

VOCABULARY = {"녹차": 0, "면적": 1, "벌꿀": 2, "": 3}
ROWS = [["면적", "녹차", "녹차"], [], ["벌꿀"], ["녹차", "벌꿀", "면적"]]


@pytest.fixture
def table() -> TermTable:
    return TermTable.of(ROWS, VOCABULARY)


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
    assert loaded.among(3, {1: "면적"}) == {"면적"}


def test_a_table_without_any_term(tmp_path: Path) -> None:
    table = TermTable.of([[], []], VOCABULARY)
    table.write(tmp_path / "starts.npy", tmp_path / "terms.npy")
    assert table.among(0, {0: "녹차"}) == table.among(1, {0: "녹차"}) == frozenset()

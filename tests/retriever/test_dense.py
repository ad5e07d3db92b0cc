from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever import dense
from retriever.dense import WHOLE_SHARE, DenseIndex

PASSAGES = 400
VECTORS_EACH = 3
DIMENSION = 32


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    drawn = np.random.default_rng(7).normal(size=(PASSAGES * VECTORS_EACH, DIMENSION))
    unit: NDArray[np.float32] = np.asarray(
        drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32
    )
    return unit


@pytest.fixture(params=["exact", "graph"])
def index(
    request: pytest.FixtureRequest, vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> DenseIndex:
    if request.param == "graph":
        monkeypatch.setattr(dense, "EXACT_LIMIT", 10)
    first_rows = np.arange(0, len(vectors) + 1, VECTORS_EACH, dtype=np.int64)
    return DenseIndex.build(vectors, first_rows)


def test_the_passage_of_the_nearest_vector_comes_first(
    index: DenseIndex, vectors: NDArray[np.float32]
) -> None:
    for row in (0, 5, 700, len(vectors) - 1):
        assert index.nearest(vectors[row], 20)[0] == row // VECTORS_EACH


def test_only_allowed_passages_are_looked_at(
    index: DenseIndex, vectors: NDArray[np.float32]
) -> None:
    allowed = np.zeros(PASSAGES, dtype=np.bool_)
    allowed[[3, 250]] = True
    found = index.nearest(vectors[0], 50, allowed)
    assert set(found.tolist()) == {3, 250}


def test_similarities_are_exact(index: DenseIndex, vectors: NDArray[np.float32]) -> None:
    query = vectors[1]
    (similar,) = index.similarities(query, np.array([17], dtype=np.int64))
    expected = vectors[17 * VECTORS_EACH : 18 * VECTORS_EACH] @ query
    assert similar.whole == pytest.approx(float(expected[0]), abs=1e-5)
    np.testing.assert_allclose(similar.sentences, expected[1:], atol=1e-5)
    best = float(expected[1:].max())
    assert similar.score == pytest.approx(
        WHOLE_SHARE * float(expected[0]) + (1 - WHOLE_SHARE) * best, abs=1e-5
    )


def test_it_is_the_same_after_a_round_trip(
    index: DenseIndex, vectors: NDArray[np.float32], tmp_path: Path
) -> None:
    index.write(tmp_path / "dense.faiss")
    first_rows = np.arange(0, len(vectors) + 1, VECTORS_EACH, dtype=np.int64)
    loaded = DenseIndex.load(tmp_path / "dense.faiss", first_rows)
    assert loaded.rows == len(vectors)
    np.testing.assert_array_equal(loaded.nearest(vectors[9], 30), index.nearest(vectors[9], 30))
    assert loaded.first_sentence(2) == 2 * (VECTORS_EACH - 1)


def test_few_allowed_among_many_are_all_found() -> None:
    count = dense.EXACT_LIMIT + 2
    drawn = np.random.default_rng(7).normal(size=(count, DIMENSION)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    index = DenseIndex.build(unit, np.arange(0, count + 1, 2, dtype=np.int64))
    allowed = np.zeros(count // 2, dtype=np.bool_)
    allowed[[5, 17, 20_000]] = True
    found = index.nearest(unit[0], 400, allowed)
    assert set(found.tolist()) == {5, 17, 20_000}

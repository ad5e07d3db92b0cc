from pathlib import Path

import numpy as np
import pytest

from eval.bench.embedding import mean_overlap, nearest
from eval.bench.index_size import folder_bytes, sizes_by_part
from eval.bench.texts import cut, recombined_reports
from ingest.chunk import chunk
from ingest.load import load_bytes


def test_cut_wraps_round_and_gives_different_pieces() -> None:
    assert cut("가나 다라\n마", 4, 3) == ["가나 다", " 다라 ", "라 마가"]
    assert cut("가나 다라\n마", 4, 1, shift=5) == [" 마가나"]


def test_cut_needs_enough_text() -> None:
    with pytest.raises(ValueError, match="too few"):
        cut("가나다", 4, 1)
    with pytest.raises(ValueError, match="too few"):
        cut("가나다", 2, 4)


def test_recombined_reports_have_the_passages_asked_for() -> None:
    sentences = [f"{word} 예산을 {n}억 원으로 늘림" for n in range(9) for word in ("올해", "내년")]
    texts = list(recombined_reports(sentences, passages=25, per_report=10, seed=3))
    counts = [len(chunk(load_bytes(text.encode(), "보고서.md"))) for text in texts]
    assert counts == [10, 10, 5]
    assert texts == list(recombined_reports(sentences, passages=25, per_report=10, seed=3))


def test_nearest_and_overlap() -> None:
    passages = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]], dtype=np.float32)
    queries = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    found = nearest(passages, queries, 2)
    assert found.tolist() == [[0, 2], [1, 2]]
    other = np.array([[2, 0], [0, 2]])
    assert mean_overlap(found, other) == (1.0 + 0.5) / 2


def test_sizes_by_part(tmp_path: Path) -> None:
    (tmp_path / "arrays").mkdir()
    (tmp_path / "arrays" / "a.npy").write_bytes(b"12345")
    (tmp_path / "manifest.json").write_bytes(b"{}")
    assert sizes_by_part(tmp_path) == {"arrays": 5, "manifest.json": 2}
    assert folder_bytes(tmp_path) == 7

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.loaders.autorag import autorag_set, load_autorag
from eval.retrieval_set import EvalPassage, EvalQuestion
from ingest.errors import InputError, OperatorError

CORPUS: list[dict[str, Any]] = [
    {"doc_id": "d1", "contents": "소양강댐", "metadata": {"title": "댐"}},
    {"doc_id": "d2", "contents": "소양강 다목적댐", "metadata": {"title": None}},
    {"doc_id": "d3", "contents": "충주댐", "metadata": None},
]
QUESTION: dict[str, Any] = {
    "qid": "q1",
    "query": "두 댐 가운데 어느 것이 큰가?",
    "retrieval_gt": [["d1", "d2"], ["d3"]],
    "generation_gt": ["소양강댐", "소양강 다목적댐"],
}


def test_relevance_is_an_and_of_ors() -> None:
    found = autorag_set(CORPUS, [QUESTION], split="tune")
    assert found.passages[:2] == (
        EvalPassage("d1", "댐", "소양강댐"),
        EvalPassage("d2", "", "소양강 다목적댐"),
    )
    assert found.questions == (
        EvalQuestion(
            "q1",
            "두 댐 가운데 어느 것이 큰가?",
            (frozenset({"d1", "d2"}), frozenset({"d3"})),
            ("소양강댐", "소양강 다목적댐"),
            True,
            "tune",
        ),
    )


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("d1", (frozenset({"d1"}),)),
        (["d1", "d3"], (frozenset({"d1"}), frozenset({"d3"}))),  # a plain list means and
        ([], ()),
        ([[]], ()),
    ],
)
def test_relevance_may_be_written_shorter(
    written: object, groups: tuple[frozenset[str], ...]
) -> None:
    (found,) = autorag_set(CORPUS, [{**QUESTION, "retrieval_gt": written}]).questions
    assert found.relevant == groups
    assert found.answerable is bool(groups)


def test_one_answer_may_be_a_string() -> None:
    (found,) = autorag_set(CORPUS, [{**QUESTION, "generation_gt": "소양강댐"}]).questions
    assert found.answers == ("소양강댐",)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"retrieval_gt": None}, r"qa\.parquet:1: 'retrieval_gt'"),
        ({"retrieval_gt": [["d1", 3]]}, r"qa\.parquet:1: 'retrieval_gt'"),
        ({"retrieval_gt": [["d9"]]}, r"qa\.parquet:1: 정답 지문이 없습니다: d9"),
        ({"query": ""}, r"qa\.parquet:1: 'query'"),
        ({"generation_gt": 3}, r"qa\.parquet:1: 'generation_gt'"),
    ],
)
def test_a_broken_row_is_named(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        autorag_set(CORPUS, [{**QUESTION, **changed}])


def test_a_passage_row_is_named() -> None:
    with pytest.raises(InputError, match=r"corpus\.parquet:4: 지문 id가 겹칩니다: d1"):
        autorag_set([*CORPUS, CORPUS[0]], [QUESTION])


def test_parquet_files_give_the_same_set(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow가 없어 parquet을 읽지 않음")
    write_parquet(tmp_path / "corpus.parquet", CORPUS)
    write_parquet(tmp_path / "qa.parquet", [QUESTION])
    assert load_autorag(tmp_path) == autorag_set(CORPUS, [QUESTION])


def test_a_broken_or_missing_parquet_file_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow가 없어 parquet을 읽지 않음")
    with pytest.raises(InputError, match=r"corpus\.parquet"):
        load_autorag(tmp_path)
    (tmp_path / "corpus.parquet").write_bytes(b"not parquet")
    with pytest.raises(InputError, match=r"corpus\.parquet: parquet 파일로 읽을 수 없습니다"):
        load_autorag(tmp_path)


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(OperatorError, match=r"geungeo\[eval\]") as caught:
        load_autorag(tmp_path)
    assert caught.value.code == "package_missing"


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    pyarrow: Any = importlib.import_module("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)

from pathlib import Path

import pytest

from eval.loaders.beir import load_beir
from eval.retrieval_set import EvalPassage, EvalQuestion
from ingest.errors import InputError

CORPUS = """{"_id": "d1", "title": "댐", "text": "소양강댐"}
{"_id": "d2", "text": "충주댐"}
{"_id": "d3", "title": null, "text": "팔당댐"}
"""
QUERIES = """{"_id": "q1", "text": "강원도의 댐"}
{"_id": "q2", "text": "없는 댐"}
{"_id": "q3", "text": "판정 없는 질문"}
"""
TEST = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td3\t1\nq1\td2\t0\nq2\td2\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(CORPUS, "utf-8")
    (tmp_path / "queries.jsonl").write_text(QUERIES, "utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text(TEST, "utf-8")
    return tmp_path


def test_each_passage_judged_above_zero_is_wanted(folder: Path) -> None:
    found = load_beir(folder)
    assert found.passages[:2] == (
        EvalPassage("d1", "댐", "소양강댐"),
        EvalPassage("d2", "", "충주댐"),
    )
    wanted = (frozenset({"d1"}), frozenset({"d3"}))
    assert found.questions == (
        EvalQuestion("q1", "강원도의 댐", wanted, (), True, "test"),
        EvalQuestion("q2", "없는 댐", (), (), False, "test"),
    )


def test_judgement_files_are_splits(folder: Path) -> None:
    (folder / "qrels" / "dev.tsv").write_text("q3\td2\t1\r\n", "utf-8")  # no heading
    assert [(q.id, q.split) for q in load_beir(folder).questions] == [
        ("q3", "dev"),
        ("q1", "test"),
        ("q2", "test"),
    ]
    assert [q.id for q in load_beir(folder, splits=["dev"]).questions] == ["q3"]
    with pytest.raises(InputError, match=r"train\.tsv"):
        load_beir(folder, splits=["train"])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("q1 d1 1", r"test\.tsv:6: .*탭"),
        ("q1\td1\t높음", r"test\.tsv:6: 점수가 수가 아닙니다: 높음"),
        ("q9\td1\t1", r"test\.tsv:6: queries\.jsonl에 없는 질문입니다: q9"),
        ("q2\td9\t1", r"test\.tsv:5: 정답 지문이 없습니다: d9"),
    ],
)
def test_a_broken_line_is_named(folder: Path, line: str, problem: str) -> None:
    (folder / "qrels" / "test.tsv").write_text(f"{TEST}{line}\n", "utf-8")
    with pytest.raises(InputError, match=problem):
        load_beir(folder)


def test_a_query_stands_once(folder: Path) -> None:
    (folder / "queries.jsonl").write_text(QUERIES * 2, "utf-8")
    with pytest.raises(InputError, match=r"queries\.jsonl:4: 질문 id가 겹칩니다: q1"):
        load_beir(folder)


def test_a_query_is_judged_in_one_split(folder: Path) -> None:
    (folder / "qrels" / "dev.tsv").write_text(TEST, "utf-8")
    with pytest.raises(InputError, match=r"test\.tsv:2: 질문 id가 겹칩니다: q1"):
        load_beir(folder)


def test_judgements_are_needed(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").unlink()
    with pytest.raises(InputError, match="판정 파일이 없습니다"):
        load_beir(folder)

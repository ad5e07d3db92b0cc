import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.loaders.tydi import load_tydi
from eval.retrieval_set import EvalPassage, EvalQuestion
from ingest.errors import InputError

BENCH = Path(__file__).resolve().parents[4] / "shared" / "bench" / "tydi_ko"

PASSAGES = [
    {"id": "p1", "title": "댐", "text": "소양강댐은 1973년에 완공되었다."},
    {"id": "p2", "text": "댐은 1973년에 지어졌다."},
]
QUESTION = {
    "id": "q1",
    "question": "언제 완공되었나?",
    "answers": ["1973년", "1973"],
    "gold_passage_ids": ["p1", "p2"],
    "answerable": True,
    "split": "tune",
}


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def write_folder(folder: Path, questions: Sequence[Mapping[str, Any]]) -> Path:
    write_lines(folder / "passages.jsonl", PASSAGES)
    write_lines(folder / "questions.jsonl", questions)
    return folder


def test_a_folder_keeps_its_ids_and_splits(tmp_path: Path) -> None:
    off_topic = {"id": "q2", "question": "달의 나이는?", "answerable": False}
    found = load_tydi(write_folder(tmp_path, [QUESTION, off_topic]))
    assert found.passages == (
        EvalPassage("p1", "댐", "소양강댐은 1973년에 완공되었다."),
        EvalPassage("p2", "", "댐은 1973년에 지어졌다."),
    )
    assert found.questions == (
        EvalQuestion(
            "q1",
            "언제 완공되었나?",
            (frozenset({"p1", "p2"}),),  # any of them will do
            ("1973년", "1973"),
            True,
            "tune",
        ),
        EvalQuestion("q2", "달의 나이는?", (), (), False, "test"),
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"gold_passage_ids": ["p9"]}, r"questions\.jsonl:2: 정답 지문이 없습니다: p9"),
        ({"gold_passage_ids": "p1"}, r"questions\.jsonl:2: 'gold_passage_ids'"),
        ({"gold_passage_ids": []}, r"questions\.jsonl:2: 답할 수 있는지"),
        ({"id": "q1"}, r"questions\.jsonl:2: 질문 id가 겹칩니다"),
        ({"question": None}, r"questions\.jsonl:2: 'question'"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, changed: dict[str, Any], problem: str) -> None:
    folder = write_folder(tmp_path, [QUESTION, {**QUESTION, "id": "q2", **changed}])
    with pytest.raises(InputError, match=problem):
        load_tydi(folder)


def test_a_passage_id_stands_once(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, [QUESTION])
    write_lines(folder / "passages.jsonl", [*PASSAGES, PASSAGES[0]])
    with pytest.raises(InputError, match=r"passages\.jsonl:3: 지문 id가 겹칩니다: p1"):
        load_tydi(folder)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, [QUESTION])
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n{없음}\n")
    with pytest.raises(InputError, match=r"questions\.jsonl:3: JSON이 아닙니다"):
        load_tydi(folder)


def test_json_keeps_the_questions_of_one_language(tmp_path: Path) -> None:
    path = tmp_path / "train.json"
    paragraphs = [
        {"context": "댐은 1973년에 지어졌다.", "qas": [qa("korean-1-0")]},
        {"context": "The dam was built.", "qas": [qa("english-1-0")]},
    ]
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), "utf-8")
    korean = load_tydi(path)
    assert [question.id for question in korean.questions] == ["korean-1-0"]
    assert [passage.text for passage in korean.passages] == ["댐은 1973년에 지어졌다."]
    assert len(load_tydi(path, language="").passages) == 2


def test_lines_hold_a_question_or_an_article(tmp_path: Path) -> None:
    flat = {"title": "댐", "context": "댐은 1973년에 지어졌다.", "question": "언제?"}
    rows: list[dict[str, Any]] = [
        {**flat, "id": "korean-1-0", "answers": {"text": ["1973년"], "answer_start": [3]}},
        {**flat, "id": "korean-2-0", "answers": [{"text": "1973년"}]},
        {**flat, "id": "korean-3-0"},
        {**flat, "id": "english-1-0"},
        {"paragraphs": [{"context": "섬이다.", "qas": [qa("korean-4-0")]}]},
    ]
    found = load_tydi(write_lines(tmp_path / "dev.jsonl", rows), split="tune")
    assert [question.answers for question in found.questions] == [("1973년",)] * 2 + [
        (),
        ("1973년",),
    ]
    assert len(found.passages) == 2
    assert {question.split for question in found.questions} == {"tune"}


def test_answers_of_another_kind_are_refused(tmp_path: Path) -> None:
    row = {"id": "korean-1-0", "context": "댐", "question": "언제?", "answers": "1973년"}
    with pytest.raises(InputError, match=r"dev\.jsonl:1: 'answers'"):
        load_tydi(write_lines(tmp_path / "dev.jsonl", [row]))


@pytest.mark.skipif(not BENCH.is_dir(), reason=f"{BENCH}가 없음")
def test_the_shared_set_loads() -> None:
    found = load_tydi(BENCH)
    assert len(found.passages) == 1488
    assert len(found.of_split("tune").questions) == 1585
    assert len(found.of_split("test").questions) == 274
    assert all(question.answerable for question in found.questions)


def qa(name: str) -> dict[str, Any]:
    return {"id": name, "question": "언제?", "answers": [{"text": "1973년", "answer_start": 3}]}

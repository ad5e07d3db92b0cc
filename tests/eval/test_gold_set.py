import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.gold_set import DEFAULT_GOLD, problems, read_gold
from ingest.errors import InputError, NotFoundError

REPOSITORY = Path(__file__).resolve().parents[2]
GOLD = read_gold(DEFAULT_GOLD)
DOCUMENTS = {path.name: path.read_text("utf-8") for path in (REPOSITORY / "corpus").glob("*.md")}
ROW = {"id": "a", "question": "?", "type": "list", "must_include": [["가"]], "evidence": []}


def test_the_gold_set_is_sound() -> None:
    assert problems(GOLD, DOCUMENTS) == []


def test_it_has_what_it_promises() -> None:
    assert len(GOLD) >= 240
    answerable = [question for question in GOLD if question.answerable]
    assert sum(question.paraphrased for question in answerable) >= len(answerable) / 2
    assert {q.type for q in GOLD if q.split == "tune"} == {q.type for q in GOLD}
    assert {q.type for q in GOLD if q.split == "test"} == {q.type for q in GOLD}
    assert {e.document for q in answerable for e in q.evidence} == set(DOCUMENTS) - {"README.md"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"question": "  "}, "질문이 비어"),
        ({"must_include": (("없는 말",),)}, "묶음이 근거 인용에 없습니다: 없는 말"),
        ({"must_include": ()}, "must_include가 맞지 않습니다"),
        ({"must_not_include": ("전문 인력",)}, "must_not_include의 말이"),
        ({"evidence": ()}, "evidence가 맞지 않습니다"),
        ({"answerable": False}, "answerable과 evidence"),
        ({"split": "dev"}, "split은 tune이나 test"),
    ],
)
def test_the_checker_finds_what_is_wrong(changed: dict[str, Any], said: str) -> None:
    found = problems([replace(GOLD[0], **changed)], DOCUMENTS)
    assert any(said in text and text.startswith(f"{GOLD[0].id}: ") for text in found)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quote": "문서에 없는 문장"}, "없는 인용"),
        ({"quote": ""}, "없는 인용"),
        ({"quote": "바이오"}, "번 나오는 인용"),
        ({"document": "없음.md"}, "없는 문서"),
    ],
)
def test_quotes_stand_once_in_their_document(changed: dict[str, Any], said: str) -> None:
    strange = replace(GOLD[0].evidence[0], **changed)
    found = problems([replace(GOLD[0], evidence=(*GOLD[0].evidence, strange))], DOCUMENTS)
    assert len(found) == 1
    assert said in found[0]


def test_an_id_stands_once() -> None:
    assert problems([GOLD[0], GOLD[0]], DOCUMENTS) == [f"{GOLD[0].id}: id가 겹칩니다"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "JSON으로 읽을 수 없습니다"),
        ('{"id": "a"}', "항목 question의 값을 쓸 수 없습니다: 꼭 있어야 하는 항목입니다"),
        (json.dumps({**ROW, "must_include": "가"}), "must_include"),
        (json.dumps({**ROW, "split": "dev"}), "'tune', 'test' 가운데 하나"),
        (json.dumps({**ROW, "history": [{"role": "user"}]}), "history는"),
        ("[]", "값을 쓸 수 없습니다"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert caught.value.code == "gold_unreadable"
    assert "gold.jsonl 3번째 줄" in caught.value.message
    assert said in caught.value.message


def test_history_may_be_written_as_question_and_answer(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    turns = [{"question": "앞?", "answer": "뒤"}, {"role": "user", "content": "또"}]
    path.write_text(json.dumps({**ROW, "history": turns, "note": "다른 항목"}), encoding="utf-8")
    (question,) = read_gold(path)
    assert [(t["role"], t["content"]) for t in question.history] == [
        ("user", "앞?"),
        ("assistant", "뒤"),
        ("user", "또"),
    ]
    assert (question.answerable, question.split) == (False, "test")


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="질문 파일이 없습니다"):
        read_gold(tmp_path / "없음.jsonl")
    path = tmp_path / "cp949.jsonl"
    path.write_bytes("질문".encode("cp949"))
    with pytest.raises(InputError, match="UTF-8"):
        read_gold(path)

import json
from pathlib import Path
from typing import Any

import pytest

from eval.loaders.squad import load_squad
from eval.retrieval_set import EvalPassage, EvalQuestion
from ingest.errors import InputError

DAM = "소양강댐은 1973년에 완공되었다."


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps({"version": "1", "data": data}, ensure_ascii=False), "utf-8")
    return path


def question(name: str, **fields: Any) -> dict[str, Any]:
    answers = [{"text": "1973년", "answer_start": 6}, {"text": "1973년", "answer_start": 6}]
    return {"id": name, "question": "언제 완공되었나?", "answers": answers, **fields}


def test_paragraphs_become_passages_and_questions_want_theirs(tmp_path: Path) -> None:
    paragraphs = [
        {"context": DAM, "qas": [question("q1")]},
        {"context": "북한강에 있다.", "qas": []},
        {"context": DAM, "qas": [question("q2", is_impossible=True, answers=[])]},
    ]
    path = write(tmp_path / "a.json", [{"title": "소양강_댐", "paragraphs": paragraphs}])
    found = load_squad(path, split="dev")
    first, second = found.passages  # the third paragraph is the first one again
    assert first == EvalPassage(first.id, "소양강 댐", DAM)
    assert second.text == "북한강에 있다."
    assert found.questions == (
        EvalQuestion("q1", "언제 완공되었나?", (frozenset({first.id}),), ("1973년",), True, "dev"),
        EvalQuestion("q2", "언제 완공되었나?", (), (), False, "dev"),
    )
    assert found.of_split("dev") == found
    assert found.of_split("test").questions == ()


def test_ids_come_from_content(tmp_path: Path) -> None:
    ids = []
    for name in ("a.json", "b.json"):
        paragraphs = [{"context": DAM, "qas": [question("q1")]}]
        path = write(tmp_path / name, [{"title": "댐", "paragraphs": paragraphs}])
        ids += [passage.id for passage in load_squad(path).passages]
    assert ids[0] == ids[1]


def test_a_set_may_come_without_answers(tmp_path: Path) -> None:
    qas = [{"id": "q1", "question": "언제?"}]
    path = write(tmp_path / "a.json", [{"paragraphs": [{"context": DAM, "qas": qas}]}])
    (found,) = load_squad(path).questions
    assert found.answerable
    assert found.answers == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([{"title": "댐"}], r"a\.json data\[0\]: 'paragraphs' 목록이 없습니다"),
        ([3], r"a\.json data\[0\]: 객체"),
        ([{"paragraphs": [{"qas": [question("q1")]}]}], r"paragraphs\[0\]: 'context'"),
        (
            [{"paragraphs": [{"context": DAM, "qas": [question("q1", question=" ")]}]}],
            r"qas\[0\]: 'question'",
        ),
        (
            [{"paragraphs": [{"context": DAM, "qas": [question("q1"), question("q1")]}]}],
            r"qas\[1\]: 질문 id가 겹칩니다: q1",
        ),
        (
            [{"paragraphs": [{"context": DAM, "qas": [question("q1", is_impossible="no")]}]}],
            "'is_impossible'",
        ),
        ([{"title": 3, "paragraphs": []}], "'title'"),
        ([], r"a\.json: 지문이나 질문이 하나도 없습니다"),
    ],
)
def test_a_broken_place_is_named(tmp_path: Path, data: Any, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        load_squad(write(tmp_path / "a.json", data))
    assert caught.value.code == "dataset_broken"
    assert caught.value.remedy


def test_a_file_that_is_not_json_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"data":\n[}', "utf-8")
    with pytest.raises(InputError, match=r"a\.json:2: JSON이 아닙니다"):
        load_squad(path)
    path.write_bytes('{"data":\n"한글'.encode("cp949"))
    with pytest.raises(InputError, match=r"a\.json:2: UTF-8이 아닙니다"):
        load_squad(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json") as caught:
        load_squad(tmp_path / "none.json")
    assert caught.value.code == "dataset_missing"


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", [{"paragraphs": [{"context": DAM, "qas": [question("q1")]}]}])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load_squad(path).questions) == 1

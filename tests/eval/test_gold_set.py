from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold_set import problems, read_gold

REPOSITORY = Path(__file__).resolve().parents[2]
GOLD = read_gold(REPOSITORY / "eval" / "gold" / "reports.jsonl")
DOCUMENTS = {path.name: path.read_text("utf-8") for path in (REPOSITORY / "corpus").glob("*.md")}


def test_the_gold_set_is_sound() -> None:
    assert problems(GOLD, DOCUMENTS) == []


def test_it_has_what_it_promises() -> None:
    assert len(GOLD) >= 240
    answerable = [question for question in GOLD if question.answerable]
    assert sum(question.paraphrased for question in answerable) >= len(answerable) / 2
    assert {q.type for q in GOLD if q.split == "tune"} == {q.type for q in GOLD}
    assert {q.type for q in GOLD if q.split == "test"} == {q.type for q in GOLD}
    assert {e.document for q in answerable for e in q.evidence} == set(DOCUMENTS) - {"README.md"}


def test_the_checker_finds_what_is_wrong() -> None:
    good = GOLD[0]
    strange = replace(good.evidence[0], quote="문서에 없는 문장")
    assert len(problems([good, good], DOCUMENTS)) == 1
    assert problems([replace(good, evidence=(strange,))], DOCUMENTS)
    assert problems([replace(good, must_include=(("없는 말",),))], DOCUMENTS)
    assert problems([replace(good, answerable=False)], DOCUMENTS)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl:1"):
        read_gold(path)

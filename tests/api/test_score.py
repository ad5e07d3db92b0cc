"""The scorer against a real server."""

import json
from pathlib import Path

import pytest

from eval.score import main
from tests.api.conftest import Running

GOLD = [
    {
        "id": "a",
        "question": "산불 피해 지역에 설치한 사방댐은 몇 개인가요?",
        "type": "factoid_number",
        "must_include": [["88개"]],
        "evidence": [{"document": "산림.md", "quote": "사방댐 88개를 설치함"}],
        "split": "test",
    },
    {
        "id": "b",
        "question": "시민 감시단은 몇 명인가요?",
        "type": "factoid_number",
        "must_include": [["9999명"]],
        "evidence": [{"document": "한강.md", "quote": "시민 감시단 450명이"}],
        "split": "tune",
    },
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in GOLD), encoding="utf-8")
    return path


def test_every_question_is_asked_and_scored(
    server: Running, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--url", str(server.client.base_url), "--gold", str(gold), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    right, wrong = report["rows"]
    assert (right["right"], right["cited"], right["exact"]) == (True, True, True)
    assert (wrong["right"], wrong["cited"]) == (False, True)
    assert report["summary"]["right"] == 0.5


def test_what_went_wrong_is_shown_to_people(
    server: Running, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--url", str(server.client.base_url), "--gold", str(gold), "--split", "tune"]
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "오답  b" in shown
    assert "450명" in shown


def test_a_server_that_is_not_there_is_said(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--url", "http://127.0.0.1:9", "--gold", str(gold)]) == 1
    assert "서비스에 묻지 못했습니다" in capsys.readouterr().err

"""Gold questions asked of a running service, and the whole harness in a process of its own."""

import json
from pathlib import Path

import pytest

from tests.api.conftest import RunCli, Running, spawn

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
# What only a search in the same process tells.
HIDDEN = {"top_similarity", "coverage", "timings_ms"}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in GOLD), encoding="utf-8")
    return path


def test_a_service_is_judged_as_the_same_parts_in_this_process(
    server: Running, gold: Path, cli: RunCli, data_dir: Path
) -> None:
    run = ("eval", "run", "--gold", str(gold), "--json")
    asked = json.loads(cli(*run, "--url", str(server.client.base_url)).out)
    right, wrong = asked["rows"]
    assert (right["right"], right["cited"], right["exact"]) == (True, True, True)
    assert (wrong["right"], wrong["cited"]) == (False, True)
    assert asked["run"]["summary"]["metrics"]["right"]["value"] == 0.5
    assert asked["run"]["index"]["encoder"] is None
    assert asked["run"]["version"] == "0.1.0"
    assert right["timings_ms"]["http"] > right["timings_ms"]["total"] / 2
    here = json.loads(cli(*run, "--name", "여기").out)
    for over_http, in_process in zip(asked["rows"], here["rows"], strict=True):
        known = {name for name in over_http if name not in HIDDEN}
        assert {n: over_http[n] for n in known} == {n: in_process[n] for n in known}


def test_what_went_wrong_is_shown_to_people(
    server: Running, gold: Path, cli: RunCli, data_dir: Path
) -> None:
    url = str(server.client.base_url)
    done = cli("eval", "run", "--url", url, "--gold", str(gold), "--split", "tune")
    assert done.status == 0
    assert "오답  b" in done.out
    assert "450명" in done.out


def test_a_refusal_of_the_service_is_said(
    server: Running, gold: Path, cli: RunCli, data_dir: Path
) -> None:
    long = {**GOLD[0], "question": "가" * 201}  # one more than the server takes
    gold.write_text(json.dumps(long), encoding="utf-8")
    done = cli("eval", "run", "--url", str(server.client.base_url), "--gold", str(gold), "--json")
    assert done.status == 1
    error = json.loads(done.out)["error"]
    assert error["code"] == "service_refused"
    assert "질문이 너무 깁니다" in error["message"]


def test_a_process_of_its_own_runs_and_fails_the_gate(
    gold: Path, data_dir: Path, tmp_path: Path
) -> None:
    bounds = tmp_path / "기준.toml"
    bounds.write_text("[tune.at_least]\nright = 0.5\n", encoding="utf-8")
    process = spawn("eval", "gate", "--gold", str(gold), "--thresholds", str(bounds))
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    assert "✗ tune 맞음(right): 0.000 (기준 0.5 이상) → 0.500 모자람" in out
    assert "임베딩 모델 준비…" in err
    (stored,) = (data_dir / "eval" / "runs").iterdir()
    assert stored.name.startswith("gate-")

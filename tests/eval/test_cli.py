"""``geungeo eval`` over our own reports, with every real part."""

import json
import re
from pathlib import Path

import pytest

from eval.gold_set import DEFAULT_GOLD
from eval.row import Row
from tests.eval.conftest import CORPUS, RunCli
from tests.eval.made import as_asked

COMMANDS = [
    "run",
    "list",
    "compare",
    "gate",
    "check-gold",
    "report",
    "judge",
    "export-ragas",
    "ablate",
    "grounding",
    "refusal",
    "quality",
]


def lines(*ids: str) -> str:
    kept = DEFAULT_GOLD.read_text("utf-8").splitlines()
    return "\n".join(as_asked(line) for line in kept if json.loads(line)["id"] in ids)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Four questions of ours: two that can be answered, a follow-up and one that cannot."""
    path = tmp_path / "gold.jsonl"
    path.write_text(lines("r003", "r004", "r224"), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_korean_and_has_examples(cli: RunCli, command: str) -> None:
    done = cli("eval", *command.split(), "--help")
    assert done.status == 0
    assert done.out.startswith(f"사용법: geungeo eval {command}".strip())
    assert "\n예:\n  geungeo eval" in done.out
    assert not re.search(r"Usage|Options|Arguments|Commands|default|required|Show", done.out)


def test_a_run_is_shown_stored_and_listed(cli: RunCli, gold: Path, data_dir: Path) -> None:
    done = cli("eval", "run", "--gold", str(gold), "--name", "하나")
    assert done.status == 0
    assert "질문…" in done.err
    assert re.search(r"맞음 \(right\) +1\.000 +\[1\.000, 1\.000\] +2\n", done.out)
    assert "오답  r224" in done.out
    folder = data_dir / "eval" / "runs" / "하나"
    assert f"저장했습니다: {folder}" in done.out
    about = json.loads((folder / "run.json").read_text("utf-8"))
    assert about["gold"]["path"] == str(gold)
    assert about["index"]["counts"]["documents"] == 2
    assert about["config"]["documents"] == [str(CORPUS)]
    listed = json.loads(cli("eval", "list", "--json").out)["runs"]
    assert [(run["name"], run["questions"]) for run in listed] == [("하나", 3)]
    assert "하나" in cli("eval", "list").out


def test_a_run_s_rows_are_whole(cli: RunCli, gold: Path) -> None:
    done = json.loads(cli("eval", "run", "--gold", str(gold), "--json").out)
    rows = {row["id"]: row for row in done["rows"]}
    assert all(set(row) == set(Row.__dataclass_fields__) for row in done["rows"])
    answered = rows["r004"]
    assert answered["right"]
    assert answered["cited"]
    assert answered["passage_rank"] == answered["evidence_ranks"][0] == 1
    assert answered["hits"][0]["passage_id"] in answered["relevant"][0]
    assert len(answered["hits"]) == 20
    assert 0.5 < answered["top_similarity"] <= 1
    assert 0 < answered["coverage"] <= 1
    assert set(answered["timings_ms"]) >= {"analyse", "embed", "retrieve", "answer", "total"}
    assert rows["r224"]["passage_rank"] is None


def test_the_same_name_needs_overwrite(cli: RunCli, gold: Path) -> None:
    run = ("eval", "run", "--gold", str(gold), "--name", "하나")
    assert cli(*run, "--split", "test").status == 0
    refused = cli(*run, "--json")
    assert refused.status == 1
    assert json.loads(refused.out)["error"]["code"] == "run_exists"
    assert cli(*run, "--overwrite").status == 0
    assert cli("eval", "list").out.count("하나") == 1


def test_two_runs_are_compared(cli: RunCli, gold: Path, tmp_path: Path) -> None:
    config = tmp_path / "좁게.toml"
    config.write_text(f'gold = "{gold}"\ntop_k = 20\n', encoding="utf-8")
    assert cli("eval", "run", "--gold", str(gold), "--name", "가").status == 0
    assert cli("eval", "run", "--config", str(config), "--name", "나").status == 0
    done = cli("eval", "compare", "가", "나")
    assert done.status == 0
    assert "가 → 나: 질문 3개" in done.out
    assert "설정이(가) 다릅니다: top_k 8 → 20" in done.out
    assert "나아진 질문(맞음): 0개" in done.out
    found = json.loads(cli("eval", "compare", "가", "나", "--metric", "hit@1", "--json").out)
    assert (found["before"], found["metric"], found["questions"]) == ("가", "hit@1", 3)
    gold.write_text(lines("r004"), encoding="utf-8")
    assert cli("eval", "run", "--gold", str(gold), "--name", "다").status == 0
    refused = cli("eval", "compare", "가", "다")
    assert refused.status == 1
    assert "서로 다른 질문" in refused.err


def test_the_gate_says_which_figure_is_short_and_by_how_much(
    cli: RunCli, gold: Path, tmp_path: Path
) -> None:
    bounds = tmp_path / "기준.toml"
    bounds.write_text(
        "[test.at_least]\nright = 0.9\n[tune.at_least]\nright = 0.9\nrefusal_recall = 0.5\n",
        encoding="utf-8",
    )
    assert cli("eval", "run", "--gold", str(gold), "--name", "가").status == 0
    done = cli("eval", "gate", "가", "--thresholds", str(bounds))
    assert done.status == 1
    assert "✓ test 맞음(right): 1.000 (기준 0.9 이상)" in done.out
    assert "✗ tune 거절 재현율(refusal_recall): 0.000 (기준 0.5 이상) → 0.500 모자람" in done.out
    assert "3가지 가운데 1가지에 못 미칩니다" in done.out
    told = json.loads(cli("eval", "gate", "가", "--thresholds", str(bounds), "--json").out)
    assert told["passed"] is False
    assert [check["passed"] for check in told["checks"]] == [True, True, False]


def test_a_damaged_index_is_built_anew(cli: RunCli, gold: Path, data_dir: Path) -> None:
    run = ("eval", "run", "--gold", str(gold), "--json")
    first = json.loads(cli(*run, "--name", "가").out)["run"]["index"]
    (home,) = (data_dir / "eval" / "indexes").iterdir()
    generation = home / "index" / first["generation"]
    (generation / "dense.faiss").write_bytes(b"")
    again = json.loads(cli(*run, "--name", "나").out)["run"]["index"]
    assert again["generation"] != first["generation"]
    assert {**again, "generation": ""} == {**first, "generation": ""}


def test_documents_may_be_named_and_changed(cli: RunCli, gold: Path, tmp_path: Path) -> None:
    reports = tmp_path / "글"
    reports.mkdir()
    for name in ("하나", "둘"):
        (reports / f"{name}.md").write_text(f"# {name}\n\n- {name}에 관한 글임\n", "utf-8")
    config = tmp_path / "글.toml"
    config.write_text('gold = "gold.jsonl"\ndocuments = ["글"]\n', encoding="utf-8")
    run = ("eval", "run", "--config", str(config), "--json")
    first = json.loads(cli(*run, "--name", "가").out)
    assert first["run"]["index"]["counts"]["documents"] == 2
    assert first["run"]["config"]["documents"] == [str(reports)]
    assert first["rows"][0]["relevant"] == [[]]
    again = json.loads(cli(*run, "--name", "나").out)["run"]["index"]
    assert again == first["run"]["index"]
    (reports / "둘.md").unlink()
    changed = json.loads(cli(*run, "--name", "다").out)["run"]["index"]
    assert changed["counts"]["documents"] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["eval", "run", "--split", "dev"], 2, "'tune', 'test' 가운데 하나"),
        (["eval", "run", "--gold", "없음.jsonl"], 1, "질문 파일이 없습니다: 없음.jsonl"),
        (["eval", "run", "--config", "없음.toml"], 1, "파일이 없습니다: 없음.toml"),
        (["eval", "run", "--name", "../밖"], 2, "이름으로 쓸 수 없습니다"),
        (["eval", "run", "--url", "http://127.0.0.1:9"], 1, "서비스에 묻지 못했습니다"),
        (["eval", "compare", "가"], 2, "인자 나중이 빠졌습니다"),
        (["eval", "compare", "가", "나"], 1, "저장된 실행이 없습니다: 가"),
        (["eval", "gate", "가", "--split", "test"], 2, "저장된 실행에는 --split"),
        (["eval", "gate", "--thresholds", "없음.toml"], 1, "파일이 없습니다"),
        (["eval", "rnu"], 2, "없는 명령입니다: rnu. run을 쓰려던"),
    ],
)
def test_wrong_use_is_explained(cli: RunCli, arguments: list[str], status: int, said: str) -> None:
    done = cli(*arguments)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert "→" in done.err
    assert "Traceback" not in done.err


def test_our_gold_set_is_checked(cli: RunCli) -> None:
    done = cli("eval", "check-gold")
    assert done.status == 0
    assert "이상이 없습니다" in done.out
    assert "답이 없는 것 133개" in done.out
    shared = json.loads(cli("eval", "check-gold", "--json").out)["shared_words"]
    assert shared["questions"] == 731


def test_what_is_wrong_with_a_gold_set_is_named(cli: RunCli, gold: Path) -> None:
    gold.write_text(lines("r004").replace("호라이즌 유럽: ", "호라이즌: "), encoding="utf-8")
    done = cli("eval", "check-gold", "--gold", str(gold))
    assert done.status == 1
    assert "✗ r004: ai-bio-medical-rnd-2025.md에 없는 인용입니다: 호라이즌:" in done.out
    assert "고칠 것이 1가지" in done.out


def test_no_runs_yet_is_said(cli: RunCli) -> None:
    assert "저장된 실행이 없습니다" in cli("eval", "list").out


def test_a_damaged_run_is_named_and_left_out(cli: RunCli, data_dir: Path) -> None:
    folder = data_dir / "eval" / "runs" / "가"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{", encoding="utf-8")
    done = cli("eval", "list")
    assert done.status == 0
    assert "건너뜀: 실행 가의 파일이 손상" in done.err

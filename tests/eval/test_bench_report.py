import json
from pathlib import Path

import pytest

from eval.bench import __main__ as bench
from eval.bench.errors import CannotMeasureError
from eval.bench.figure import Figure, Section
from eval.bench.machine import Machine
from eval.bench.report import Run, as_values, markdown, missed_targets, number
from eval.bench.workbench import Workbench

MACHINE = Machine("2026-01-02", "시험 CPU", 2, 16.0, "Linux x86_64", "3.11.7", 0.5, {"numpy": "2"})
SECTION = Section(
    "임베딩",
    "이렇게 쟀습니다.",
    (
        Figure("빠르기", "개/초", (100.0, 110.0), (50.0, 50.0), more_is_better=True, target=2.5),
        Figure("크기", "KiB", (2.5,)),
    ),
    ("알아 둘 것",),
)


def test_markdown_shows_medians_and_ratios() -> None:
    text = markdown(Run(MACHINE, False, 90.0, {"embedding": SECTION}, {"memory": "psutil 없음"}))
    assert "| 빠르기 | 개/초 | 105 | 50.0 | 2.10 (목표 2.5 이상) |" in text
    assert "| 크기 | KiB | 2.50 | — | — |" in text
    assert "## memory\n\n측정하지 못했습니다: psutil 없음" in text
    assert "| 걸린 시간 | 1.5분 |" in text
    assert "--quick" not in text


def test_values_hold_every_round() -> None:
    run = Run(MACHINE, True, 90.0, {"embedding": SECTION}, {})
    values = json.loads(json.dumps(as_values(run)))
    figure = values["sections"]["embedding"]["figures"][0]
    assert figure["ours"] == [100.0, 110.0]
    assert figure["ratio"] == pytest.approx(2.1)
    assert values["machine"]["packages"] == {"numpy": "2"}


def test_a_missed_target_is_named() -> None:
    assert missed_targets([SECTION]) == ["빠르기: 2.10배 (목표 2.5배 이상)"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(12345.6, "12,346"), (45.67, "45.7"), (3.456, "3.46"), (0.98765, "0.988"), (0.0035, "0.0035")],
)
def test_number(value: float, text: str) -> None:
    assert number(value) == text


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Two benchmarks that need no model, and a table that is nobody's."""

    def fails(_bench: Workbench) -> Section:
        raise CannotMeasureError("잴 수 없음")

    table = tmp_path / "docs" / "benchmarks.md"
    monkeypatch.setattr(bench, "TABLE", table)
    monkeypatch.setattr(bench, "BENCHMARKS", {"embedding": lambda _bench: SECTION, "memory": fails})
    monkeypatch.setattr(bench, "describe_machine", lambda _today: MACHINE)
    return table


def test_a_failed_run_does_not_replace_the_table(
    stub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main([]) == 1
    assert not stub.exists()
    captured = capsys.readouterr()
    assert "측정하지 못함: memory: 잴 수 없음" in captured.err
    assert captured.out.startswith("# 속도")


def test_a_part_is_shown_and_a_whole_run_is_written(
    stub: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(["--only", "embedding", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["failures"] == {}
    assert not stub.exists()
    monkeypatch.setattr(bench, "BENCHMARKS", {"embedding": lambda _bench: SECTION})
    assert bench.main([]) == 0
    assert "| 빠르기 |" in stub.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def test_help_is_korean_and_names_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--help"])
    text = capsys.readouterr().out
    assert "예:" in text
    assert all(name in text for name in bench.BENCHMARKS)


def test_missing_documents_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main(["--documents", "없는폴더"])
    assert stopped.value.code == 2
    assert "없습니다: 없는폴더" in capsys.readouterr().err

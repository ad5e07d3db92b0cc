from pathlib import Path

import pytest

from eval.gate import DEFAULT_THRESHOLDS, Thresholds, checks, read_thresholds
from ingest.errors import InputError
from tests.eval.conftest import RunCli
from tests.eval.made import record, row

ROWS = [row("a"), row("b", right=False), row("c", split="tune")]


def found(text: str, folder: Path) -> Thresholds:
    path = folder / "기준.toml"
    path.write_text(text, encoding="utf-8")
    return read_thresholds(path)


def test_bounds_are_held_against_the_split_they_name(tmp_path: Path) -> None:
    bounds = found(
        "[test.at_least]\nright = 0.6\n'hit@1' = 1.0\n[test.at_most]\nanswerable_refused = 0.1\n",
        tmp_path,
    )
    right, hit, refused = checks(record(ROWS), bounds)
    assert right.value == 0.5
    assert right.short_by == pytest.approx(0.1)
    assert (right.passed, hit.passed, refused.passed) == (False, True, True)


def test_a_figure_that_is_too_high_fails(tmp_path: Path) -> None:
    bounds = found("[test.at_most]\nmedian_answer_chars = 8\n", tmp_path)
    (check,) = checks(record(ROWS), bounds)
    assert (check.value, check.short_by, check.passed) == (10, 2, False)


def test_a_figure_that_the_run_lacks_fails(tmp_path: Path) -> None:
    bounds = found("[test.at_least]\nrefusal_recall = 0.1\n", tmp_path)
    (check,) = checks(record(ROWS), bounds)
    assert (check.value, check.passed) == (None, False)


def test_a_run_without_bounds_is_refused(tmp_path: Path) -> None:
    bounds = found("[tune.at_least]\nright = 0.1\n", tmp_path)
    with pytest.raises(InputError, match="기준이 없습니다"):
        checks(record(ROWS[:2]), bounds)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tests.at_least]\nright = 1\n", "알 수 없는 항목이 있습니다: tests"),
        ("[test.atleast]\nright = 1\n", "알 수 없는 항목이 있습니다: test.atleast"),
        ("[test.at_least]\nrihgt = 1\n", "없는 지표입니다(rihgt)"),
        ("[test.at_least]\nright = nan\n", "유한한 숫자"),
    ],
)
def test_what_is_wrong_with_the_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        found(text, tmp_path)
    assert said in caught.value.message


def test_our_thresholds_cover_both_splits() -> None:
    bounds = read_thresholds(DEFAULT_THRESHOLDS)
    assert bounds.tune is not None
    assert bounds.test is not None
    assert {"right", "hit@1", "hit@5", "citation_recall"} <= set(bounds.test.at_least)


def test_our_answers_pass_the_gate(cli: RunCli) -> None:
    done = cli("eval", "gate", "--split", "test")
    assert done.status == 0, done.out
    assert "모두 넘습니다" in done.out
    assert "✗" not in done.out

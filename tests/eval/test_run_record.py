import json
from pathlib import Path

import pytest

from eval.row import Row
from eval.run_record import RunFolder
from ingest.errors import InputError, NotFoundError, OperatorError
from tests.eval.made import record, row, unanswerable_row

# The second line separator of Unicode is no line end of JSON lines.
ROWS = [row("a", answer="둘로\u2028나뉜 답\n또 한 줄"), unanswerable_row("b", refused=True)]


@pytest.fixture
def runs(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


def test_a_run_comes_back_as_it_was_stored(runs: RunFolder) -> None:
    stored = record(ROWS)
    folder = runs.write(stored, ROWS)
    assert folder == runs.root / "가"
    assert runs.names() == ["가"]
    assert runs.read("가") == stored
    assert runs.rows("가") == ROWS
    assert [p.name for p in runs.root.iterdir()] == ["가"]


def test_a_name_is_taken_once_unless_overwritten(runs: RunFolder) -> None:
    runs.write(record(ROWS), ROWS)
    with pytest.raises(InputError, match="이미 있습니다") as caught:
        runs.write(record(ROWS[:1]), ROWS[:1])
    assert caught.value.code == "run_exists"
    assert runs.rows("가") == ROWS
    runs.write(record(ROWS[:1]), ROWS[:1], overwrite=True)
    assert runs.rows("가") == ROWS[:1]
    assert [p.name for p in runs.root.iterdir()] == ["가"]


def test_a_failure_in_the_middle_leaves_the_stored_run(
    runs: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.write(record(ROWS), ROWS)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        runs.write(record(ROWS[:1]), ROWS[:1], overwrite=True)
    assert runs.rows("가") == ROWS
    assert [p.name for p in runs.root.iterdir()] == ["가"]


def test_half_a_run_is_not_listed(runs: RunFolder) -> None:
    (runs.root / ".writing-x" / "new").mkdir(parents=True)
    (runs.root / "반쪽").mkdir()
    assert runs.names() == []
    assert RunFolder(runs.root / "없는 곳").names() == []


@pytest.mark.parametrize("name", ["", "../밖", ".숨김", "가/나", "가" * 81, "가\n"])
def test_a_name_that_is_no_folder_name_is_refused(runs: RunFolder, name: str) -> None:
    with pytest.raises(InputError, match="이름으로 쓸 수 없습니다"):
        runs.write(record(ROWS, name), ROWS)


def test_missing_and_damaged_runs_are_told_apart(runs: RunFolder) -> None:
    with pytest.raises(NotFoundError, match="없습니다: 나"):
        runs.read("나")
    folder = runs.write(record(ROWS), ROWS)
    whole = json.loads((folder / "run.json").read_text("utf-8"))
    for broken in ("{", "[]", json.dumps({**whole, "summary": {}})):
        (folder / "run.json").write_text(broken, encoding="utf-8")
        with pytest.raises(OperatorError, match="손상"):
            runs.read("가")
    (folder / "rows.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(OperatorError, match="손상"):
        runs.rows("가")


def test_rows_have_the_names_that_others_read(runs: RunFolder) -> None:
    folder = runs.write(record(ROWS), ROWS)
    first = json.loads((folder / "rows.jsonl").read_text("utf-8").split("\n")[0])
    assert set(first) == set(Row.__dataclass_fields__)
    about = json.loads((folder / "run.json").read_text("utf-8"))
    assert set(about["summary"]["metrics"]["right"]) == {"value", "low", "high", "count"}

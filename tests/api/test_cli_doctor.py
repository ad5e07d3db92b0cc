"""``geungeo doctor``."""

import json
from pathlib import Path

import pytest

from ingest.errors import OperatorError
from tests.api.conftest import RunCli


def test_doctor_finds_nothing_wrong(cli: RunCli, data_dir: Path) -> None:
    done = cli("doctor")
    assert done.status == 0, done.out
    assert "이상이 없습니다." in done.out
    assert "GEUNGEO_DATA_DIR" in done.out
    assert "[환경 변수]" in done.out


def test_doctor_says_what_is_wrong_and_how_to_mend_it(cli: RunCli, data_dir: Path) -> None:
    current = (data_dir / "index" / "CURRENT").read_text("ascii")
    store = data_dir / "index" / current / "passages.sqlite"
    store.write_bytes(store.read_bytes()[:-1] + b"\xff")
    done = cli("doctor", "--json")
    assert done.status == 1
    report = json.loads(done.out)
    assert not report["ok"]
    states = {check["name"]: check for check in report["checks"]}
    assert states["index"]["state"] == "fail"
    assert "passages.sqlite" in states["index"]["detail"]
    assert "--rebuild" in states["index"]["remedy"]
    assert {line["variable"] for line in report["settings"]} >= {"GEUNGEO_DATA_DIR"}


def test_doctor_notes_what_is_not_there_yet(
    cli: RunCli, empty_data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", str(tmp_path / "없음"))
    done = cli("doctor", "--json")
    assert done.status == 0
    states = {check["name"]: check["state"] for check in json.loads(done.out)["checks"]}
    assert states["index"] == states["match"] == states["corpus_dir"] == "note"


def test_doctor_goes_on_after_a_failure(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperatorError("model_damaged", "모델이 손상되었습니다.", "다시 푸세요.")

    monkeypatch.setattr("retriever.encoder.load_encoder", broken)
    report = json.loads(cli("doctor", "--json").out)
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert states["model"] == "fail"
    assert states["index"] == "ok"

"""``geungeo doctor``."""

import io
import json
from pathlib import Path

import pytest

from ingest.errors import OperatorError
from tests.answer.generation.fake_server import Reply, running_fake
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


def test_doctor_calls_the_language_model_once(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data_dir.is_dir()
    with running_fake() as fake:
        fake.replies = [Reply("네")]
        monkeypatch.setenv("GEUNGEO_LLM", "m")
        monkeypatch.setenv("GEUNGEO_LLM_BASE_URL", fake.url)
        monkeypatch.setenv("GEUNGEO_LLM_API_KEY", "sk-secret-1")
        done = cli("doctor")
        assert done.status == 0, done.out
        assert f"✓ 언어 모델: m ({fake.url}): " in done.out
        assert len(fake.requests) == 1
        fake.replies = [Reply(status=401)]
        refused = cli("doctor")
        assert refused.status == 1
        assert f"✗ 언어 모델: m ({fake.url}): 답하지 못했습니다. (HTTP 401" in refused.out
        assert "sk-" not in done.out + refused.out


def test_doctor_names_a_language_model_that_cannot_be(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data_dir.is_dir()
    monkeypatch.setenv("GEUNGEO_LLM", "이름뿐")
    done = cli("doctor")
    assert done.status == 1
    assert "알 수 없는 언어 모델입니다: 이름뿐" in done.out
    assert "쌍점으로 이어 적으세요" in done.out


def test_a_language_model_that_cannot_be_is_told_when_the_server_starts(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data_dir.is_dir()
    monkeypatch.setenv("GEUNGEO_LLM", "이름뿐")
    done = cli("serve", "--port", "0")
    assert done.status == 1
    assert "알 수 없는 언어 모델입니다: 이름뿐" in done.err


def test_an_answer_says_who_wrote_it(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data_dir.is_dir()
    question = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"
    with running_fake() as fake:
        fake.replies = [
            Reply("피해 지역에 사방댐 88개를 설치했습니다 [1]. 예산은 412억 원입니다 [1].")
        ]
        monkeypatch.setenv("GEUNGEO_LLM", "m")
        monkeypatch.setenv("GEUNGEO_LLM_BASE_URL", fake.url)
        done = cli("ask", question)
        assert "언어 모델: m, 근거와 맞지 않아 뺀 문장 1개\n" in done.out
        fake.replies = [Reply(status=401)]
        refused = cli("ask", question)
        assert "언어 모델이 답하지 못해 문서의 문장을 골라 답했습니다.\n" in refused.out
        monkeypatch.setattr("sys.stdin", io.StringIO(question))
        assert "(언어 모델이 답하지 못해 문서의 문장을 골라 답했습니다.)\n" in cli("chat").out
    monkeypatch.delenv("GEUNGEO_LLM")
    monkeypatch.delenv("GEUNGEO_LLM_BASE_URL")
    assert "언어 모델" not in cli("ask", question).out

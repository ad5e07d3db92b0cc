"""The command line: what it says, and its exit status."""

import io
import json
import re
from pathlib import Path

import pytest

from api.cli import main
from ingest.errors import OperatorError
from tests.api.conftest import RunCli

COMMANDS = [
    ("ingest",),
    ("ask",),
    ("search",),
    ("serve",),
    ("docs",),
    ("docs", "list"),
    ("docs", "show"),
    ("docs", "remove"),
    ("doctor",),
]
QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


@pytest.mark.parametrize("command", [(), *COMMANDS], ids=" ".join)
def test_help_is_korean_and_has_examples(cli: RunCli, command: tuple[str, ...]) -> None:
    done = cli(*command, "--help")
    assert done.status == 0
    assert done.out.startswith(f"사용법: {' '.join(('geungeo', *command))} ")
    assert "\n예:\n  geungeo" in done.out
    assert not re.search(r"Usage|Options|Arguments|Commands|default|required|Show", done.out)


def test_the_version_is_shown(cli: RunCli) -> None:
    assert re.fullmatch(r"geungeo \d+\.\d+\.\d+\S*\n", cli("--version").out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aks"], "없는 명령입니다: aks. ask를 쓰려던"),
        (["ask"], "인자 질문이 빠졌습니다"),
        (["ask", "한강", "수온"], "남는 인자가 있습니다: 수온"),
        (["ask", "한강", "--top-k", "0"], "옵션 --top-k의 값이 올바르지 않습니다: 1 이상"),
        (["ask", "한강", "--top-k", "x"], "옵션 --top-k의 값이 올바르지 않습니다: 정수"),
        (["ask", "한강", "--top-k"], "옵션 --top-k에 값이 필요합니다"),
        (["ask", "한강", "--topk", "3"], "없는 옵션입니다: --topk. --top-k를 쓰려던"),
        (["ask", "한강", "--json=1"], "옵션 --json에는 값을 붙일 수 없습니다"),
        (["ask", " "], "질문이 비어 있습니다"),
        (["search", "?"], "질문이 비어 있습니다"),
        (["ask", "가" * 2001], "질문이 너무 깁니다"),
        (["ingest"], "인자 경로…가 빠졌습니다"),
        (["serve", "--port", "70000"], "65535 이하"),
        (["serve", "--host", "0.0.0.0"], "누구나 로그인 없이"),
    ],
)
def test_wrong_use_is_explained(cli: RunCli, arguments: list[str], said: str) -> None:
    done = cli(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "→" in done.err
    assert "Traceback" not in done.err


def test_no_command_shows_the_help(cli: RunCli) -> None:
    done = cli()
    assert done.status == 2
    assert "사용법: geungeo" in done.out


def test_errors_are_json_where_asked(cli: RunCli) -> None:
    done = cli("ask", "", "--json")
    assert done.status == 2
    error = json.loads(done.out)["error"]
    assert set(error) == {"code", "message", "remedy"}
    assert error["code"] == "empty_question"
    assert json.loads(cli("ask", "--json").out)["error"]["code"] == "usage"


def test_an_unknown_setting_stops_every_command(
    cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEUNGEO_DATADIR", "x")
    for arguments in (["ask", "한강"], ["docs", "list"], ["doctor"], ["serve"], ["ingest", "."]):
        done = cli(*arguments)
        assert done.status == 2
        assert "GEUNGEO_DATADIR" in done.err
        assert "GEUNGEO_DATA_DIR를 쓰려던" in done.err or "GEUNGEO_DATA_DIR을 쓰려던" in done.err


def test_ask_shows_the_answer_and_its_evidence(cli: RunCli, data_dir: Path) -> None:
    done = cli("ask", QUESTION)
    assert done.status == 0
    assert "88개" in done.out
    answer, _, evidence = done.out.partition("\n근거\n")
    assert answer.rstrip().endswith("[1]")
    assert evidence.startswith("[1] 산림 복원 보고서 > 산불 피해")
    assert "    피해 지역의 토양 유실을 막기 위해 사방댐 88개를 설치함" in evidence
    assert "\x1b" not in done.out


def test_ask_refuses_and_that_is_no_failure(cli: RunCli, data_dir: Path) -> None:
    done = cli("ask", "양자 컴퓨터의 큐비트 오류율은 얼마인가요?")
    assert done.status == 0
    assert done.out
    assert "\n근거\n" not in done.out


def test_ask_as_json_is_the_same_as_over_http(cli: RunCli, data_dir: Path) -> None:
    body = json.loads(cli("ask", QUESTION, "--json").out)
    assert body["answerable"]
    citation = body["citations"][0]
    assert citation["passage"][citation["start"] : citation["end"]] == citation["quote"]
    assert "request_id" not in body


def test_documents_can_be_named_by_the_start_of_their_id(cli: RunCli, data_dir: Path) -> None:
    documents = json.loads(cli("docs", "list", "--json").out)["documents"]
    river = next(d["id"] for d in documents if d["source"] == "한강.md")
    body = json.loads(cli("search", "보고서", "--document", river[:10], "--json").out)
    assert {hit["document_id"] for hit in body["hits"]} == {river}
    assert cli("ask", "한강", "--document", "doc_zz").status == 1
    done = cli("docs", "show", "doc_")
    assert done.status == 2
    assert "여럿입니다" in done.err


def test_search_lists_passages_and_unknown_words(cli: RunCli, data_dir: Path) -> None:
    done = cli("search", "사방댐 쿼크", "--top-k", "2")
    assert done.status == 0
    assert done.out.startswith("1. 산림 복원 보고서")
    assert "맞은 말: " in done.out
    assert "보고서에 없는 말: 쿼크" in done.out


def test_docs_are_listed_and_shown(cli: RunCli, data_dir: Path) -> None:
    listed = cli("docs", "list")
    assert "한강 수질 보고서" in listed.out
    assert listed.out.endswith("문서 3개\n")
    documents = json.loads(cli("docs", "list", "--json").out)["documents"]
    shown = cli("docs", "show", documents[0]["id"])
    assert documents[0]["title"] in shown.out
    assert "차례" in shown.out
    detail = json.loads(cli("docs", "show", documents[0]["id"], "--json").out)
    assert detail["passages"]
    assert cli("docs", "show", "doc_zz").status == 1


def test_docs_remove_asks_first(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = json.loads(cli("docs", "list", "--json").out)["documents"]
    first = documents[0]["id"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    done = cli("docs", "remove", first)
    assert done.status == 1
    assert "계속할까요" in done.err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("예\n".encode()), "utf-8"))
    assert cli("docs", "remove", first).status == 0
    left = json.loads(cli("docs", "list", "--json").out)["documents"]
    assert left == documents[1:]
    removed = json.loads(cli("docs", "remove", left[0]["id"], "--yes", "--json").out)
    assert removed == {"removed": [left[0]["id"]], "documents": 1}


def test_ingesting_again_changes_nothing(cli: RunCli, data_dir: Path, reports: Path) -> None:
    before = (data_dir / "index" / "CURRENT").read_text("ascii")
    done = cli("ingest", str(reports))
    assert done.status == 0
    assert "바뀐 것이 없습니다(문서 3개" in done.out
    assert (data_dir / "index" / "CURRENT").read_text("ascii") == before


def test_a_bad_file_is_reported_and_the_others_go_on(
    cli: RunCli, data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "섞임"
    folder.mkdir()
    (folder / "좋음.md").write_text("# 등대 보고서\n\n- 등대 12기를 새로 세움\n", encoding="utf-8")
    (folder / "빈것.md").write_text("", encoding="utf-8")
    done = cli("ingest", str(folder))
    assert done.status == 1
    assert "새 문서: 등대 보고서" in done.out
    assert "건너뜀:" in done.err
    assert "빈것.md" in done.err
    report = json.loads(cli("ingest", str(folder), "--json").out)
    assert report["failures"][0]["code"] == "file_empty"
    assert report["unchanged"] == ["등대 보고서"]


def test_nothing_that_can_be_read_is_a_failure(cli: RunCli, data_dir: Path, tmp_path: Path) -> None:
    missing = cli("ingest", str(tmp_path / "없음"))
    assert (missing.status, missing.out) == (1, "")
    picture = tmp_path / "그림.png"
    picture.write_bytes(b"\x89PNG")
    done = cli("ingest", str(picture))
    assert done.status == 1
    assert "지원하지 않는 파일 형식" in done.err


def test_rebuild_makes_a_new_generation(cli: RunCli, data_dir: Path, reports: Path) -> None:
    before = (data_dir / "index" / "CURRENT").read_text("ascii")
    report = json.loads(cli("ingest", str(reports), "--rebuild", "--json").out)
    assert report["published"]
    assert report["generation"] != before
    assert report["embedded"] == 0


@pytest.mark.parametrize("arguments", [("ask", QUESTION), ("docs", "list"), ("search", "사방댐")])
def test_the_first_index_is_built_from_the_corpus(
    cli: RunCli, empty_data_dir: Path, arguments: tuple[str, ...]
) -> None:
    done = cli(*arguments)
    assert done.status == 0
    assert "처음 색인을 만듭니다" in done.err
    assert "임베딩" in done.err
    assert "산림 복원 보고서" in done.out
    assert "처음 색인을" not in cli(*arguments).err


def test_without_a_corpus_the_way_out_is_named(
    cli: RunCli, empty_data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", str(tmp_path / "없음"))
    done = cli("ask", QUESTION)
    assert done.status == 1
    assert "geungeo ingest" in done.err


def test_what_documents_say_cannot_command_the_terminal(
    cli: RunCli, data_dir: Path, tmp_path: Path
) -> None:
    evil = tmp_path / "나쁨.md"
    stray = "# 위험\x1b]0;탈취\x07 보고서\n\n- 붉은\x1b[31m 등대 77기를\x9b2J 세움\n"
    evil.write_text(stray + "- 등대의 높이는 같음\n" * 100, encoding="utf-8")
    assert cli("ingest", str(evil)).status == 0
    for arguments in (["search", "붉은 등대"], ["ask", "붉은 등대는 몇 기?"], ["docs", "list"]):
        for extra in ([], ["--json"]):
            done = cli(*arguments, *extra)
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.out + done.err)


def test_what_a_user_wrote_cannot_command_the_terminal(cli: RunCli, data_dir: Path) -> None:
    for arguments in (["ingest", "\x1b[2J"], ["docs", "show", "\x1b[2J"], ["\x1b[2J"]):
        assert "\x1b" not in cli(*arguments).err


def test_errors_of_the_operating_system_are_told(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/어딘가")

    monkeypatch.setattr("api.library.Library.summaries", refuse)
    done = cli("docs", "list")
    assert done.status == 1
    assert "파일을 읽거나 쓰지 못했습니다" in done.err
    assert "/어딘가" in done.err


def test_an_interruption_is_told(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.library.Library.summaries", interrupt)
    done = cli("docs", "list")
    assert done.status == 1
    assert "중단했습니다. 이전 색인은 그대로입니다." in done.err


def test_a_full_disk_leaves_the_index(
    cli: RunCli, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = (data_dir / "index" / "CURRENT").read_text("ascii")
    report = tmp_path / "새것.md"
    report.write_text("# 새 보고서\n\n- 풍차 5기를 세움\n", encoding="utf-8")
    monkeypatch.setattr("retriever.indexing.write_store", full)
    done = cli("ingest", str(report))
    assert done.status == 1
    assert "빈 공간이 없어" in done.err
    assert (data_dir / "index" / "CURRENT").read_text("ascii") == before
    assert not list((data_dir / "index").glob(".building-*"))
    assert cli("ask", QUESTION).status == 0


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


def test_characters_the_terminal_lacks_are_replaced(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    assert main(["docs", "list"]) == 0

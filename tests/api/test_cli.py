"""The command line: what it says, and its exit status."""

import io
import json
import re
from pathlib import Path

import pytest

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

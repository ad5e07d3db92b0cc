"""The command line: what may be written to a terminal, and what went wrong around it."""

import errno
import io
import re
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import main
from api.os_errors import korean_os_reason
from tests.api.conftest import RunCli


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
    assert "권한 없음" in done.err
    assert "/어딘가" in done.err
    assert "denied" not in done.err


@pytest.mark.parametrize(
    "call", [lambda: Path("/dev/null/a").stat(), lambda: Path("a" * 300).stat()]
)
def test_reasons_of_the_operating_system_are_korean(call: Callable[[], object]) -> None:
    with pytest.raises(OSError, match=r"\w") as caught:
        call()
    assert re.fullmatch("[가-힣 ]+", korean_os_reason(caught.value))


def test_other_reasons_of_the_operating_system_have_a_number() -> None:
    assert korean_os_reason(OSError(errno.ENOTTY, "Inappropriate ioctl")) == "시스템 오류 ENOTTY"
    assert korean_os_reason(OSError("words")) == "시스템 오류"
    assert korean_os_reason(socket.gaierror(-2, "Name not known")) == "찾을 수 없는 주소"
    assert "locked" not in korean_os_reason(sqlite3.OperationalError("database is locked"))


def test_an_interruption_is_told(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.library.Library.summaries", interrupt)
    done = cli("docs", "list")
    assert done.status == 1
    assert "중단했습니다. 이전 색인은 그대로입니다." in done.err


def test_characters_the_terminal_lacks_are_replaced(
    cli: RunCli, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    assert main(["docs", "list"]) == 0

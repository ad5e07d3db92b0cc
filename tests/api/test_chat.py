"""``geungeo chat``."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.conftest import Finished, RunCli

Say = Callable[..., Finished]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, cli: RunCli, data_dir: Path) -> Say:
    assert data_dir.is_dir()

    def run(*lines: str) -> Finished:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        return cli("chat")

    return run


def test_a_follow_up_is_answered_from_what_was_said(say: Say) -> None:
    done = say("산불 피해 지역에 설치한 사방댐은 몇 개인가요?", "그럼 묘목은 언제까지 심나요?")
    assert done.status == 0
    assert "88개" in done.out
    assert "2026년" in done.out
    assert "[1] 산림 복원 보고서 > 산불 피해" in done.out


def test_commands_show_sources_and_forget(say: Say) -> None:
    done = say(
        "/근거", "사방댐은 몇 개인가요?", "/근거", "/새로", "/근거", "/모름", "", "/끝", "안 읽음"
    )
    first, _, rest = done.out.partition("보여 줄 근거가 없습니다.")
    assert first == ""
    assert "강원도 산불로 소나무 숲 2만 3천 헥타르" in rest
    assert rest.count("보여 줄 근거가 없습니다.") == 1
    assert "모르는 명령입니다: /모름" in rest
    assert "안 읽음" not in rest


def test_an_error_does_not_end_the_conversation(say: Say) -> None:
    done = say("?", "사방댐은 몇 개인가요?")
    assert "질문이 비어 있습니다" in done.err
    assert "88개" in done.out

"""Commands that other packages add."""

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest
import typer

from tests.api.conftest import RunCli

other = typer.Typer(
    help="다른 패키지의 명령입니다.", epilog="geungeo other do", no_args_is_help=True
)


@other.command("do", epilog="geungeo other do 글")
def do(ctx: typer.Context, text: str = typer.Argument(metavar="글", help="아무 글입니다.")) -> None:
    """한 번 합니다."""
    typer.echo(f"{text} {ctx.obj().port}")


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    found = [EntryPoint("other", request.param, "geungeo.commands")]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: found)
    group = "api.commands.plugins.ExtensibleGroup._all"
    monkeypatch.setattr(group, None)


HERE = f"{__name__}:other"


@pytest.mark.parametrize("added", [HERE], indirect=True)
def test_a_command_of_another_package_is_one_of_ours(
    added: None, cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEUNGEO_PORT", "4321")
    assert "other" in cli("--help").out
    assert cli("other", "--help").out.startswith("사용법: geungeo other [옵션] 명령")
    assert cli("other", "do", "--help").out.startswith("사용법: geungeo other do [옵션] 글")
    assert cli("other", "do", "안녕").out == "안녕 4321\n"
    assert "인자 글이 빠졌습니다" in cli("other", "do").err
    assert "other을 쓰려던" in cli("othe").err


@pytest.mark.parametrize("added", [f"{__name__}:nothing"], indirect=True)
def test_a_broken_package_is_named_and_hinders_no_other_command(added: None, cli: RunCli) -> None:
    done = cli("other")
    assert done.status == 1
    assert "명령 'other'을 더하는 패키지" in done.err
    assert "→" in done.err
    assert cli("docs", "--help").status == 0


def test_our_own_commands_do_not_wait_for_others() -> None:
    code = (
        "import sys; from api.cli import main; status = main(['ask', '--help']);"
        "print(status, [m for m in sys.modules if m == 'eval' or m.startswith('eval.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_help_of_all_commands_loads_nothing_heavy() -> None:
    heavy = ["numpy", "torch", "faiss", "kiwipiepy", "fastapi", "rich"]
    code = (
        "import sys; from api.cli import main; main(['eval', '--help']);"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

"""The ``geungeo`` command: where every error becomes words and an exit status."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Annotated, TextIO, cast

_INTERRUPTION = "중단했습니다. 이전 색인은 그대로입니다."

try:
    import typer

    from api.commands import ask, chat, doctor, ingest, mcp, search, serve
    from api.commands.backup import backup
    from api.commands.console import error_json, note, say, say_json, warn
    from api.commands.docs import docs
    from api.commands.feedback import feedback
    from api.commands.help_text import KoreanCommand
    from api.commands.keys import keys
    from api.commands.plugins import ExtensibleGroup
    from ingest.errors import GeungeoError, OperatorError
except KeyboardInterrupt:
    # Nothing is running yet that could answer for it.
    sys.stderr.write(f"\n{_INTERRUPTION}\n")
    raise SystemExit(1) from None

if TYPE_CHECKING:
    from api.settings import Settings

DONE, CANNOT, WRONG_USE = 0, 1, 2
_WRONG_USE_CODES = frozenset(
    {
        "usage",
        "empty_question",
        "question_too_long",
        "unknown_setting",
        "bad_setting",
        "remote_refused",
        "document_ambiguous",
    }
)
# What typer returns for a keyboard interrupt.
_INTERRUPTED = 130

app = typer.Typer(
    cls=ExtensibleGroup,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog="""
geungeo ask "차세대 염기서열 분석 기술은 어디에 쓰이나요?"
geungeo ingest 보고서폴더/
geungeo serve
""",
)
app.command("ingest", cls=KoreanCommand, epilog=ingest.EXAMPLES)(ingest.ingest)
app.command("ask", cls=KoreanCommand, epilog=ask.EXAMPLES)(ask.ask)
app.command("chat", cls=KoreanCommand, epilog=chat.EXAMPLES)(chat.chat)
app.command("search", cls=KoreanCommand, epilog=search.EXAMPLES)(search.search)
app.command("serve", cls=KoreanCommand, epilog=serve.EXAMPLES)(serve.serve)
app.add_typer(
    docs,
    name="docs",
    help="색인에 있는 문서를 보고, 뺍니다.",
    epilog="geungeo docs list\ngeungeo docs show doc_1a2b",
)
app.add_typer(
    backup,
    name="backup",
    help="색인과 설정 파일을 파일 하나에 담고, 되돌립니다.",
    epilog="geungeo backup create geungeo.tar.gz\ngeungeo backup restore geungeo.tar.gz",
)
app.add_typer(
    keys,
    name="keys",
    help="서버를 쓸 수 있는 API 키를 만들고 없앱니다.",
    epilog="geungeo keys create --name 홈페이지\ngeungeo keys list",
)
app.command("mcp", cls=KoreanCommand, epilog=mcp.EXAMPLES)(mcp.mcp)
app.add_typer(
    feedback,
    name="feedback",
    help="답에 대한 의견을 보고, 평가 질문의 후보로 내보냅니다.",
    epilog="geungeo feedback list\ngeungeo feedback export --out 후보.jsonl",
)
app.command("doctor", cls=KoreanCommand, epilog=doctor.EXAMPLES)(doctor.doctor)


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"geungeo {metadata.version('geungeo')}")
        raise typer.Exit


def _settings() -> Settings:
    from api.settings_loading import load_settings

    return load_settings()


@app.callback()
def geungeo(
    ctx: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help="판 번호를 보여 줍니다."
        ),
    ] = False,
) -> None:
    """보고서에 한국어로 묻고, 근거 문장과 함께 답을 받습니다."""
    # Commands of other packages read the settings through this.
    ctx.obj = _settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: what follows ``geungeo``; the process's own when not given.

    Returns:
        The exit status: 0 done, 1 cannot, 2 wrong use.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _write_what_can_be_written(sys.stdout)
    _write_what_can_be_written(sys.stderr)
    try:
        status = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has gone; nothing more may be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT
    return status


def _run(given: list[str]) -> int:
    try:
        result = app(args=given, prog_name="geungeo", standalone_mode=False)
    except GeungeoError as error:
        return _failed(error, given)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            say(error.format_message())
            return WRONG_USE
        from api.commands.usage_errors import usage_error

        return _failed(usage_error(error), given)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        raise
    except (OSError, sqlite3.Error) as error:
        return _failed(_system_error(error), given)
    return _interrupted() if result == _INTERRUPTED else cast(int, result or DONE)


def _failed(error: GeungeoError, given: list[str]) -> int:
    if "--json" in given:
        say_json(error_json(error))
    else:
        warn(error)
    return WRONG_USE if error.code in _WRONG_USE_CODES else CANNOT


def _interrupted() -> int:
    note(f"\n{_INTERRUPTION}")
    return CANNOT


def _system_error(error: OSError | sqlite3.Error) -> OperatorError:
    from api.os_errors import korean_os_reason
    from ingest.names import readable_path

    file = getattr(error, "filename", None)
    place = f": {readable_path(os.fsdecode(file))}" if isinstance(file, str | bytes) else "."
    return OperatorError(
        "system_error",
        f"파일을 읽거나 쓰지 못했습니다({korean_os_reason(error)}){place}",
        "`geungeo doctor`로 폴더와 빈 공간을 확인하세요.",
    )


def _write_what_can_be_written(stream: TextIO) -> None:
    """Replace characters that the terminal's encoding lacks instead of failing on them."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


if __name__ == "__main__":
    raise SystemExit(main())

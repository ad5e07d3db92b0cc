"""``geungeo keys``: who may use the service."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from api.api_keys import FILE_NAME, ApiKey, KeyFile, Scope
from api.commands.console import note, say, say_bold, say_dim, say_json
from api.commands.help_text import KoreanCommand, KoreanGroup
from api.commands.options import AsJson
from api.text import one_line, printable

keys = typer.Typer(cls=KoreanGroup, rich_markup_mode=None, no_args_is_help=True)

_SECONDS_A_DAY = 86_400
_DO_NOT_LOSE = "이 키는 다시 보여 줄 수 없으니 지금 옮겨 두세요."


def _file() -> KeyFile:
    from api.settings_loading import load_settings

    return KeyFile(load_settings().data_dir / FILE_NAME)


@keys.command(
    "create",
    cls=KoreanCommand,
    epilog="geungeo keys create --name 홈페이지\n"
    "geungeo keys create --name 관리자 --scope admin --days 90",
)
def create_key(
    name: Annotated[str, typer.Option("--name", metavar="이름", help="누가 쓸 키인지 적습니다.")],
    scope: Annotated[
        Scope,
        typer.Option(
            "--scope", help="ask는 질문과 검색만, admin은 문서를 넣고 빼는 일까지 할 수 있습니다."
        ),
    ] = "ask",
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="날수", min=1, help="이 날수가 지나면 쓸 수 없습니다."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """API 키를 만듭니다. 키가 하나라도 있으면 서버는 키가 있는 요청만 받습니다."""
    now = time.time()
    shown = one_line(printable(name)).strip()
    key, token = _file().create(shown, scope, now, now + days * _SECONDS_A_DAY if days else None)
    if as_json:
        say_json({**_facts(key), "key": token})
        return
    say_bold(token)
    note(f"{shown}({scope}) 키를 만들었습니다. {_DO_NOT_LOSE}")


@keys.command("list", cls=KoreanCommand, epilog="geungeo keys list\ngeungeo keys list --json")
def list_keys(as_json: AsJson = False) -> None:
    """만든 키를 보여 줍니다. 키 자체는 보이지 않습니다."""
    found = _file().listed()
    if as_json:
        say_json({"keys": [_facts(key) for key in found]})
        return
    for key in found:
        say_bold(f"{key.id}  {key.name}")
        say_dim(f"    {key.scope} · {_state(key)} · 만든 날 {_day(key.created)}")
    say(f"키 {len(found)}개")


@keys.command("revoke", cls=KoreanCommand, epilog="geungeo keys revoke 1a2b3c4d")
def revoke_key(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="`geungeo keys list`의 id입니다.")],
) -> None:
    """키를 못 쓰게 합니다. 켜져 있는 서버에도 곧바로 적용됩니다."""
    key = _file().revoke(key_id, time.time())
    say(f"{key.name}({key.id}) 키를 못 쓰게 했습니다.")


def _facts(key: ApiKey) -> dict[str, object]:
    facts = asdict(key)
    del facts["digest"]
    return {**facts, "usable": key.is_good(time.time())}


def _state(key: ApiKey) -> str:
    if key.revoked is not None:
        return f"{_day(key.revoked)}에 못 쓰게 함"
    if key.expires is None:
        return "기한 없음"
    word = "까지" if key.is_good(time.time()) else "에 기한이 지남"
    return f"{_day(key.expires)}{word}"


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d")

"""``geungeo backup``: the data folder in one file, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import note, say, say_json
from api.commands.help_text import KoreanCommand, KoreanGroup
from api.commands.options import AsJson

backup = typer.Typer(cls=KoreanGroup, rich_markup_mode=None, no_args_is_help=True)


@backup.command(
    "create",
    cls=KoreanCommand,
    epilog="geungeo backup create geungeo-2026-11-22.tar.gz",
)
def create(
    target: Annotated[Path, typer.Argument(metavar="파일", help="새로 쓸 백업 파일입니다.")],
    as_json: AsJson = False,
) -> None:
    """색인과 직접 둔 파일, 키, 의견을 파일 하나에 담습니다. 서버가 켜져 있어도 됩니다.

    모델과 임베딩 캐시는 다시 만들 수 있으므로 담지 않습니다. 키의 해시가 들어 있으니 남에게 주지
    마세요.
    """
    from api.backup import create_backup
    from api.settings_loading import load_settings

    settings = load_settings()
    facts = create_backup(
        settings.data_dir,
        target,
        datetime.now(UTC),
        settings.ingest_wait_seconds,
        lambda part: note(f"담는 중: {part}"),
    )
    if as_json:
        say_json(asdict(facts))
    else:
        say(f"문서 {facts.documents}개의 백업을 만들었습니다: {target}")


@backup.command(
    "restore",
    cls=KoreanCommand,
    epilog="geungeo backup restore geungeo-2026-11-22.tar.gz\n"
    "geungeo backup restore geungeo-2026-11-22.tar.gz --force",
)
def restore(
    source: Annotated[
        Path,
        typer.Argument(metavar="파일", help="`geungeo backup create`로 만든 파일입니다."),
    ],
    force: Annotated[
        bool, typer.Option("--force", help="지금 있는 색인을 백업으로 바꿉니다.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """백업을 데이터 폴더에 되돌립니다. 손상된 백업은 아무것도 바꾸지 않습니다."""
    from api.backup import restore_backup
    from api.settings_loading import load_settings

    settings = load_settings()
    facts = restore_backup(
        source,
        settings.data_dir,
        datetime.now(UTC),
        settings.ingest_wait_seconds,
        lambda part: note(f"되돌리는 중: {part}"),
        force=force,
    )
    if as_json:
        say_json(asdict(facts))
    else:
        say(f"{facts.made}의 백업을 되돌렸습니다(문서 {facts.documents}개).")

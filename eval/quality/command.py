"""``geungeo eval quality``, which ``eval.cli`` registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.command_options import AsJson

if TYPE_CHECKING:
    from eval.in_process import Surroundings

EXAMPLES = (
    "geungeo eval quality\ngeungeo eval quality --set tydi_ko/ --write docs/quality.md\n"
    "geungeo eval quality --url http://127.0.0.1:8000 --json"
)
_PART = "품질"


def quality(
    ctx: typer.Context,
    third_party: Annotated[
        Path | None,
        typer.Option(
            "--set",
            metavar="경로",
            help="답이 든 지문을 빼고 다시 물을 제3자 질문 세트입니다(squad, tydi 형식).",
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold", metavar="파일", help="질문 파일(JSONL)입니다. 비우면 우리 질문입니다."
        ),
    ] = None,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--documents",
            metavar="경로",
            help="질문이 묻는 문서나 폴더입니다. 여러 번 쓸 수 있습니다.",
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="주소", help="걸리는 시간을 이 주소의 서비스에 물어 잽니다."),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="파일", help="표시 사이의 표를 새로 쓸 문서(docs/quality.md)입니다."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """답의 품질을 한 번에 모두 잽니다: 정답, 거절, 지어내기 검사, 걸리는 시간과 그 95% 구간."""
    from eval.gold_set import DEFAULT_GOLD
    from eval.marked_part import MarkedPart
    from eval.quality.run import measure_quality
    from eval.quality.table import as_values, markdown
    from eval.terminal import note, say, say_json, shown_progress
    from ingest.names import readable_path

    settings: Callable[[], Surroundings] = ctx.obj
    part = MarkedPart.named(_PART)
    if write is not None:
        part.check(write)
    with shown_progress() as progress:
        found = measure_quality(
            settings(),
            progress,
            documents=documents or (),
            gold=gold or DEFAULT_GOLD,
            third_party=third_party,
            url=url,
        )
    if write is not None:
        part.write(write, markdown(found))
        note(f"표를 썼습니다: {readable_path(write)}")
    if as_json:
        say_json(as_values(found))
    else:
        say(markdown(found))

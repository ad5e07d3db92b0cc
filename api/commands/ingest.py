"""``geungeo ingest``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.console import error_json, say, say_bold, say_json
from api.commands.options import AsJson
from api.text import one_line
from ingest.names import readable_path

if TYPE_CHECKING:
    from api.ingestion import Ingestion

EXAMPLES = """
geungeo ingest corpus
geungeo ingest 보고서.md 다른폴더/
geungeo ingest corpus --rebuild
"""
_CHANGES = {
    "added": "새 문서",
    "updated": "바뀐 문서",
    "removed": "뺀 문서",
    "replaced": "원문이 있어 검색에서 제외한 재서술본",
}


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="경로…", help="보고서 파일(.md, .txt)이나 폴더입니다.")
    ],
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="바뀐 것이 없어도 색인을 처음부터 다시 만듭니다.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """보고서를 색인에 넣습니다.

    여러 번 실행해도 안전하며, 바뀐 내용만 다시 임베딩합니다. 폴더에 읽을 수 없는
    파일이 있으면 그 파일만 건너뛰고 알려 줍니다(끝난 뒤 종료 상태 1).
    """
    from api.commands.session import report_failures, working

    with working() as service:
        ingestion = service.changes.ingest(paths, rebuild=rebuild)
    if as_json:
        say_json(_as_json(ingestion))
    else:
        _show(ingestion)
        report_failures(ingestion)
    if ingestion.failures:
        raise typer.Exit(1)


def _as_json(ingestion: Ingestion) -> dict[str, Any]:
    failures = [
        {"path": readable_path(failure.path), **error_json(failure.error)["error"]}
        for failure in ingestion.failures
    ]
    return {**asdict(ingestion.update), "files": ingestion.files, "failures": failures}


def _show(ingestion: Ingestion) -> None:
    update = ingestion.update
    if not update.published:
        say_bold(f"바뀐 것이 없습니다(문서 {update.documents}개, 단락 {update.passages:,}개).")
        return
    for name, label in _CHANGES.items():
        for title in getattr(update, name):
            say(one_line(f"{label}: {title}"))
    if update.recovered_from:
        say(
            f"지금 색인을 읽을 수 없어 이전 색인({update.recovered_from})의 문서에서 되살렸습니다."
            " 그 뒤에 넣은 문서가 있으면 다시 넣으세요."
        )
    if update.unchanged:
        say(f"그대로인 문서: {len(update.unchanged)}개")
    seconds = sum(update.seconds.values())
    say_bold(
        f"색인을 만들었습니다: 문서 {update.documents}개, 단락 {update.passages:,}개"
        f" (새로 임베딩 {update.embedded:,}개, 재사용 {update.reused:,}개, {seconds:.1f}초)"
    )

"""``geungeo feedback``: what people think of the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import say, say_bold, say_dim, say_json
from api.commands.help_text import KoreanCommand, KoreanGroup
from api.commands.options import AsJson
from api.text import one_line, shortened

if TYPE_CHECKING:
    from api.feedback_store import Kept
    from api.service import Service
    from ingest.records import Document

feedback = typer.Typer(cls=KoreanGroup, rich_markup_mode=None, no_args_is_help=True)

_LABELS = {"up": "좋음", "down": "나쁨"}
_MOST_SHOWN_CHARS = 200


@feedback.command(
    "list", cls=KoreanCommand, epilog="geungeo feedback list\ngeungeo feedback list --json"
)
def list_feedback(as_json: AsJson = False) -> None:
    """답에 대한 의견을 오래된 것부터 보여 줍니다."""
    from dataclasses import asdict

    from api.commands.session import working

    with working() as service:
        kept = _kept(service)
    if as_json:
        say_json(
            {
                "feedback": [
                    {"id": f"fb_{k.number}", "created": k.created.isoformat(), **asdict(k.opinion)}
                    for k in kept
                ]
            }
        )
        return
    for own in kept:
        opinion = own.opinion
        question = _shown(opinion.question or "(질문을 적지 않음)")
        say_bold(f"fb_{own.number}  {_LABELS[opinion.rating]}  {question}")
        for label, text in (("의견", opinion.comment), ("바란 답", opinion.expected)):
            if text:
                say(f"    {label}: {_shown(text)}")
        say_dim(f"    {own.created:%Y-%m-%d %H:%M} · {opinion.request_id}")
    say(f"의견 {len(kept)}개")


@feedback.command(
    "export",
    cls=KoreanCommand,
    epilog="geungeo feedback export --out 후보.jsonl",
)
def export_feedback(
    out: Annotated[Path, typer.Option("--out", metavar="파일", help="새로 쓸 JSONL 파일입니다.")],
) -> None:
    """질문을 적은 의견을 평가 질문의 후보로 내보냅니다.

    must_include와 answerable은 사람이 채워야 합니다. 형식은 docs/evaluation.md에 있습니다.
    """
    from api.commands.session import working
    from api.feedback_export import as_jsonl, candidates

    with working() as service:
        kept = _kept(service)
        rows = candidates(kept, lambda document_id: _document(service, document_id))
    _write_new(out, as_jsonl(rows))
    say_bold(f"후보 {len(rows)}개를 썼습니다: {one_line(str(out))}")
    left_out = sum(not own.opinion.question for own in kept)
    if left_out:
        say(f"질문을 적지 않아 내보내지 않은 의견: {left_out}개")


def _kept(service: Service) -> list[Kept]:
    from api.feedback_store import FeedbackStore

    return FeedbackStore(service.settings.data_dir).all()


def _document(service: Service, document_id: str) -> Document | None:
    from ingest.errors import NotFoundError

    if service.library.generation() is None:
        return None
    try:
        return service.library.view(document_id).document
    except NotFoundError:
        return None


def _write_new(path: Path, text: str) -> None:
    from ingest.errors import InputError

    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(
            "file_exists", f"이미 있는 파일입니다: {one_line(str(path))}", "다른 이름을 쓰세요."
        ) from error


def _shown(text: str) -> str:
    return shortened(one_line(text), _MOST_SHOWN_CHARS)

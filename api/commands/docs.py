"""``geungeo docs``: the documents in the index."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import note, say, say_bold, say_dim, say_json
from api.commands.help_text import KoreanCommand, KoreanGroup
from api.commands.options import AsJson
from api.text import one_line

if TYPE_CHECKING:
    from api.library import DocumentView
    from retriever.aliases import Alias

docs = typer.Typer(cls=KoreanGroup, rich_markup_mode=None, no_args_is_help=True)

DocumentId = Annotated[
    str,
    typer.Argument(metavar="ID", help="문서의 id입니다. 하나로 정해지면 앞부분만 적어도 됩니다."),
]


@docs.command("list", cls=KoreanCommand, epilog="geungeo docs list\ngeungeo docs list --json")
def list_documents(as_json: AsJson = False) -> None:
    """색인에 있는 문서를 보여 줍니다."""
    from api.commands.session import working_on_index

    with working_on_index() as service:
        summaries = service.library.summaries()
    if as_json:
        from api.responses import document_list

        say_json(document_list(summaries).model_dump(exclude={"request_id"}))
        return
    for summary in summaries:
        say_bold(one_line(f"{summary.id}  {summary.title}"))
        facts = [summary.source, summary.publisher, summary.published]
        state = f"단락 {summary.passages:,}개"
        if summary.replaced_by:
            state = f"원문이 있어 검색에서 제외(원문 {summary.replaced_by})"
        say_dim(one_line("    " + " · ".join([*(fact for fact in facts if fact), state])))
    say(f"문서 {len(summaries)}개")


@docs.command(
    "show",
    cls=KoreanCommand,
    epilog="geungeo docs show doc_1a2b\ngeungeo docs show doc_1a2b --json",
)
def show_document(document: DocumentId, as_json: AsJson = False) -> None:
    """문서 하나의 정보와 차례를 보여 줍니다."""
    from api.commands.session import working_on_index

    with working_on_index() as service:
        view = service.library.view(service.library.resolve([document])[0])
    if as_json:
        from api.responses import document_detail

        say_json(document_detail(view).model_dump(exclude={"request_id"}))
    else:
        _show(view)


@docs.command(
    "remove",
    cls=KoreanCommand,
    epilog="geungeo docs remove doc_1a2b\ngeungeo docs remove doc_1a2b --yes",
)
def remove_document(
    document: DocumentId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="묻지 않고 뺍니다.")] = False,
    as_json: AsJson = False,
) -> None:
    """문서를 색인에서 뺍니다. 원본 파일은 지우지 않습니다."""
    from api.commands.session import working_on_index

    with working_on_index() as service:
        view = service.library.view(service.library.resolve([document])[0])
        if not yes and not _confirmed(view):
            note("빼지 않았습니다.")
            raise typer.Exit(1)
        update = service.changes.remove([view.summary.id])
    if as_json:
        say_json({"removed": [view.summary.id], "documents": update.documents})
    else:
        say_bold(one_line(f"뺐습니다: {view.summary.title} (남은 문서 {update.documents}개)"))


@docs.command(
    "aliases",
    cls=KoreanCommand,
    epilog="geungeo docs aliases\ngeungeo docs aliases --json",
)
def list_aliases(as_json: AsJson = False) -> None:
    """문서에서 배운 다른 이름(약어와 원말)을 보여 줍니다."""
    from api.commands.session import working_on_index
    from retriever.aliases import most_seen_first

    with working_on_index() as service:
        aliases = most_seen_first(_learned(service.settings.index_dir))
        titles = {summary.id: summary.title for summary in service.library.summaries()}
    if as_json:
        say_json({"aliases": [asdict(alias) for alias in aliases]})
        return
    for alias in aliases:
        say_bold(one_line(f"{alias.short} = {alias.long}"))
        seen = titles.get(alias.document_id, alias.document_id)
        say_dim(one_line(f"    {alias.count}번 · {seen} · “{alias.quote}”"))
    say(f"다른 이름 {len(aliases)}쌍")


def _learned(index_dir: Path) -> tuple[Alias, ...]:
    from retriever.aliases import LEARNED_FILE, read_aliases
    from retriever.generation import IndexFolder, unreadable

    current = IndexFolder(index_dir).current()
    if current is None:
        return ()
    try:
        return read_aliases(current.root / LEARNED_FILE)
    except (OSError, ValueError, TypeError) as error:
        raise unreadable(current.name, LEARNED_FILE) from error


def _confirmed(view: DocumentView) -> bool:
    named = one_line(f"{view.summary.title} ({view.summary.id})")
    note(f"색인에서 뺄 문서: {named}. 계속할까요? [y/N]")
    answer = typer.get_text_stream("stdin").readline()
    return answer.strip().lower() in {"y", "yes", "예", "네"}


def _show(view: DocumentView) -> None:
    from ingest.records import BlockKind

    summary = view.summary
    say_bold(one_line(summary.title))
    facts = {
        "id": summary.id,
        "파일": summary.source,
        "발행": summary.publisher,
        "발행 시기": summary.published,
        "원문": summary.original_title,
        "원문 문서": summary.replaced_by,
        "단락": f"{summary.passages:,}개",
        "글자": f"{len(view.document.text):,}자",
    }
    for name, value in facts.items():
        if value:
            say(one_line(f"  {name}: {value}"))
    say("차례")
    for block in view.document.blocks:
        if block.kind is BlockKind.HEADING:
            say(one_line(f"  {'  ' * block.level}{block.marker} {block.text}").rstrip())

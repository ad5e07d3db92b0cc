"""``geungeo search``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import say, say_bold, say_dim, say_json
from api.commands.options import AsJson, InDocuments, TopK
from api.text import one_line

if TYPE_CHECKING:
    from retriever.hit import SearchResult

EXAMPLES = """
geungeo search "정밀의료 데이터"
geungeo search "대전 바이오기업 수" --top-k 3 --json
"""
_SHOWN_CHARS = 300


def search(
    query: Annotated[str, typer.Argument(metavar="질의", help="찾을 말입니다.")],
    top_k: TopK = 8,
    documents: InDocuments = None,
    as_json: AsJson = False,
) -> None:
    """질의에 맞는 단락을 찾아 점수와 함께 보여 줍니다."""
    from api.commands.session import working_on_index
    from api.settings_loading import load_settings
    from api.text import clean_question

    clean_question(query, load_settings().max_question_chars)
    with working_on_index() as service:
        ids = service.library.resolve(documents or [])
        result = service.search(query, top_k=top_k, document_ids=ids)
    if as_json:
        from api.responses import search_response

        say_json(search_response(result).model_dump(exclude={"request_id"}))
    else:
        _show(result)


def _show(result: SearchResult) -> None:
    if result.changes:
        mended = ", ".join(f"‘{change.typed}’ → ‘{change.meant}’" for change in result.changes)
        say(one_line(f"바로잡아 찾았습니다: {mended}"))
    if result.other_names:
        say(one_line(f"함께 찾은 다른 이름: {', '.join(result.other_names)}"))
    if not result.hits:
        say("찾은 단락이 없습니다.")
    for rank, hit in enumerate(result.hits, start=1):
        place = " > ".join((hit.document.title, *hit.passage.heading_path))
        say_bold(one_line(f"{rank}. {place}"))
        text = " ".join(hit.passage.text.split())
        say(f"   {text[:_SHOWN_CHARS]}{'…' if len(text) > _SHOWN_CHARS else ''}")
        scores = ", ".join(f"{name} {score:.2f}" for name, score in hit.scores.items())
        say_dim(f"   점수 {hit.score:.3f} ({scores}) · 맞은 말: {', '.join(hit.matched_terms)}")
    if result.unknown_terms:
        say(f"보고서에 없는 말: {', '.join(result.unknown_terms)}")

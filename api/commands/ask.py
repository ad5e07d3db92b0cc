"""``geungeo ask``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import say, say_bold, say_dim, say_json
from api.commands.options import AsJson, InDocuments, TopK
from api.commands.writer_line import writer_line
from api.text import one_line

if TYPE_CHECKING:
    from api.answer.records import Answer

EXAMPLES = """
geungeo ask "차세대 염기서열 분석 기술은 어디에 쓰이나요?"
geungeo ask "대전시 바이오기업은 몇 곳인가요?" --json
geungeo ask "AI 신약 개발의 한계는?" --top-k 12
"""


def ask(
    question: Annotated[str, typer.Argument(metavar="질문", help="알고 싶은 것입니다.")],
    top_k: TopK = 8,
    documents: InDocuments = None,
    as_json: AsJson = False,
) -> None:
    """질문에 보고서의 문장을 근거로 답합니다.

    보고서에 답이 없으면 없다고 말합니다. 색인이 없으면 corpus 폴더로 처음 색인을 만듭니다.
    """
    from api.commands.session import working_on_index
    from api.settings_loading import load_settings
    from api.text import clean_question

    clean_question(question, load_settings().max_question_chars)
    with working_on_index() as service:
        ids = service.library.resolve(documents or [])
        answer = service.answer(question, top_k=top_k, document_ids=ids)
    if as_json:
        from api.responses import ask_response

        say_json(ask_response(answer).model_dump(exclude={"request_id"}))
    else:
        _show(answer)


def _show(answer: Answer) -> None:
    say_bold(answer.text)
    if line := writer_line(answer):
        say_dim(line)
    if not answer.citations:
        return
    say()
    say("근거" if answer.answerable else "가까운 내용")
    for citation in answer.citations:
        place = " > ".join((citation.title, *citation.heading_path))
        say_dim(one_line(f"[{citation.marker}] {place}"))
        for line in citation.quote.splitlines():
            say(f"    {line.strip()}")

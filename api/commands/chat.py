"""``geungeo chat``: questions one after another, each seen in the light of those before."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.commands.console import note, say, say_bold, say_dim, say_part, warn
from api.commands.options import InDocuments
from api.commands.writer_line import writer_line
from api.text import one_line
from ingest.errors import GeungeoError

if TYPE_CHECKING:
    from api.answer.records import Answer, Citation, Turn
    from api.service import Service

EXAMPLES = """
geungeo chat
geungeo chat --document doc_1a2b
"""
_PROMPT = "질문> "
_NEW, _SOURCES, _HELP, _END = "/새로", "/근거", "/도움말", "/끝"
_COMMANDS = (
    (_SOURCES, "바로 앞 답의 근거를 단락째 봅니다."),
    (_NEW, "앞의 대화를 잊고 새로 시작합니다."),
    (_HELP, "이 도움말을 봅니다."),
    (_END, "끝냅니다. Ctrl-D도 됩니다."),
)
_MOST_SUGGESTIONS = 3


def chat(documents: InDocuments = None) -> None:
    """대화하듯 이어서 묻습니다. 앞의 질문과 답을 기억합니다.

    답하는 도중에 Ctrl-C를 누르면 그 답만 그칩니다. 대화는 저장하지 않습니다.
    """
    from api.commands.session import working_on_index

    with working_on_index() as service:
        ids = service.library.resolve(documents or [])
        service.open()
        _Conversation(service, ids).run()


class _Conversation:
    def __init__(self, service: Service, document_ids: list[str]) -> None:
        self._service = service
        self._document_ids = document_ids
        self._history: list[Turn] = []
        self._last: Answer | None = None

    def run(self) -> None:
        self._greet()
        for line in _lines():
            match line:
                case "":
                    continue
                case "/끝" | "/quit" | "/exit":
                    return
                case "/새로" | "/new":
                    self._history.clear()
                    self._last = None
                    say_dim("앞의 대화를 잊었습니다.")
                case "/근거" | "/sources":
                    self._show_sources()
                case "/도움말" | "/help":
                    _show_help()
                case _ if line.startswith("/"):
                    say_dim(f"모르는 명령입니다: {one_line(line)}")
                    _show_help()
                case _:
                    self._answer(line)

    def _greet(self) -> None:
        summaries = [s for s in self._service.library.summaries() if s.replaced_by is None]
        if sys.stdin.isatty():
            say_dim(f"문서 {len(summaries)}개에 물어보세요. {_HELP}로 쓰는 법을 봅니다.")

    def _answer(self, question: str) -> None:
        from api.answer.records import Answer, Turn

        left = threading.Event()
        stream = self._service.stream(
            question, history=self._history, document_ids=self._document_ids, left=left
        )
        try:
            with contextlib.closing(stream):
                for part in stream:
                    if isinstance(part, Answer):
                        self._last = part
                        self._history += [Turn("user", question), Turn("assistant", part.text)]
                        say()
                        _show_ending(part, question)
                    else:
                        say_part(part.text)
        except KeyboardInterrupt:
            left.set()
            note("\n이 답을 그쳤습니다.")
        except GeungeoError as error:
            warn(error)

    def _show_sources(self) -> None:
        if self._last is None or not self._last.citations:
            say_dim("보여 줄 근거가 없습니다.")
            return
        for citation in self._last.citations:
            say_bold(_place(citation))
            for line in citation.passage.splitlines():
                say(f"    {line}")


def _show_ending(answer: Answer, question: str) -> None:
    if answer.rewritten_question != question:
        say_dim(f"  (찾은 질문: {one_line(answer.rewritten_question)})")
    if line := writer_line(answer):
        say_dim(f"  ({line})")
    for citation in answer.citations:
        say_dim(f"  {'가까운 내용 ' if citation.related else ''}{_place(citation)}")
    for suggestion in answer.suggestions[:_MOST_SUGGESTIONS]:
        say_dim(f"  이어서: {one_line(suggestion)}")
    say()


def _place(citation: Citation) -> str:
    path = " > ".join((citation.title, *citation.heading_path))
    return one_line(f"[{citation.marker}] {path}")


def _show_help() -> None:
    for command, meaning in _COMMANDS:
        say_dim(f"  {command}  {meaning}")


def _lines() -> Iterator[str]:
    """Yield what is typed, a line at a time, until the end; with line editing in a terminal."""
    shown = _PROMPT if sys.stdin.isatty() else ""
    if shown:
        with contextlib.suppress(ImportError):
            # Brings editing and the earlier lines of this session to input().
            import readline  # noqa: F401
    while True:
        try:
            yield input(shown).strip()
        except EOFError:
            return

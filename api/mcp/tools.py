"""The tools ``ask``, ``search`` and ``read_passage``, and the server that offers them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import Field

from api.http_errors import full_message
from api.limits import MOST_HITS
from api.mcp.results import (
    AskResult,
    PassageResult,
    SearchToolResult,
    ask_result,
    passage_result,
    search_result,
)
from ingest.errors import GeungeoError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from api.answer.records import Answer
    from api.service import Service

T = TypeVar("T")
# Runs what blocks, off the event loop.
RunBlocking = Callable[[Callable[[], Any]], Awaitable[Any]]

INSTRUCTIONS = (
    "한국어 보고서에서 답을 찾는 도구입니다. 사실을 물으면 ask를 쓰고, 답의 [n] 표시와 인용을"
    " 그대로 옮기세요. answerable이 false면 문서에 없는 것이니 지어내지 마세요. 여러 단락을"
    " 훑으려면 search를, 인용의 앞뒤를 보려면 read_passage를 씁니다."
)


def mcp_server(
    service: Service, run: RunBlocking, answer: Callable[[str], Awaitable[Answer]] | None = None
) -> MCPServer[Any]:
    """Make the server.

    Args:
        service: searches and reads.
        run: runs a blocking function and gives what it returns.
        answer: answers a question; without it the service does, and nobody can stop it.
    """
    from mcp.server.mcpserver import MCPServer
    from mcp.types import ToolAnnotations

    server: MCPServer[Any] = MCPServer(
        "geungeo", title="근거", instructions=INSTRUCTIONS, version=version("geungeo")
    )
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    async def ask(
        question: Annotated[str, Field(description="한국어 질문입니다.")],
    ) -> AskResult:
        """보고서의 문장을 근거로 질문에 답합니다. 문서에 없으면 없다고 답합니다."""
        with _told():
            said = answer(question) if answer else run(partial(service.answer, question))
            return ask_result(await said)

    async def search(
        query: Annotated[str, Field(description="찾을 말이나 질문입니다.")],
        top_k: Annotated[int, Field(ge=1, le=MOST_HITS, description="단락의 최대 개수입니다.")] = 5,
    ) -> SearchToolResult:
        """질의에 맞는 단락을 좋은 것부터 돌려줍니다."""
        with _told():
            return search_result(await run(partial(service.search, query, top_k=top_k)))

    async def read_passage(
        passage_id: Annotated[str, Field(description="ask나 search가 준 단락의 id입니다.")],
    ) -> PassageResult:
        """단락 하나를 그 앞뒤 단락과 함께 읽습니다."""
        with _told():
            found = await run(partial(service.library.passage, passage_id))
            return passage_result(found.title, found.passage, (found.before, found.after))

    for tool, title in ((ask, "질문하기"), (search, "단락 찾기"), (read_passage, "단락 읽기")):
        server.add_tool(tool, title=title, annotations=reads)
    return server


@contextmanager
def _told() -> Iterator[None]:
    """Turn our errors into the tool's own, with what to do next."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        yield
    except GeungeoError as error:
        raise ToolError(f"{full_message(error)} ({error.code})") from error

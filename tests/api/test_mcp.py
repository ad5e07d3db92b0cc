"""The Model Context Protocol, by its own client over both transports."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from tests.api.conftest import Running

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


async def use_every_tool(client: Client) -> None:
    listed = (await client.list_tools()).tools
    assert {tool.name for tool in listed} == {"ask", "search", "read_passage"}
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed)
    answer = await call(client, "ask", question=QUESTION)
    assert answer["answerable"]
    assert "88개" in answer["answer"]
    cited = answer["citations"][0]
    passage = await call(client, "read_passage", passage_id=cited["passage_id"])
    assert cited["quote"] in passage["text"]
    assert passage["title"] == cited["title"]
    found = await call(client, "search", query="하수처리장 질소", top_k=1)
    assert "질소 배출량" in found["passages"][0]["text"]


@pytest.mark.anyio
async def test_over_http(server: Running) -> None:
    url = f"{str(server.client.base_url).rstrip('/')}/mcp"
    async with Client(url) as client:
        await use_every_tool(client)
        wrong = await client.call_tool("read_passage", {"passage_id": "없음"})
        assert wrong.is_error
        assert "passage_not_found" in str(wrong.content)
        empty = await client.call_tool("ask", {"question": "?"})
        assert empty.is_error
        assert "질문이 비어 있습니다" in str(empty.content)


@pytest.mark.anyio
async def test_over_standard_streams(data_dir: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "api.cli", "mcp"],
        env={n: v for n, v in os.environ.items() if n.startswith(("GEUNGEO_", "PYTHON", "PATH"))},
        cwd=Path(__file__).resolve().parents[2],
    )
    assert data_dir.is_dir()
    async with Client(stdio_client(server)) as client:
        await use_every_tool(client)

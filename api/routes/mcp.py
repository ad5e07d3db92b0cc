"""``/mcp``, which the protocol's own library answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.app_state import AppState
from api.mcp.endpoint import McpEndpoint


class _Endpoint:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["app"].state.mcp(scope, receive, send)


route = Route(
    "/mcp", endpoint=_Endpoint(), methods=["GET", "POST", "DELETE"], include_in_schema=False
)


@asynccontextmanager
async def open_endpoint(state: AppState) -> AsyncIterator[McpEndpoint]:
    """Answer assistants until the context ends."""
    endpoint = McpEndpoint(state)
    try:
        yield endpoint
    finally:
        await endpoint.close()

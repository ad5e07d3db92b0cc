"""``/mcp``: the protocol over streamable HTTP, started by the first who asks for it.

The protocol's library takes a second to load, which a server that nobody asks for it should not
spend.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.types import Receive, Scope, Send

from api.answer.records import Answer
from api.answer_stream import answer_stream, last_of
from api.app_state import AppState

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpEndpoint:
    """An ASGI application; belongs to one event loop.

    Args:
        state: the application's parts.
    """

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._starting = asyncio.Lock()
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._manager: StreamableHTTPSessionManager | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        manager = await self._started()
        await manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        """End all sessions."""
        self._stop.set()
        if self._running is not None:
            await self._running

    async def _started(self) -> StreamableHTTPSessionManager:
        async with self._starting:
            if self._manager is None:
                manager = await asyncio.to_thread(self._made)
                ready = asyncio.Event()
                self._running = asyncio.create_task(self._serve(manager, ready))
                await ready.wait()
                self._manager = manager
        return self._manager

    def _made(self) -> StreamableHTTPSessionManager:
        from mcp.server.transport_security import TransportSecuritySettings

        from api.mcp.tools import mcp_server

        # By the middleware that all requests go through.
        checked_already = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server = mcp_server(self._state.service, self._run, self._answer)
        # Tools keep nothing between calls, so any worker process can answer any of them.
        server.streamable_http_app(stateless_http=True, transport_security=checked_already)
        return server.session_manager

    async def _serve(self, manager: StreamableHTTPSessionManager, ready: asyncio.Event) -> None:
        async with manager.run():
            ready.set()
            await self._stop.wait()

    async def _answer(self, question: str) -> Answer:
        self._state.warmup.check()
        return await last_of(answer_stream(self._state, question=question))

    async def _run(self, function: Any) -> Any:
        self._state.warmup.check()
        return await self._state.pool.submit(function)

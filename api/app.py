"""The HTTP application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import metadata

from fastapi import FastAPI

from api import http_errors
from api.app_state import AppState
from api.middleware import BodyLimitMiddleware, LocalHostMiddleware, RequestMiddleware
from api.routes import ask, documents, health, reference, search
from api.service import Service
from api.settings import Settings
from api.warmup import Warmup
from api.worker_pool import WorkerPool

# An answer keeps a core busy, and its models share the cores that there are.
ANSWERING_THREADS = 4
# At a few answers a second, the last in the queue is answered before its client gives up.
QUEUE_LENGTH = 32

_DESCRIPTION = (
    "보고서에 한국어로 묻고, 근거 문장과 함께 답을 받는 서비스입니다. 모든 요청과 응답은 UTF-8"
    " JSON이며, 오류는 언제나 error 객체(code, message, request_id)로 돌려줍니다."
)


def create_app(
    service: Service,
    settings: Settings,
    *,
    allow_remote: bool = False,
    on_ready: Callable[[], None] | None = None,
) -> FastAPI:
    """Make the application.

    Args:
        service: answers and searches; opened behind the application's back once it runs, and
            closed when it stops.
        settings: the bound on a request's body among them.
        allow_remote: answer requests to other names than this computer's own.
        on_ready: called once, when the first question can be answered.
    """
    app = FastAPI(
        title="근거 API",
        version=metadata.version("geungeo"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(service, on_ready),
    )
    app.add_middleware(BodyLimitMiddleware, most_bytes=settings.max_body_bytes)
    if not allow_remote:
        app.add_middleware(LocalHostMiddleware)
    app.add_middleware(RequestMiddleware)
    http_errors.install(app)
    for module in (ask, search, documents, health, reference):
        app.include_router(module.router)
    return app


def _lifespan(
    service: Service, on_ready: Callable[[], None] | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = WorkerPool(ANSWERING_THREADS, QUEUE_LENGTH)
        warmup = Warmup(service, on_ready)
        app.state.geungeo = AppState(service, pool, warmup)
        warmup.start()
        try:
            yield
        finally:
            await warmup.stop()
            pool.close()
            service.close()

    return lifespan

"""The HTTP application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import metadata

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api import http_errors
from api.access_middleware import AccessMiddleware
from api.app_state import AppState
from api.background import background_jobs
from api.metrics import Metrics
from api.middleware import (
    BodyLimitMiddleware,
    LocalHostMiddleware,
    RequestMiddleware,
    SecurityHeadersMiddleware,
)
from api.rate_limit import RateLimit
from api.routes import (
    ask,
    chat_completions,
    complete,
    documents,
    examples,
    feedback,
    health,
    jobs,
    kakao,
    page,
    reference,
    search,
    widget,
)
from api.routes.documentation import EVERYWHERE, GUARDED, error_responses
from api.routes.kakao import open_desk
from api.routes.mcp import open_endpoint
from api.routes.mcp import route as mcp_route
from api.service import Service
from api.settings import Settings
from api.upload_form import upload_limits
from api.warmup import Warmup
from api.worker_pool import WorkerPool

# An answer keeps a core busy, and its models share the cores that there are.
ANSWERING_THREADS = 4
# With a language model most of the time of an answer is spent waiting for its server.
WRITING_THREADS = 16
# A core gives about 14 answers a second, so the last in the queue waits for five seconds; with 128
# the middle one of 200 users waited for ten.
QUEUE_LENGTH = 64

_ROUTES = (
    ask,
    search,
    examples,
    complete,
    documents,
    jobs,
    feedback,
    chat_completions,
    kakao,
    page,
    widget,
    health,
    reference,
)

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
    pool = WorkerPool(WRITING_THREADS if settings.llm else ANSWERING_THREADS, QUEUE_LENGTH)
    metrics = Metrics(lambda: service.generation, lambda: pool.pending)
    app = FastAPI(
        title="근거 API",
        version=metadata.version("geungeo"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(service, pool, metrics, on_ready),
    )
    _guard(app, settings, allow_remote=allow_remote)
    app.add_middleware(RequestMiddleware, metrics=metrics)
    http_errors.install(app)
    for module in _ROUTES:
        before = EVERYWHERE if module is health else (*EVERYWHERE, *GUARDED)
        app.include_router(module.router, responses=error_responses(*before))
    app.router.routes.append(mcp_route)
    return app


def _guard(app: FastAPI, settings: Settings, *, allow_remote: bool) -> None:
    """Put around the routes what decides who may ask and how much; the last is the outermost."""
    app.add_middleware(
        BodyLimitMiddleware,
        most_bytes=settings.max_body_bytes,
        most_seconds=settings.body_seconds,
        other_limits={documents.UPLOAD: upload_limits(settings).request_bytes},
    )
    origins = settings.origins()
    app.add_middleware(
        AccessMiddleware,
        keys=settings.key_file(),
        rate=RateLimit(settings.rate_limit),
        origins=origins,
        allow_remote=allow_remote,
    )
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
            expose_headers=["Retry-After", "X-Request-ID"],
        )
    if not allow_remote:
        app.add_middleware(LocalHostMiddleware)
    app.add_middleware(SecurityHeadersMiddleware)


def _lifespan(
    service: Service, pool: WorkerPool, metrics: Metrics, on_ready: Callable[[], None] | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        warmup = Warmup(service, on_ready)
        background = background_jobs(service, pool)
        app.state.geungeo = AppState(service, pool, warmup, background, metrics)
        warmup.start()
        background.start()
        try:
            async with (
                open_desk(app.state.geungeo) as app.state.kakao,
                open_endpoint(app.state.geungeo) as app.state.mcp,
            ):
                yield
        finally:
            await asyncio.to_thread(background.stop)
            await warmup.stop()
            pool.close()
            service.close()

    return lifespan

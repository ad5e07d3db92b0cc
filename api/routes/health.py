"""``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.app_state import State
from api.examples import EXAMPLES
from api.metrics import CONTENT_TYPE
from api.routes.documentation import GUARDED, error_responses, example
from api.schemas import HealthResponse, ReadyResponse

router = APIRouter(tags=["상태"])


@router.head("/healthz", include_in_schema=False)
@router.get(
    "/healthz",
    response_model=HealthResponse,
    summary="서버가 살아 있는지 알려 줍니다",
    responses={200: example({"status": "ok"})},
)
async def alive() -> HealthResponse:
    """모델과 색인을 읽는 중에도 200입니다."""
    return HealthResponse(status="ok")


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    response_model=ReadyResponse,
    summary="질문에 답할 수 있는지 알려 줍니다",
    responses={200: example(EXAMPLES["ready_response"]), **error_responses(503)},
)
async def ready(state: State) -> ReadyResponse:
    """모델과 색인을 다 읽기 전에는 503과 그 까닭을 돌려줍니다."""
    state.warmup.check()
    await run_in_threadpool(state.service.check_index)
    return ReadyResponse(status="ready", generation=state.service.generation)


@router.get(
    "/metrics",
    response_class=Response,
    summary="Prometheus가 읽는 수치를 보여 줍니다",
    responses={
        200: {"description": "성공", "content": {"text/plain": {}}},
        **error_responses(*GUARDED),
    },
)
async def metrics(state: State) -> Response:
    """요청, 답과 거절, 단계별 시간, 뺀 문장, 색인과 대기열의 수치입니다."""
    return Response(state.metrics.exposed(), media_type=CONTENT_TYPE)

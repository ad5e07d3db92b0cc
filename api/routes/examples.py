"""``GET /v1/examples``."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.app_state import RequestId, State
from api.routes.documentation import error_responses, example

router = APIRouter(tags=["질문과 검색"])


class ExamplesResponse(BaseModel):
    """물어볼 만한 질문들입니다."""

    questions: list[str] = Field(
        description="문서에 답이 있는 질문이며, 아직 만들지 않았으면 비어 있습니다."
    )
    request_id: str


@router.get(
    "/v1/examples",
    summary="물어볼 만한 질문을 알려 줍니다",
    responses={
        200: example(
            {"questions": ["신테카바이오는 언제 코스닥에 상장했나요?"], "request_id": "req_1"}
        ),
        **error_responses(401, 429, 503),
    },
)
async def examples(state: State, request_id: RequestId) -> ExamplesResponse:
    """문서에서 만들어 실제로 답해 본 질문입니다. 색인이 바뀌면 몇 초 뒤에 새로 만듭니다."""
    state.warmup.check()
    questions = await run_in_threadpool(state.service.examples)
    return ExamplesResponse(questions=list(questions), request_id=request_id)

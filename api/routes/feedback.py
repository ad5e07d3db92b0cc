"""``POST /v1/feedback``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends
from starlette.concurrency import run_in_threadpool

from api.access import require
from api.app_state import RequestId, State
from api.feedback_schemas import (
    REQUEST_EXAMPLE,
    RESPONSE_EXAMPLE,
    FeedbackRequest,
    FeedbackResponse,
)
from api.feedback_store import FeedbackStore, Opinion, Quoted
from api.routes.documentation import BODY, error_responses, example

router = APIRouter(tags=["의견"], dependencies=[Depends(require("ask"))])


@router.post(
    "/v1/feedback",
    response_model=FeedbackResponse,
    status_code=201,
    summary="답에 대한 의견을 남깁니다",
    responses={201: example(RESPONSE_EXAMPLE), **error_responses(*BODY, 503)},
)
async def give_feedback(
    body: Annotated[FeedbackRequest, Body(openapi_examples={"의견": {"value": REQUEST_EXAMPLE}})],
    state: State,
    request_id: RequestId,
) -> FeedbackResponse:
    """같은 답에 다시 남기면 나중 것을 씁니다. 운영자는 `geungeo feedback`으로 보고 내보냅니다."""
    opinion = Opinion(
        request_id=body.request_id,
        rating=body.rating,
        comment=body.comment,
        question=body.question,
        answer=body.answer,
        expected=body.expected,
        citations=tuple(Quoted(c.document_id, c.quote) for c in body.citations),
    )
    store = FeedbackStore(state.service.settings.data_dir)
    number = await run_in_threadpool(store.add, opinion)
    return FeedbackResponse(id=f"fb_{number}", request_id=request_id)

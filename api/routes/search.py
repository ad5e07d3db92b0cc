"""``POST /v1/search``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from api.app_state import RequestId, State
from api.examples import EXAMPLES
from api.responses import search_response
from api.routes.documentation import BODY, error_responses, example
from api.schemas import SearchRequest, SearchResponse
from api.text import clean_question

router = APIRouter(tags=["질문과 검색"])


@router.post(
    "/v1/search",
    response_model=SearchResponse,
    summary="질의에 맞는 단락을 찾습니다",
    responses={
        200: example(EXAMPLES["search_response"]),
        **error_responses(404, *BODY, 503),
    },
)
async def search(
    body: Annotated[
        SearchRequest, Body(openapi_examples={"검색": {"value": EXAMPLES["search_request"]}})
    ],
    state: State,
    request_id: RequestId,
) -> SearchResponse:
    """단락을 좋은 것부터 돌려줍니다. unknown_terms는 어느 문서에도 없는 말입니다."""
    clean_question(body.query, state.service.settings.max_question_chars)
    state.warmup.check()
    result = await state.pool.submit(
        state.service.search,
        body.query,
        top_k=body.top_k,
        document_ids=body.filters.document_ids,
    )
    return search_response(result, request_id)

"""``/v1/documents``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.app_state import RequestId, State
from api.examples import EXAMPLES
from api.responses import document_detail, document_list
from api.routes.documentation import error_responses, example
from api.schemas import DocumentListResponse, DocumentResponse

router = APIRouter(tags=["문서"])


@router.get(
    "/v1/documents",
    response_model=DocumentListResponse,
    summary="색인에 있는 문서를 나열합니다",
    responses={200: example(EXAMPLES["documents_response"]), **error_responses(503)},
)
async def list_documents(state: State, request_id: RequestId) -> DocumentListResponse:
    """넣은 차례대로 돌려줍니다."""
    return document_list(await state.pool.submit(state.service.library.summaries), request_id)


@router.get(
    "/v1/documents/{document_id}",
    response_model=DocumentResponse,
    summary="문서 하나를 차례와 단락까지 보여 줍니다",
    responses={200: example(EXAMPLES["document_response"]), **error_responses(404, 422, 503)},
)
async def show_document(
    document_id: Annotated[str, Path(description="문서의 id입니다.")],
    state: State,
    request_id: RequestId,
) -> DocumentResponse:
    """start와 end는 문서 본문에서의 자리이며, 유니코드 코드 포인트로 셉니다."""
    view = await state.pool.submit(state.service.library.view, document_id)
    return document_detail(view, request_id)

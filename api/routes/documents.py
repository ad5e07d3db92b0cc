"""``/v1/documents``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from api.access import require
from api.app_state import RequestId, State
from api.document_schemas import JOB_EXAMPLE, JobResponse
from api.examples import EXAMPLES
from api.jobs import Job
from api.responses import document_detail, document_list
from api.routes.documentation import error_responses, example
from api.routes.jobs import Wait, accepted
from api.schemas import DocumentListResponse, DocumentResponse
from api.upload_form import receive_files, upload_limits

UPLOAD = ("POST", "/v1/documents")
"""The one route whose bodies are larger than ``max_body_bytes``."""

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                            "description": "보고서 파일(.md, .txt)이며, 여러 개도 됩니다.",
                        }
                    },
                }
            }
        },
    }
}

router = APIRouter(tags=["문서"])
_ADMIN = [Depends(require("admin"))]

DocumentId = Annotated[str, Path(description="문서의 id입니다.")]


def _taken(*errors: int) -> dict[int | str, dict[str, Any]]:
    """Describe the responses of a route that makes a job."""
    ended = {**JOB_EXAMPLE, "job": {**JOB_EXAMPLE["job"], "state": "done"}}
    return {
        200: {**example(ended), "description": "기다리는 동안 끝난 작업", "model": JobResponse},
        202: {**example(JOB_EXAMPLE), "description": "맡은 작업"},
        **error_responses(*errors),
    }


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
    document_id: DocumentId, state: State, request_id: RequestId
) -> DocumentResponse:
    """start와 end는 문서 본문에서의 자리이며, 유니코드 코드 포인트로 셉니다."""
    view = await state.pool.submit(state.service.library.view, document_id)
    return document_detail(view, request_id)


@router.post(
    "/v1/documents",
    response_model=JobResponse,
    status_code=202,
    summary="문서를 올려 색인에 넣습니다",
    responses=_taken(408, 413, 422, 503),
    openapi_extra=_FORM,
    dependencies=_ADMIN,
)
async def add_documents(
    request: Request,
    response: Response,
    state: State,
    request_id: RequestId,
    wait: Wait = 0.0,
) -> JobResponse:
    """파일을 디스크에 온전히 적은 뒤에 답하므로, 그 뒤에 서버가 꺼져도 작업을 잃지 않습니다.

    넣을 수 없는 파일은 까닭을 적고 나머지를 넣습니다. 모두 넣을 수 없으면 오류로 답합니다.
    같은 글이 이미 있으면 그대로 두고 outcome을 unchanged로 적습니다.
    """
    job = await _upload(request, state, request_id)
    return await accepted(job, wait, state, request_id, response)


@router.post(
    "/v1/documents/reindex",
    response_model=JobResponse,
    status_code=202,
    summary="지금 있는 문서로 색인을 다시 만듭니다",
    responses=_taken(422, 503),
    dependencies=_ADMIN,
)
async def reindex_documents(
    response: Response, state: State, request_id: RequestId, wait: Wait = 0.0
) -> JobResponse:
    """새 색인이 다 될 때까지 이전 색인으로 답합니다."""
    job = await run_in_threadpool(state.jobs.reindex, request_id)
    return await accepted(job, wait, state, request_id, response)


@router.delete(
    "/v1/documents/{document_id}",
    response_model=JobResponse,
    status_code=202,
    summary="문서를 색인에서 뺍니다",
    responses=_taken(404, 422, 503),
    dependencies=_ADMIN,
)
async def remove_document(
    document_id: DocumentId,
    response: Response,
    state: State,
    request_id: RequestId,
    wait: Wait = 0.0,
) -> JobResponse:
    """작업이 끝나면 다음 질문부터 그 문서로 답하지 않습니다. 마지막 남은 문서는 뺄 수 없습니다."""
    await run_in_threadpool(state.service.library.view, document_id)
    job = await run_in_threadpool(state.jobs.remove_document, document_id, request_id)
    return await accepted(job, wait, state, request_id, response)


async def _upload(request: Request, state: State, request_id: str) -> Job:
    limits = upload_limits(state.service.settings)
    receiving = state.jobs.uploads.receiving()
    folder = await run_in_threadpool(receiving.__enter__)
    try:
        content_type = request.headers.get("content-type", "")
        files = await receive_files(content_type, request.stream(), folder, limits)
        refused = [file.failure for file in files if file.failure is not None]
        if len(refused) == len(files):
            raise refused[0].error()
        return await run_in_threadpool(state.jobs.add_files, folder, files, request_id)
    finally:
        await run_in_threadpool(receiving.__exit__, None, None, None)

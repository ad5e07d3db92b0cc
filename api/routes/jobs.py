"""``/v1/jobs``."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from api.access import require
from api.app_state import AppState, RequestId, State
from api.document_schemas import JOB_EXAMPLE, JobListResponse, JobResponse, job_list, job_response
from api.jobs import ENDED, Job
from api.routes.documentation import error_responses, example

MOST_LISTED = 100
LONGEST_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.05
_OK, _ACCEPTED = 200, 202

router = APIRouter(tags=["문서"], dependencies=[Depends(require("admin"))])

Wait = Annotated[
    float,
    Query(
        ge=0,
        le=LONGEST_WAIT_SECONDS,
        allow_inf_nan=False,
        description="작업이 끝나기를 이만큼(초)까지 기다렸다가 답합니다. 끝나면 200, 아직이면"
        " 202이고, 실패하면 그 오류로 답합니다.",
    ),
]
JobId = Annotated[str, Path(description="작업의 id입니다.")]


@router.get(
    "/v1/jobs",
    response_model=JobListResponse,
    summary="문서를 바꾸는 작업을 나열합니다",
    responses={
        200: example({"jobs": [JOB_EXAMPLE["job"]], "request_id": JOB_EXAMPLE["request_id"]}),
        **error_responses(422),
    },
)
async def list_jobs(
    state: State,
    request_id: RequestId,
    limit: Annotated[
        int, Query(ge=1, le=MOST_LISTED, description="돌려줄 작업의 최대 개수입니다.")
    ] = 20,
) -> JobListResponse:
    """나중에 맡긴 것부터 돌려줍니다. 끝난 작업은 200개까지 남습니다."""
    return job_list(await run_in_threadpool(state.jobs.store.newest, limit), request_id)


@router.get(
    "/v1/jobs/{job_id}",
    response_model=JobResponse,
    summary="작업 하나가 얼마나 되었는지 보여 줍니다",
    responses={200: example(JOB_EXAMPLE), **error_responses(404, 422)},
)
async def show_job(job_id: JobId, state: State, request_id: RequestId) -> JobResponse:
    """state가 done이면 다음 질문부터 반영됩니다."""
    return job_response(await run_in_threadpool(state.jobs.store.get, job_id), request_id)


@router.delete(
    "/v1/jobs/{job_id}",
    response_model=JobResponse,
    summary="차례를 기다리는 작업을 취소합니다",
    responses={200: example(JOB_EXAMPLE), **error_responses(404, 409, 422)},
)
async def cancel_job(job_id: JobId, state: State, request_id: RequestId) -> JobResponse:
    """이미 시작한 작업은 취소할 수 없습니다."""
    return job_response(await run_in_threadpool(state.jobs.cancel, job_id), request_id)


async def accepted(
    job: Job, wait: float, state: AppState, request_id: str, response: Response
) -> JobResponse:
    """Answer for a new job: with its address, and where the client waits, how it ended.

    Raises:
        GeungeoError: why it failed, where it did while the client waited.
    """
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    clock = asyncio.get_running_loop().time
    end = clock() + wait
    while job.state not in ENDED and clock() < end:
        await asyncio.sleep(_POLL_SECONDS)
        job = await run_in_threadpool(state.jobs.store.get, job.id)
    if job.failure is not None:
        raise job.failure.error()
    response.status_code = _OK if job.state in ENDED else _ACCEPTED
    return job_response(job, request_id)

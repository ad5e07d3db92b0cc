"""What the routes that change documents give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.http_errors import full_message
from api.jobs import Failure, FileOutcome, Job, JobFile, JobKind, JobState
from api.progress import STAGES


class JobErrorOut(BaseModel):
    """작업이나 파일이 잘못된 까닭입니다."""

    code: str = Field(description="바뀌지 않는 오류 코드입니다.")
    message: str = Field(description="무엇이 잘못되었고 어떻게 고치는지 설명합니다.")


class StageOut(BaseModel):
    """작업의 한 단계입니다."""

    name: str = Field(description="단계의 이름(load, parse, analyse, embed, write)입니다.")
    label: str = Field(description="사람이 읽는 이름입니다.")
    done: int = Field(description="한 만큼입니다.")
    total: int = Field(description="모두 몇인지이며, 아직 모르면 0입니다.")


class JobFileOut(BaseModel):
    """올린 파일 하나입니다."""

    name: str = Field(description="파일 이름입니다.")
    bytes: int = Field(description="크기입니다.")
    sha256: str = Field(description="내용의 해시이며, 받지 않은 파일은 비어 있습니다.")
    outcome: FileOutcome = Field(
        description="waiting(차례를 기다림), added(넣음), unchanged(같은 글이 이미 있어 그대로 둠),"
        " failed(넣지 못함) 가운데 하나입니다."
    )
    document_id: str | None = Field(description="된 문서의 id입니다.")
    title: str | None = Field(description="된 문서의 제목입니다.")
    error: JobErrorOut | None


class JobOut(BaseModel):
    """문서를 넣거나 빼거나 색인을 다시 만드는 작업입니다."""

    id: str
    kind: JobKind = Field(description="add(넣기), remove(빼기), reindex(다시 색인)입니다.")
    state: JobState = Field(
        description="queued(기다림), running(하는 중), done(끝남), failed(실패), cancelled(취소)"
        " 가운데 하나입니다. done이면 다음 질문부터 반영됩니다."
    )
    stages: list[StageOut] = Field(description="시작한 단계들이며, 마지막이 지금 단계입니다.")
    files: list[JobFileOut] = Field(description="넣을 파일들입니다.")
    document_ids: list[str] = Field(description="뺄 문서들입니다.")
    generation: str | None = Field(description="바뀐 것이 들어간 색인의 이름입니다.")
    error: JobErrorOut | None = Field(description="실패한 까닭입니다.")
    attempts: int = Field(description="시작한 횟수이며, 서버가 꺼졌다 켜지면 다시 시작합니다.")
    created: datetime
    started: datetime | None
    ended: datetime | None
    request_id: str = Field(description="작업을 맡긴 요청의 id입니다.")


class JobResponse(BaseModel):
    """작업 하나입니다."""

    job: JobOut
    request_id: str


class JobListResponse(BaseModel):
    """작업들이며, 나중에 맡긴 것부터 적습니다."""

    jobs: list[JobOut]
    request_id: str


def job_response(job: Job, request_id: str) -> JobResponse:
    """Return a job as the API gives it."""
    return JobResponse(job=_job(job), request_id=request_id)


def job_list(jobs: Iterable[Job], request_id: str) -> JobListResponse:
    """Return jobs as the API gives them."""
    return JobListResponse(jobs=[_job(job) for job in jobs], request_id=request_id)


def _job(job: Job) -> JobOut:
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=job.state,
        stages=[
            StageOut(name=s.name, label=STAGES.get(s.name, s.name), done=s.done, total=s.total)
            for s in job.stages
        ],
        files=[_file(file) for file in job.files],
        document_ids=list(job.document_ids),
        generation=job.generation,
        error=_error(job.failure),
        attempts=job.attempts,
        created=job.created,
        started=job.started,
        ended=job.ended,
        request_id=job.request_id,
    )


def _file(file: JobFile) -> JobFileOut:
    return JobFileOut(
        name=file.name,
        bytes=file.size,
        sha256=file.sha256,
        outcome=file.outcome,
        document_id=file.document_id,
        title=file.title,
        error=_error(file.failure),
    )


def _error(failure: Failure | None) -> JobErrorOut | None:
    if failure is None:
        return None
    return JobErrorOut(code=failure.code, message=full_message(failure.error()))


JOB_EXAMPLE: dict[str, Any] = {
    "job": {
        "id": "job_5f0c2f9a4b7d4c1e8a36",
        "kind": "add",
        "state": "running",
        "stages": [
            {"name": "load", "label": "문서 읽기", "done": 1, "total": 1},
            {"name": "embed", "label": "임베딩", "done": 128, "total": 412},
        ],
        "files": [
            {
                "name": "해양산업.md",
                "bytes": 48211,
                "sha256": "9f2c1c0f6a7be3a5d0b4c8a1f8f1c7d25f1d9a3e6b0c4d7e8f9a0b1c2d3e4f50",
                "outcome": "waiting",
                "document_id": None,
                "title": None,
                "error": None,
            }
        ],
        "document_ids": [],
        "generation": None,
        "error": None,
        "attempts": 1,
        "created": "2026-11-22T07:00:00Z",
        "started": "2026-11-22T07:00:01Z",
        "ended": None,
        "request_id": "req_5f0c2f9a4b7d4c1e8a36",
    },
    "request_id": "req_5f0c2f9a4b7d4c1e8a36",
}
"""A job that runs, for the reference."""

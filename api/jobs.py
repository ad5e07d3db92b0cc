"""Changes to the index that were asked for: what each is to do, and how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from ingest.errors import (
    ConflictError,
    GeungeoError,
    InputError,
    NotFoundError,
    OperatorError,
    RetryLaterError,
)

JobKind = Literal["add", "remove", "reindex"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
FileOutcome = Literal["waiting", "added", "unchanged", "failed"]

ENDED: frozenset[JobState] = frozenset({"done", "failed", "cancelled"})

_CLASSES: tuple[type[GeungeoError], ...] = (
    NotFoundError,
    ConflictError,
    InputError,
    RetryLaterError,
    OperatorError,
    GeungeoError,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that is kept.

    Attributes:
        kind: name of the error's class, which decides the HTTP status.
        code, message, remedy: as in ``GeungeoError``.
    """

    kind: str
    code: str
    message: str
    remedy: str

    @classmethod
    def of(cls, error: GeungeoError) -> Failure:
        """Return an error in the form that is kept."""
        kind = next(c.__name__ for c in _CLASSES if isinstance(error, c))
        return cls(kind, error.code, error.message, error.remedy)

    def error(self) -> GeungeoError:
        """Return the error itself again."""
        found = next((c for c in _CLASSES if c.__name__ == self.kind), GeungeoError)
        return found(self.code, self.message, self.remedy)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far one stage of the work is; ``total`` is 0 where that is not known."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class JobFile:
    """One uploaded file.

    Attributes:
        name: what the client called it, fit to be shown; never a path.
        size: bytes.
        sha256: hex digest of the bytes.
        stored: name of the kept bytes within the job's folder, or None where it was refused.
        outcome: what came of it.
        document_id, title: of the document it became.
        failure: why it was refused or could not be read.
    """

    name: str
    size: int
    sha256: str
    stored: str | None
    outcome: FileOutcome = "waiting"
    document_id: str | None = None
    title: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One change to the index.

    Attributes:
        id: its name in addresses.
        kind: what it does.
        state: where it stands; ``ENDED`` states do not change any more.
        request_id: of the request that asked for it.
        created, started, ended: moments in UTC.
        files: to add.
        document_ids: to remove.
        stages: those begun, the last one still going on while the job runs.
        attempts: how often it was begun; more than once after a crash.
        generation: name of the index generation that holds the change.
        failure: why it failed.
    """

    id: str
    kind: JobKind
    state: JobState
    request_id: str
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None
    files: tuple[JobFile, ...] = ()
    document_ids: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    attempts: int = 0
    generation: str | None = None
    failure: Failure | None = None


def new_job(
    kind: JobKind,
    request_id: str,
    now: datetime,
    *,
    job_id: str | None = None,
    files: Sequence[JobFile] = (),
    document_ids: Sequence[str] = (),
) -> Job:
    """Return a job that waits for its turn."""
    return Job(
        id=job_id or new_job_id(),
        kind=kind,
        state="queued",
        request_id=request_id,
        created=now,
        files=tuple(files),
        document_ids=tuple(document_ids),
    )


def new_job_id() -> str:
    """Return a name that no other job has."""
    return f"job_{uuid.uuid4().hex[:20]}"


def advanced(job: Job, stage: Stage) -> Job:
    """Return the job with the progress of a stage."""
    others = tuple(own for own in job.stages if own.name != stage.name)
    return replace(job, stages=(*others, stage))


def job_not_found() -> NotFoundError:
    """Return the error for a job that is not, or no longer, known."""
    return NotFoundError(
        "job_not_found",
        "없는 작업입니다.",
        "끝난 지 오래된 작업은 목록에서 지워집니다. 작업 목록에서 id를 확인하세요.",
    )

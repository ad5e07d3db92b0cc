"""Does the jobs: one at a time, behind the server's back, in whichever process gets to it."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout

from api.job_store import JobStore
from api.job_work import Asked, JobWork, StoppedError, failed
from api.jobs import ENDED, Job, JobFile, new_job, new_job_id
from api.os_errors import korean_os_reason
from api.uploads import UploadFolder
from ingest.errors import GeungeoError, OperatorError, RetryLaterError

POLL_SECONDS = 0.5
"""How soon a job asked for in another process is seen; one of the own process is at once."""
RETRY_SECONDS = 5.0
"""Between tries while another program writes the index or the disk cannot be written."""


class Jobs:
    """Takes jobs and runs them.

    Args:
        data_dir: ``$GEUNGEO_DATA_DIR``.
        work: does what a job asks for.
        clock: gives the moment in UTC.
    """

    def __init__(
        self,
        data_dir: Path,
        work: Callable[[UploadFolder], JobWork],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.store = JobStore(data_dir / "jobs.sqlite")
        self.uploads = UploadFolder(data_dir / "uploads")
        self._lock = FileLock(data_dir / "jobs.lock", timeout=0)
        self._work = work(self.uploads)
        self._clock = clock
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._log: Any = structlog.get_logger("geungeo.jobs")

    def start(self) -> None:
        """Begin to run jobs, those first that a server which ended left behind."""
        self._thread = threading.Thread(target=self._run, name="geungeo-jobs")
        self._thread.start()

    def stop(self) -> None:
        """Give up what runs, which the next start takes up again, and wait until that is done."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def add_files(self, draft: Path, files: Sequence[JobFile], request_id: str) -> Job:
        """Ask for received files to be added; when this returns, nothing of it can get lost.

        Raises:
            RetryLaterError: ``too_many_jobs``.
            OperatorError: ``disk_full`` or ``data_dir_unwritable``.
        """
        job_id = new_job_id()
        job = new_job("add", request_id, self._clock(), job_id=job_id, files=files)
        self.uploads.keep(draft, job_id, lambda: self.store.add(job))
        self._wake.set()
        return job

    def remove_document(self, document_id: str, request_id: str) -> Job:
        """Ask for a document to be taken out.

        Raises:
            RetryLaterError: ``too_many_jobs``.
        """
        return self._added(new_job("remove", request_id, self._clock(), document_ids=[document_id]))

    def reindex(self, request_id: str) -> Job:
        """Ask for the index to be built anew.

        Raises:
            RetryLaterError: ``too_many_jobs``.
        """
        return self._added(new_job("reindex", request_id, self._clock()))

    def cancel(self, job_id: str) -> Job:
        """End a job that waits.

        Raises:
            NotFoundError: ``job_not_found``.
            ConflictError: ``job_not_waiting``.
        """
        job = self.store.cancel(job_id, self._clock())
        self.uploads.discard(job_id)
        return job

    def _added(self, job: Job) -> Job:
        self.store.add(job)
        self._wake.set()
        return job

    def _run(self) -> None:
        while not self._stopping.is_set():
            wait = POLL_SECONDS
            # A server that never sees a job must not write anything.
            if self.store.exists or self.uploads.exists:
                try:
                    with self._lock:
                        self._run_as_the_one()
                except Timeout:
                    pass
                except (OSError, sqlite3.Error, GeungeoError) as error:
                    self._log.error("jobs_stuck", reason=str(error))
                    wait = RETRY_SECONDS
            self._pause(wait)

    def _run_as_the_one(self) -> None:
        for job in self.store.take_up_interrupted(self._clock()):
            self._log.error("job_given_up", job=job.id, attempts=job.attempts)
        self.uploads.sweep(self.store.unfinished)
        while not self._stopping.is_set():
            begun = self.store.begin_next(self._clock())
            if not begun:
                self._pause(POLL_SECONDS)
                continue
            if not self._do(begun):
                self._pause(RETRY_SECONDS)

    def _pause(self, seconds: float) -> None:
        if not self._stopping.is_set():
            self._wake.wait(seconds)
        self._wake.clear()

    def _do(self, begun: Sequence[Job]) -> bool:
        """Do some jobs together; tells whether they are done with rather than put back."""
        asked = Asked(begun, self.store.save, self._stopping.is_set, time.monotonic)
        # In a thread of its own, whose every error comes back here: a bug fails one job, not all.
        with ThreadPoolExecutor(1, thread_name_prefix="geungeo-job") as executor:
            outcome = executor.submit(self._work.do, asked)
            error = outcome.exception()
        if isinstance(error, StoppedError | RetryLaterError):
            self._put_back(begun)
            return False
        if error is None:
            self._end(outcome.result())
        elif len(begun) > 1:
            for place, job in enumerate(begun):
                if not self._do([job]):
                    self._put_back(begun[place + 1 :])
                    return False
        else:
            self._end([failed(asked.jobs[0], _told(error, self._log))])
        return True

    def _put_back(self, jobs: Sequence[Job]) -> None:
        self.store.save(*(replace(job, state="queued", attempts=0) for job in jobs))

    def _end(self, jobs: Sequence[Job]) -> None:
        ended = [replace(job, ended=self._clock()) for job in jobs]
        self.store.save(*ended)
        for job in ended:
            assert job.state in ENDED  # noqa: S101 - what work gives back
            self.uploads.discard(job.id)
            code = {"error": job.failure.code} if job.failure else {}
            self._log.info(
                "job", job=job.id, kind=job.kind, state=job.state, request_id=job.request_id, **code
            )


def _told(error: BaseException, log: Any) -> GeungeoError:
    match error:
        case GeungeoError():
            return error
        case OSError() | sqlite3.Error():
            return OperatorError(
                "system_error",
                f"파일을 읽거나 쓰지 못했습니다({korean_os_reason(error)}).",
                "`geungeo doctor`로 폴더와 빈 공간을 확인하세요.",
            )
        case _:
            log.error("job_failed", exc_info=error)
            return GeungeoError(
                "internal_error",
                "작업 중에 예상하지 못한 오류가 났습니다.",
                "작업의 id를 운영자에게 알려 주세요.",
            )

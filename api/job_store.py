"""Jobs in one small SQLite file, which survives whatever ends the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from api.jobs import ENDED, Failure, Job, job_not_found
from ingest.errors import ConflictError, OperatorError, RetryLaterError

MOST_WAITING = 100
"""Jobs that may wait: hours of work, and a client that sends more is not a person any more."""
KEPT_ENDED = 200
"""Ended jobs that can still be looked up; each takes a few kilobytes."""
MOST_BATCHED = 32
"""Jobs built into one generation together: publishing costs seconds however little is new."""
MOST_BATCHED_BYTES = 32 * 1024 * 1024
"""Of the files of such jobs: all are in memory at once, with what is made of them."""
MOST_ATTEMPTS = 3
"""A job during which the server ended this often is taken for what ended it."""

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS jobs (seq INTEGER PRIMARY KEY AUTOINCREMENT,"
    " id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, job TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, seq)",
)
_BUSY_SECONDS = 30.0
_JOB = TypeAdapter(Job)


class JobStore:
    """Keeps jobs; safe to use from many threads and processes.

    Args:
        path: the file; made with the first job.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def exists(self) -> bool:
        """Whether there ever was a job."""
        return self._path.exists()

    def add(self, job: Job) -> None:
        """Keep a new job; when this returns, it is on disk.

        Raises:
            RetryLaterError: ``too_many_jobs``.
        """
        with self._changing() as connection:
            (waiting,) = connection.execute(
                "SELECT count(*) FROM jobs WHERE state = 'queued'"
            ).fetchone()
            if waiting >= MOST_WAITING:
                raise RetryLaterError(
                    "too_many_jobs",
                    "기다리는 작업이 너무 많습니다.",
                    "앞선 작업이 끝난 뒤 다시 보내 주세요.",
                )
            connection.execute(
                "INSERT INTO jobs (id, state, job) VALUES (?, ?, ?)",
                (job.id, job.state, _JOB.dump_json(job).decode()),
            )

    def get(self, job_id: str) -> Job:
        """Return one job.

        Raises:
            NotFoundError: ``job_not_found``.
        """
        if not self.exists:
            raise job_not_found()
        with self._reading() as connection:
            return _one(connection, job_id)

    def newest(self, most: int) -> list[Job]:
        """Return the jobs that were asked for last, newest first."""
        if not self.exists:
            return []
        with self._reading() as connection:
            rows = connection.execute("SELECT job FROM jobs ORDER BY seq DESC LIMIT ?", (most,))
            return [_JOB.validate_json(row[0]) for row in rows]

    def unfinished(self) -> set[str]:
        """Return the ids of the jobs that have not ended."""
        if not self.exists:
            return set()
        with self._reading() as connection:
            rows = connection.execute("SELECT id FROM jobs WHERE state IN ('queued', 'running')")
            return {row[0] for row in rows}

    def save(self, *jobs: Job) -> None:
        """Replace what is kept of some jobs, and forget the oldest ended ones beyond the bound."""
        with self._changing() as connection:
            _write(connection, *jobs)
            if any(job.state in ENDED for job in jobs):
                connection.execute(
                    "DELETE FROM jobs WHERE state NOT IN ('queued', 'running') AND seq NOT IN"
                    " (SELECT seq FROM jobs WHERE state NOT IN ('queued', 'running')"
                    " ORDER BY seq DESC LIMIT ?)",
                    (KEPT_ENDED,),
                )

    def begin_next(self, now: datetime) -> list[Job]:
        """Mark as running, and return, the oldest waiting job and those that can go with it.

        Jobs of one kind that follow each other go together; order between kinds is kept.
        """
        if not self.exists:
            return []
        with self._changing() as connection:
            rows = connection.execute(
                "SELECT job FROM jobs WHERE state = 'queued' ORDER BY seq LIMIT ?", (MOST_BATCHED,)
            )
            waiting = [_JOB.validate_json(row[0]) for row in rows]
            begun: list[Job] = []
            size = 0
            for job in waiting:
                size += sum(file.size for file in job.files)
                if begun and (job.kind != begun[0].kind or size > MOST_BATCHED_BYTES):
                    break
                begun.append(
                    replace(job, state="running", started=now, attempts=job.attempts + 1, stages=())
                )
            _write(connection, *begun)
            return begun

    def take_up_interrupted(self, now: datetime) -> list[Job]:
        """Let jobs wait again that ran when their server ended; return those given up instead."""
        if not self.exists:
            return []
        with self._changing() as connection:
            rows = connection.execute("SELECT job FROM jobs WHERE state = 'running' ORDER BY seq")
            jobs = [_JOB.validate_json(row[0]) for row in rows]
            given_up = [
                replace(job, state="failed", ended=now, failure=_given_up(job))
                for job in jobs
                if job.attempts >= MOST_ATTEMPTS
            ]
            again = [replace(job, state="queued") for job in jobs if job.attempts < MOST_ATTEMPTS]
            _write(connection, *given_up, *again)
            return given_up

    def cancel(self, job_id: str, now: datetime) -> Job:
        """End a job that waits.

        Raises:
            NotFoundError: ``job_not_found``.
            ConflictError: ``job_not_waiting``.
        """
        if not self.exists:
            raise job_not_found()
        with self._changing() as connection:
            job = _one(connection, job_id)
            if job.state != "queued":
                raise ConflictError(
                    "job_not_waiting",
                    "이미 시작했거나 끝난 작업이라 취소할 수 없습니다.",
                    "넣은 문서는 끝난 뒤에 뺄 수 있습니다.",
                )
            cancelled = replace(job, state="cancelled", ended=now)
            _write(connection, cancelled)
            return cancelled

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as connection:
            yield connection

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._reading() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            # What was acknowledged must survive the loss of power too.
            connection.execute("PRAGMA synchronous=FULL")
            connection.isolation_level = None
            connection.execute("BEGIN IMMEDIATE")
            try:
                for statement in _SCHEMA:
                    connection.execute(statement)
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def _one(connection: sqlite3.Connection, job_id: str) -> Job:
    row = connection.execute("SELECT job FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None:
        raise job_not_found()
    return _JOB.validate_json(row[0])


def _write(connection: sqlite3.Connection, *jobs: Job) -> None:
    connection.executemany(
        "UPDATE jobs SET state = ?, job = ? WHERE id = ?",
        [(job.state, _JOB.dump_json(job).decode(), job.id) for job in jobs],
    )


def _given_up(job: Job) -> Failure:
    error = OperatorError(
        "job_interrupted",
        f"작업하는 동안 서버가 {job.attempts}번 꺼져 그만두었습니다.",
        "메모리와 디스크를 확인하고, 파일을 나누어 다시 올려 주세요.",
    )
    return Failure.of(error)

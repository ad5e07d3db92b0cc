"""The jobs of a server, which leave its cores to questions first."""

from __future__ import annotations

import time

from api.job_runner import Jobs
from api.job_work import JobWork
from api.service import Service
from api.worker_pool import WorkerPool

LONGEST_WAIT_SECONDS = 0.2
"""However many questions come, a job goes on after this long before each piece of its work."""
_POLL_SECONDS = 0.005


def background_jobs(service: Service, pool: WorkerPool) -> Jobs:
    """Return what runs the jobs of a server.

    Args:
        service: whose index they change.
        pool: where questions are answered.
    """

    def give_way() -> None:
        end = time.monotonic() + LONGEST_WAIT_SECONDS
        while pool.pending and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)

    return Jobs(service.settings.data_dir, lambda uploads: JobWork(service, uploads, give_way))

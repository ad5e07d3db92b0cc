"""What the routes share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.job_runner import Jobs
from api.metrics import Metrics
from api.request_id import request_id_of
from api.service import Service
from api.warmup import Warmup
from api.worker_pool import WorkerPool


@dataclass(frozen=True, slots=True)
class AppState:
    """The parts that a route needs.

    Attributes:
        service: answers and searches.
        pool: runs what blocks.
        warmup: knows whether the models are loaded.
        jobs: changes to the index.
        metrics: counts what happens.
    """

    service: Service
    pool: WorkerPool
    warmup: Warmup
    jobs: Jobs
    metrics: Metrics


def state_of(request: Request) -> AppState:
    """Return the application's parts."""
    state: AppState = request.app.state.geungeo
    return state


State = Annotated[AppState, Depends(state_of)]
RequestId = Annotated[str, Depends(request_id_of)]

"""One of several processes that serve one address over one index."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ingest.errors import OperatorError


def worker_application(*, allow_remote: bool) -> FastAPI:
    """Make the application of one process, its settings read from the environment again.

    The arrays of the index are mapped into memory, which the processes share; the models are not.
    """
    from api.app import create_app
    from api.logs import configure_logs
    from api.service import Service
    from api.settings_loading import load_settings

    settings = load_settings()
    configure_logs(settings.log_level)
    service = Service(settings, on_index_failure=log_index_failure)
    return create_app(service, settings, allow_remote=allow_remote)


def log_index_failure(error: OperatorError) -> None:
    """Log that a published index cannot be opened while another one serves."""
    import structlog

    structlog.get_logger("geungeo").error("index_not_taken_up", code=error.code, reason=str(error))

"""One run of a command: settings, progress and a service that is closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.commands.console import announce_first_index, note, shown_progress
from api.ingestion import Ingestion
from api.service import Service
from api.settings_loading import load_settings
from api.text import one_line
from ingest.names import readable_path


@contextmanager
def working() -> Iterator[Service]:
    """Give a service whose long jobs are shown on standard error."""
    settings = load_settings()
    with shown_progress() as progress:
        service = Service(settings, progress=progress)
        try:
            yield service
        finally:
            service.close()


@contextmanager
def working_on_index() -> Iterator[Service]:
    """Give a service with an index, built from the corpus folder where there was none."""
    with working() as service:
        report_failures(service.changes.ingest_first(announce_first_index))
        yield service


def report_failures(ingestion: Ingestion | None) -> None:
    """Name the files that were left out, on standard error."""
    for failure in ingestion.failures if ingestion else ():
        reason = f"{failure.error.message} {failure.error.remedy}"
        note(one_line(f"건너뜀: {readable_path(failure.path)}: {reason}"))

"""What a job does to the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from api.jobs import Failure, Job, JobFile, Stage, advanced
from api.uploads import UploadFolder
from ingest.errors import GeungeoError, InputError, NotFoundError

if TYPE_CHECKING:
    from api.service import Service
    from ingest.records import Document

SAVE_SECONDS = 0.5
"""Progress is put on disk no more often, except where a new stage begins."""

INDEX_WAIT_SECONDS = 2.0
"""For another program's build; a server that is told to stop must not wait longer, and the job is
tried again."""


class StoppedError(Exception):
    """The server stops; the job is to be done after its next start."""


class Asked:
    """Jobs that are done together, and what they are told of it.

    Args:
        jobs: of one kind, running.
        save: keeps their progress.
        stopping: whether the server is to end.
        clock: seconds, to space out the saving.

    Attributes:
        jobs: as they stand now.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        save: Callable[..., None],
        stopping: Callable[[], bool],
        clock: Callable[[], float],
    ) -> None:
        self.jobs = list(jobs)
        self._save = save
        self._stopping = stopping
        self._clock = clock
        self._saved = float("-inf")

    def check(self) -> None:
        """Raise where the work is to be given up.

        Raises:
            StoppedError: when the server ends.
        """
        if self._stopping():
            raise StoppedError

    def progress(self, stage: str, done: int, total: int) -> None:
        """Note how far a stage is; see ``Progress``.

        Raises:
            StoppedError: when the server ends.
        """
        self.check()
        begins = stage not in {own.name for own in self.jobs[0].stages}
        self.jobs = [advanced(job, Stage(stage, done, total)) for job in self.jobs]
        now = self._clock()
        if begins or now - self._saved >= SAVE_SECONDS:
            self._saved = now
            self._save(*self.jobs)


class JobWork:
    """Does jobs with a service.

    Args:
        service: whose index changes.
        uploads: the files to add.
        give_way: called between pieces of heavy work, to let questions go first.
    """

    def __init__(
        self, service: Service, uploads: UploadFolder, give_way: Callable[[], None]
    ) -> None:
        self._service = service
        self._uploads = uploads
        self._give_way = give_way

    def do(self, asked: Asked) -> list[Job]:
        """Do jobs of one kind as one change to the index, which answers when this returns.

        Returns:
            The jobs, ended.

        Raises:
            StoppedError: when the server ends; nothing is changed.
            GeungeoError: when the change cannot be made.
        """
        match asked.jobs[0].kind:
            case "add":
                return self._add(asked)
            case "remove":
                return self._remove(asked)
            case "reindex":
                generation = self._change(asked, rebuild=True)
                return [_done(job, generation) for job in asked.jobs]

    def _add(self, asked: Asked) -> list[Job]:
        documents = self._read(asked)
        if not documents:
            return [_unreadable(job) for job in asked.jobs]
        held = self._service.library.ids()
        generation = self._change(asked, add=list(documents.values()))
        return [
            _done(replace(job, files=_outcomes(job.files, held)), generation)
            if any(file.document_id for file in job.files)
            else _unreadable(job)
            for job in asked.jobs
        ]

    def _read(self, asked: Asked) -> dict[str, Document]:
        """Read the files of all jobs; ``asked.jobs`` tell what each became, or why it did not."""
        documents: dict[str, Document] = {}
        total = sum(len(job.files) for job in asked.jobs)
        done = 0
        for place, job in enumerate(list(asked.jobs)):
            files = []
            for file in job.files:
                asked.progress("load", done, total)
                self._give_way()
                files.append(self._document(job.id, file, documents))
                done += 1
            asked.jobs[place] = replace(asked.jobs[place], files=tuple(files))
        asked.progress("load", done, total)
        return documents

    def _document(self, job_id: str, file: JobFile, documents: dict[str, Document]) -> JobFile:
        from ingest.load import load_bytes

        if file.stored is None:
            return file
        try:
            document = load_bytes(self._uploads.read(job_id, file.stored), file.name)
        except InputError as error:
            return replace(file, outcome="failed", failure=Failure.of(error))
        documents.setdefault(document.id, document)
        return replace(file, document_id=document.id, title=document.title)

    def _remove(self, asked: Asked) -> list[Job]:
        held = self._service.library.ids()
        wanted = dict.fromkeys(i for job in asked.jobs for i in job.document_ids if i in held)
        # Done before a crash, or asked for twice: what is gone is as it should be.
        if not wanted:
            return [_done(job, self._service.generation) for job in asked.jobs]
        try:
            generation = self._change(asked, remove=list(wanted))
        except NotFoundError:
            # Another program took it out in this moment.
            return self._remove(asked)
        return [_done(job, generation) for job in asked.jobs]

    def _change(
        self,
        asked: Asked,
        add: Sequence[Document] = (),
        remove: Sequence[str] = (),
        *,
        rebuild: bool = False,
    ) -> str:
        from api.polite_encoder import PoliteEncoder

        def give_way() -> None:
            asked.check()
            self._give_way()

        update = self._service.changes.apply(
            add,
            remove,
            rebuild=rebuild,
            progress=asked.progress,
            encoder=lambda: PoliteEncoder(self._service.models.encoder(), give_way),
            wait_seconds=INDEX_WAIT_SECONDS,
        )
        if update.recovered_from is not None:
            structlog.get_logger("geungeo.jobs").warning(
                "index_recovered", generation=update.recovered_from
            )
        self._service.catch_up()
        return update.generation


def failed(job: Job, error: GeungeoError) -> Job:
    """Return a job as failed."""
    return replace(job, state="failed", failure=Failure.of(error))


def _done(job: Job, generation: str | None) -> Job:
    return replace(job, state="done", generation=generation)


def _outcomes(files: Sequence[JobFile], held: set[str]) -> tuple[JobFile, ...]:
    """Return files with what came of them; what they became is added to the ids that are held."""
    told = []
    for file in files:
        if file.document_id is None:
            told.append(file)
            continue
        known = file.document_id in held
        told.append(replace(file, outcome="unchanged" if known else "added"))
        held.add(file.document_id)
    return tuple(told)


def _unreadable(job: Job) -> Job:
    """Return a job none of whose files can be read, failed with the first reason."""
    reasons = [file.failure for file in job.files if file.failure is not None]
    return replace(job, state="failed", failure=reasons[0] if reasons else None)

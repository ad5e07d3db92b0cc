"""What came of reading report files, and which of them could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.progress import Progress
from ingest.errors import GeungeoError, InputError
from ingest.names import readable_path

if TYPE_CHECKING:
    from ingest.records import Document
    from retriever.indexing import IndexUpdate

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class FileFailure:
    """A file that could not be ingested, and why."""

    path: Path
    error: GeungeoError

    @property
    def message(self) -> str:
        """What is wrong with the file, which is named."""
        if readable_path(self.path.name) in self.error.message:
            return self.error.message
        return f"{readable_path(self.path)}: {self.error.message}"


@dataclass(frozen=True, slots=True)
class Ingestion:
    """What came of a call to ``IndexChanges.ingest``."""

    files: int
    update: IndexUpdate
    failures: tuple[FileFailure, ...]


def read_files(
    files: Sequence[Path], progress: Progress
) -> tuple[list[Document], tuple[FileFailure, ...]]:
    """Read reports; a file that cannot be read is reported and the others go on.

    Raises:
        InputError: when no file can be read.
    """
    from ingest.load import load

    documents: list[Document] = []
    failures: list[FileFailure] = []
    for done, path in enumerate(files):
        progress("load", done, len(files))
        try:
            documents.append(load(path))
        except InputError as error:
            failures.append(FileFailure(path, error))
    progress("load", len(files), len(files))
    if not documents:
        raise _nothing_readable(failures)
    return documents, tuple(failures)


def _nothing_readable(failures: Sequence[FileFailure]) -> InputError:
    if len(failures) == 1:
        error = failures[0].error
        return InputError(error.code, failures[0].message, error.remedy)
    reasons = " / ".join(failure.message for failure in failures[:_MOST_NAMED])
    return InputError(
        "nothing_to_ingest",
        f"읽을 수 있는 문서가 하나도 없습니다: {reasons}",
        "파일 형식과 문자 인코딩을 확인하세요.",
    )

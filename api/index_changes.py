"""What changes the index: documents added from files or by the jobs, and taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.ingestion import Ingestion, read_files
from api.library import Library
from api.models import Models
from api.progress import Progress
from api.settings import Settings
from ingest.errors import OperatorError

if TYPE_CHECKING:
    from ingest.records import Document
    from retriever.encoder_base import Encoder
    from retriever.indexing import IndexUpdate


class IndexChanges:
    """Publishes new generations of the index; safe to share between threads and processes.

    Args:
        settings: where the index and the corpus are, and how long to wait for another build.
        models: what the documents are read with.
        library: knows whether there is an index.
        progress: told of every build.
    """

    def __init__(
        self, settings: Settings, models: Models, library: Library, progress: Progress
    ) -> None:
        self._settings = settings
        self._models = models
        self._library = library
        self._progress = progress

    def ingest(self, paths: Sequence[Path], *, rebuild: bool = False) -> Ingestion:
        """Add the reports among files and folders to the index.

        A file that cannot be read is reported and the others go on.

        Raises:
            GeungeoError: when no file can be read, or the index cannot be built.
        """
        from ingest.load import find_files

        files = find_files(paths)
        documents, failures = read_files(files, self._progress)
        return Ingestion(len(files), self.apply(documents, (), rebuild=rebuild), failures)

    def ingest_first(self, announce: Callable[[Path], None]) -> Ingestion | None:
        """Build an index from the corpus folder where there is none yet.

        Args:
            announce: told of the folder before the work begins.

        Raises:
            GeungeoError: ``no_index`` where there is no corpus folder either, and as ``ingest``.
        """
        if self._library.generation() is not None:
            return None
        corpus = self._settings.corpus_dir
        if not corpus.is_dir():
            raise OperatorError(
                "no_index",
                f"아직 색인이 없고, 처음 색인할 폴더도 없습니다: {corpus}",
                "`geungeo ingest 문서폴더`로 문서를 먼저 넣으세요.",
            )
        announce(corpus)
        return self.ingest([corpus])

    def remove(self, document_ids: Sequence[str]) -> IndexUpdate:
        """Take documents out of the index.

        Raises:
            GeungeoError: ``document_not_found``, ``nothing_to_search``, ``index_busy``, ….
        """
        return self.apply((), document_ids, rebuild=False)

    def apply(
        self,
        add: Sequence[Document],
        remove: Sequence[str],
        *,
        rebuild: bool,
        progress: Progress | None = None,
        encoder: Callable[[], Encoder] | None = None,
        wait_seconds: float | None = None,
    ) -> IndexUpdate:
        """Add and remove documents at once.

        Args:
            add: documents to add.
            remove: ids of documents to take out.
            rebuild: build anew even where nothing changed.
            progress: told of it in place of the service's.
            encoder: gives a model in place of the service's.
            wait_seconds: for another build, in place of the setting.

        Raises:
            GeungeoError: as ``ingest`` and ``remove``.
        """
        from retriever.indexing import update_index

        return update_index(
            self._settings.data_dir,
            add=add,
            remove=remove,
            encoder=encoder or self._models.encoder,
            analyzer=self._models.analyzer(),
            rebuild=rebuild,
            progress=progress or self._progress,
            wait_seconds=(
                self._settings.ingest_wait_seconds if wait_seconds is None else wait_seconds
            ),
        )

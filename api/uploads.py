"""Uploaded files on disk: whole and flushed before they are acknowledged, gone when done with.

::

    uploads/
      .accepting.lock         held for the moment in which an upload becomes a job's
      .receiving-<random>/    files that are coming in; its ``lock`` is held by who receives them
      <job id>/0, 1, …        the files of a job that has not ended, named by their place
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retriever.generation import disk_errors

_LOCK = "lock"


class UploadFolder:
    """Keeps the files of jobs.

    Args:
        root: ``$GEUNGEO_DATA_DIR/uploads``; made with the first upload.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def exists(self) -> bool:
        """Whether there ever was an upload."""
        return self._root.is_dir()

    @contextmanager
    def receiving(self) -> Iterator[Path]:
        """Yield an empty folder to receive files in; what is not kept by the end is removed.

        Raises:
            OperatorError: ``disk_full`` or ``data_dir_unwritable``.
        """
        with disk_errors():
            self._root.mkdir(parents=True, exist_ok=True)
            with self._locked():
                draft = Path(tempfile.mkdtemp(prefix=".receiving-", dir=self._root))
                lock = FileLock(draft / _LOCK, thread_local=False)
                lock.acquire()
        try:
            yield draft
        finally:
            lock.release()
            shutil.rmtree(draft, ignore_errors=True)

    def keep(self, draft: Path, job_id: str, commit: Callable[[], None]) -> None:
        """Make received files a job's.

        Args:
            draft: from ``receiving``; its files are flushed already.
            job_id: whose they become.
            commit: puts the job on disk; where it fails, the files are removed.

        Raises:
            OperatorError: ``disk_full`` or ``data_dir_unwritable``.
        """
        with disk_errors(), self._locked():
            place = self._root / job_id
            place.mkdir()
            try:
                for path in sorted(draft.iterdir()):
                    if path.name != _LOCK:
                        path.rename(place / path.name)
                flush(place)
                flush(self._root)
                commit()
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                raise

    def read(self, job_id: str, stored: str) -> bytes:
        """Return the bytes of one file.

        Raises:
            OSError: when it is not there.
        """
        return (self._root / job_id / stored).read_bytes()

    def discard(self, job_id: str) -> None:
        """Remove the files of a job."""
        shutil.rmtree(self._root / job_id, ignore_errors=True)

    def sweep(self, unfinished: Callable[[], set[str]]) -> None:
        """Remove what a server that was killed left behind: half uploads, and files of no job."""
        if not self.exists:
            return
        with self._locked():
            wanted = unfinished()
            for path in self._root.iterdir():
                if path.is_dir() and path.name not in wanted and not _being_received(path):
                    shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with FileLock(self._root / ".accepting.lock"):
            yield


def flush(path: Path) -> None:
    """Have a file or a folder's list of names written to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _being_received(folder: Path) -> bool:
    if not (folder / _LOCK).exists():
        return False
    lock = FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False

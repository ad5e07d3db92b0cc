"""The web page: ``/`` and ``/documents``, with what they load from ``/web``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)

_FOLDER = Path(__file__).resolve().parents[1] / "web"
_SHELL = "index.html"
_METHODS = ["GET", "HEAD"]
_NOT_FOUND = 404
_NOT_MODIFIED = 304
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Scripts, styles and requests of this server alone; no markup out of strings.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(frozen=True, slots=True)
class _WebFile:
    """A file as it is sent."""

    content: bytes
    media_type: str
    etag: str


@router.api_route("/", methods=_METHODS)
@router.api_route("/documents", methods=_METHODS)
@router.api_route("/documents/{document_id}", methods=_METHODS)
async def page(request: Request) -> Response:
    """Show the page; which view, its script reads from the address."""
    return _sent(_files()[_SHELL], request)


@router.api_route("/web/{name}", methods=_METHODS)
async def part(name: str, request: Request) -> Response:
    """Send a part of the page."""
    found = _files().get(name)
    if found is None or name == _SHELL:
        raise HTTPException(_NOT_FOUND)
    return _sent(found, request)


@cache
def _files() -> dict[str, _WebFile]:
    """Read the parts, once; names come from this folder and never from a request."""
    return {
        path.name: _web_file(path)
        for path in sorted(_FOLDER.iterdir())
        if path.suffix in _TYPES and path.is_file()
    }


def _web_file(path: Path) -> _WebFile:
    content = path.read_bytes()
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    return _WebFile(content, _TYPES[path.suffix], etag)


def _sent(file: _WebFile, request: Request) -> Response:
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _POLICY,
        "ETag": file.etag,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)

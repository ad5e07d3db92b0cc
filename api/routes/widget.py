"""``/widget.js``: the chat button that one script tag puts on another page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

router = APIRouter(include_in_schema=False)

_FILE = Path(__file__).resolve().parents[1] / "widget" / "widget.js"
_ONE_HOUR = "public, max-age=3600"


@router.get("/widget.js")
async def widget() -> Response:
    """Send the script; it holds nothing of the documents."""
    headers = {"Cache-Control": _ONE_HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(_script(), media_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _script() -> bytes:
    return _FILE.read_bytes()

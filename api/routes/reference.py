"""``/docs``."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.reference_page import reference_page

router = APIRouter(include_in_schema=False)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@router.get("/docs")
async def reference(request: Request) -> HTMLResponse:
    """Show the API reference."""
    page = reference_page(request.app.openapi())
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})

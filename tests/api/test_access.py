"""Who may change documents."""

from typing import Any

import httpx
import pytest

from api.app import create_app
from api.service import Service
from api.settings import Settings

GUARDED = [
    ("POST", "/v1/documents"),
    ("DELETE", "/v1/documents/doc_0"),
    ("POST", "/v1/documents/reindex"),
    ("GET", "/v1/jobs"),
    ("GET", "/v1/jobs/job_0"),
    ("DELETE", "/v1/jobs/job_0"),
]


async def refused(method: str, path: str, client_address: str, **headers: str) -> dict[str, Any]:
    settings = Settings()
    app = create_app(Service(settings), settings, allow_remote=True)
    transport = httpx.ASGITransport(app, client=(client_address, 4000))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        response = await client.request(method, path, headers=headers)
    assert response.status_code == 403
    error: dict[str, Any] = response.json()["error"]
    return error


@pytest.mark.anyio
@pytest.mark.parametrize(("method", "path"), GUARDED)
async def test_another_computer_may_not(method: str, path: str) -> None:
    assert (await refused(method, path, "192.0.2.7"))["code"] == "admin_refused"


@pytest.mark.anyio
@pytest.mark.parametrize(("method", "path"), [*GUARDED, ("POST", "/v1/feedback")])
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://[::1"]
)
async def test_another_page_may_not(method: str, path: str, origin: str) -> None:
    error = await refused(method, path, "127.0.0.1", Origin=origin)
    assert error["code"] == "cross_site"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"

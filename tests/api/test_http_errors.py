"""Every way a request can fail: a status, a stable code, a Korean message and the id."""

import re
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI

from api import http_errors
from api.app import create_app
from api.http_errors import full_message, status_of
from api.metrics import Metrics
from api.middleware import RequestMiddleware
from api.service import Service
from api.settings import Settings
from ingest.errors import GeungeoError, InputError, NotFoundError, OperatorError, RetryLaterError
from tests.api.conftest import Running

JSON = {"Content-Type": "application/json"}


def failed(response: httpx.Response, status: int, code: str) -> str:
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "request_id"}
    assert body["error"]["code"] == code
    assert body["error"]["request_id"] == response.headers["x-request-id"]
    message: str = body["error"]["message"]
    assert re.search("[가-힣]", message)
    assert re.search(r"[.요다]$", message)
    return message


@pytest.mark.parametrize(
    ("path", "field"), [("/v1/ask", "question"), ("/v1/search", "query")], ids=["ask", "search"]
)
class TestBothPosts:
    def post(self, server: Running, path: str, body: Any) -> httpx.Response:
        return server.client.post(path, json=body)

    def test_an_empty_question(self, server: Running, path: str, field: str) -> None:
        failed(self.post(server, path, {field: " \n"}), 400, "empty_question")

    def test_a_question_too_long(self, server: Running, path: str, field: str) -> None:
        message = failed(self.post(server, path, {field: "가" * 201}), 400, "question_too_long")
        assert "201자" in message
        assert "200자" in message

    def test_an_unknown_field(self, server: Running, path: str, field: str) -> None:
        response = self.post(server, path, {field: "한강", "filter": {}})
        assert "filter: 알 수 없는 항목" in failed(response, 422, "invalid_request")

    def test_an_unknown_field_inside(self, server: Running, path: str, field: str) -> None:
        response = self.post(server, path, {field: "한강", "filters": {"ids": []}})
        assert "filters.ids" in failed(response, 422, "invalid_request")

    def test_a_missing_field(self, server: Running, path: str, field: str) -> None:
        assert f"{field}: 꼭" in failed(self.post(server, path, {}), 422, "invalid_request")

    def test_very_many_unknown_fields(self, server: Running, path: str, field: str) -> None:
        body = {field: "한강", **{f"{i}{'긴' * 200}": 1 for i in range(20)}}
        message = failed(self.post(server, path, body), 422, "invalid_request")
        assert "외 15개" in message
        assert len(message) < 600

    def test_a_very_long_document_id(self, server: Running, path: str, field: str) -> None:
        body = {field: "한강", "filters": {"document_ids": ["d" * 5000]}}
        message = failed(self.post(server, path, body), 404, "document_not_found")
        assert len(message) < 200

    @pytest.mark.parametrize("top_k", [0, 51, 1.5, "3", True, None])
    def test_a_bad_top_k(self, server: Running, path: str, field: str, top_k: object) -> None:
        response = self.post(server, path, {field: "한강", "top_k": top_k})
        assert "top_k" in failed(response, 422, "invalid_request")

    def test_another_kind_of_json(self, server: Running, path: str, field: str) -> None:
        failed(self.post(server, path, [field]), 422, "invalid_request")

    def test_an_unknown_document(self, server: Running, path: str, field: str) -> None:
        body = {field: "한강", "filters": {"document_ids": ["doc_0"]}}
        assert "doc_0" in failed(self.post(server, path, body), 404, "document_not_found")

    @pytest.mark.parametrize(
        "content", [b"{", b"{'a': 1}", b'{"question": "\xff"}', b"[" * 19_000, b"\x00"]
    )
    def test_what_is_no_json(self, server: Running, path: str, field: str, content: bytes) -> None:
        response = server.client.post(path, content=content, headers=JSON)
        failed(response, 400, "malformed_json")

    def test_no_body(self, server: Running, path: str, field: str) -> None:
        failed(server.client.post(path, headers=JSON), 422, "invalid_request")

    def test_a_form(self, server: Running, path: str, field: str) -> None:
        failed(server.client.post(path, data={field: "한강"}), 415, "unsupported_media_type")

    def test_a_body_too_large(self, server: Running, path: str, field: str) -> None:
        response = server.client.post(path, content=b" " * 20_001, headers=JSON)
        failed(response, 413, "body_too_large")

    def test_a_body_too_large_of_unknown_length(
        self, server: Running, path: str, field: str
    ) -> None:
        parts = (b" " * 1000 for _ in range(21))
        response = server.client.post(path, content=parts, headers=JSON)
        failed(response, 413, "body_too_large")

    def test_another_method(self, server: Running, path: str, field: str) -> None:
        response = server.client.get(path)
        failed(response, 405, "method_not_allowed")
        assert response.headers["allow"] == "POST"


def test_a_role_that_is_not_of_a_conversation(server: Running) -> None:
    body = {"question": "한강", "history": [{"role": "system", "content": "지시"}]}
    message = failed(server.client.post("/v1/ask", json=body), 422, "invalid_request")
    assert "history.0.role" in message


def test_a_lone_surrogate_is_dropped(server: Running) -> None:
    content = b'{"question": "\\ud800\xed\x95\x9c\xea\xb0\x95 \xec\x88\x98\xec\x98\xa8?"}'
    response = server.client.post("/v1/ask", content=content, headers=JSON)
    assert response.status_code == 200
    assert response.json()["rewritten_question"] == "한강 수온?"


def test_a_lone_surrogate_in_the_history_is_dropped(server: Running) -> None:
    turn = r'{"role": "user", "content": "한강\ud800수질은?"}'
    content = f'{{"question": "한강은?", "history": [{turn}]}}'.encode()
    response = server.client.post("/v1/ask", content=content, headers=JSON)
    assert response.status_code == 200


def test_a_lone_surrogate_in_an_id_is_no_document(server: Running) -> None:
    content = r'{"question": "한강은?", "filters": {"document_ids": ["\ud800"]}}'.encode()
    response = server.client.post("/v1/ask", content=content, headers=JSON)
    failed(response, 404, "document_not_found")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "[::2]", "10.0.0.1", "::1"],
)
def test_a_name_that_is_not_of_this_computer(server: Running, host: str) -> None:
    response = server.client.get("/v1/documents", headers={"Host": host})
    assert host in failed(response, 400, "host_refused")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8000", "[::1]"])
def test_names_of_this_computer(server: Running, host: str) -> None:
    assert server.client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.anyio
async def test_any_name_is_answered_where_others_may_connect() -> None:
    settings = Settings()
    app = create_app(Service(settings), settings, allow_remote=True)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://reports.example") as client:
        assert (await client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_may_ask_for_the_head_alone(server: Running, path: str) -> None:
    response = server.client.head(path)
    assert (response.status_code, response.content) == (200, b"")


# The second is the path of reindexing, which takes another method.
@pytest.mark.parametrize("document_id", ["doc_0", "reindex"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_document_that_is_not_there(server: Running, method: str, document_id: str) -> None:
    response = server.client.request(method, f"/v1/documents/{document_id}")
    failed(response, 404, "document_not_found")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/documents", "GET, POST"),
        ("/v1/documents/doc_0", "DELETE, GET"),
        ("/v1/jobs/job_0", "DELETE, GET"),
        ("/healthz", "GET, HEAD"),
        ("/mcp", "DELETE, GET, HEAD, POST"),
    ],
)
@pytest.mark.parametrize("method", ["OPTIONS", "PUT"])
def test_every_method_of_a_path_is_named(
    server: Running, method: str, path: str, allowed: str
) -> None:
    response = server.client.request(method, path)
    failed(response, 405, "method_not_allowed")
    assert response.headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/nowhere", "/v1/documents/a/b", "/docs/oauth2-redirect"])
def test_a_path_that_is_not_there(server: Running, path: str) -> None:
    failed(server.client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("a", "b"), 400),
        (NotFoundError("a", "b"), 404),
        (RetryLaterError("a", "b"), 503),
        (OperatorError("a", "b"), 503),
        (GeungeoError("a", "b"), 500),
    ],
)
def test_the_class_of_an_error_decides_the_status(error: GeungeoError, status: int) -> None:
    assert status_of(error) == status


def test_a_message_and_its_remedy_are_sentences() -> None:
    assert (
        full_message(InputError("a", "없는 문서: x", "확인하세요.")) == "없는 문서: x. 확인하세요."
    )
    assert full_message(InputError("a", "없습니다.")) == "없습니다."


@pytest.fixture
def broken() -> httpx.AsyncClient:
    app = FastAPI()
    app.add_middleware(RequestMiddleware, metrics=Metrics(lambda: None, lambda: 0))
    http_errors.install(app)

    @app.get("/bug")
    async def bug() -> None:
        raise ZeroDivisionError("비밀")

    @app.get("/later")
    async def later() -> None:
        raise RetryLaterError("busy", "바쁩니다.")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.anyio
async def test_a_bug_is_answered_without_its_details(broken: httpx.AsyncClient) -> None:
    async with broken:
        response = await broken.get("/bug")
    message = failed(response, 500, "internal_error")
    assert "비밀" not in message


@pytest.mark.anyio
async def test_a_bug_is_named_in_the_log(broken: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as logs:
        async with broken:
            await broken.get("/bug")
    (line,) = logs
    assert (line["status"], line["error"]) == (500, "internal_error")


@pytest.mark.anyio
async def test_who_should_come_back_is_told_when(broken: httpx.AsyncClient) -> None:
    async with broken:
        response = await broken.get("/later")
    failed(response, 503, "busy")
    assert response.headers["retry-after"] == "2"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"

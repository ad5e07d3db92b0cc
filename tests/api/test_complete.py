"""``GET /v1/complete`` and the page's files."""

import pytest

from retriever.completion import completer_of
from tests.api.conftest import Running


def test_terms_of_the_documents_complete_a_word(server: Running) -> None:
    response = server.client.get("/v1/complete", params={"prefix": "강원도의 ㅅㅂㅍ"})
    assert response.json()["terms"] == [{"text": "산불 피해", "count": 1, "typed": 3}]
    assert response.json()["request_id"] == response.headers["x-request-id"]


def test_the_number_of_terms_is_bounded(server: Running) -> None:
    every = server.client.get("/v1/complete", params={"prefix": "ㅅ"}).json()["terms"]
    two = server.client.get("/v1/complete", params={"prefix": "ㅅ", "limit": 2}).json()["terms"]
    assert two == every[:2] != every


@pytest.mark.parametrize(
    "query",
    [{}, {"prefix": "가" * 101}, {"prefix": "가", "limit": 0}, {"prefix": "가", "limit": 21}],
)
def test_bad_queries_are_refused(server: Running, query: dict[str, str]) -> None:
    response = server.client.get("/v1/complete", params=query)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "invalid_request"


def test_terms_are_read_once_a_generation(server: Running) -> None:
    retriever = server.service.retriever()
    assert completer_of(retriever) is completer_of(retriever)


@pytest.mark.parametrize("path", ["/", "/documents", "/documents/doc_1"])
def test_the_page_lets_nothing_in_from_elsewhere(server: Running, path: str) -> None:
    response = server.client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_parts_are_asked_for_again_but_sent_once(server: Running) -> None:
    first = server.client.get("/web/main.js")
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    again = server.client.get("/web/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert server.client.head("/web/main.js").headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("name", ["index.html", "none.js", "..%2Fapp.py", "%2e%2e/app.py"])
def test_nothing_else_is_sent(server: Running, name: str) -> None:
    assert server.client.get(f"/web/{name}").status_code == 404

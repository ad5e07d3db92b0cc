"""``/docs`` without anything from elsewhere, and examples that are true."""

import re

from fastapi.routing import APIRoute
from pydantic import BaseModel

from api import schemas
from api.app import create_app
from api.examples import EXAMPLES
from api.service import Service
from api.settings import Settings
from tests.api.conftest import Running


def test_the_page_needs_no_other_host(server: Running) -> None:
    response = server.client.get("/docs")
    page = response.text
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert not re.search(r'(?:src|href|url\()\s*=?\s*["\']?(?:https?:)?//', page)
    assert "<script" not in page


def test_the_page_shows_every_operation_in_korean(server: Running) -> None:
    page = server.client.get("/docs").text
    operations = server.client.get("/openapi.json").json()["paths"]
    for path, methods in operations.items():
        assert f"<code>{path}</code>" in page
        for operation in methods.values():
            assert re.search("[가-힣]", operation["summary"])
            assert re.search("[가-힣]", operation["description"])
            assert operation["summary"] in page


def test_every_route_tells_its_errors() -> None:
    app = create_app(Service(Settings()), Settings())
    for path, methods in app.openapi()["paths"].items():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                assert re.search("[가-힣]", response["description"]), (path, status)


def test_the_examples_have_the_shape_of_the_schemas() -> None:
    models: dict[str, type[BaseModel]] = {
        "ask_request": schemas.AskRequest,
        "ask_response": schemas.AskResponse,
        "search_request": schemas.SearchRequest,
        "search_response": schemas.SearchResponse,
        "documents_response": schemas.DocumentListResponse,
        "document_response": schemas.DocumentResponse,
        "ready_response": schemas.ReadyResponse,
    }
    assert set(models) == set(EXAMPLES)
    for name, model in models.items():
        read = model.model_validate(EXAMPLES[name])
        assert set(EXAMPLES[name]) <= set(model.model_fields)
        assert read.model_dump(exclude_unset=True) == EXAMPLES[name]
    for citation in EXAMPLES["ask_response"]["citations"]:
        span = slice(citation["start"], citation["end"])
        assert citation["passage"][span] == citation["quote"]


def test_operations_have_distinct_names() -> None:
    app = create_app(Service(Settings()), Settings())
    names = [route.name for route in app.routes if isinstance(route, APIRoute)]
    assert len(names) == len(set(names))

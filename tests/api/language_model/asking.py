"""The ways to ask a server, each of which returns the whole answer."""

import json
from collections.abc import Callable
from typing import Any

from api.schemas import AskResponse
from tests.api.conftest import Running
from tests.api.language_model.script import QUESTION


def post(server: Running, **fields: Any) -> dict[str, Any]:
    response = server.client.post("/v1/ask", json={"question": QUESTION, **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert set(answer) == set(AskResponse.model_fields)
    return answer


def events(server: Running, path: str, body: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the events of a stream, each with its name and its data."""
    found, name = [], ""
    with server.client.stream("POST", path, json={**body, "stream": True}) as response:
        assert response.status_code == 200
        for line in response.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                found.append((name, json.loads(value) if value != "[DONE]" else value))
    return found


def streamed(server: Running, **fields: Any) -> dict[str, Any]:
    """Return the answer of a stream, whose other events are seen to say the same."""
    *before, (last, done) = events(server, "/v1/ask", {"question": QUESTION, **fields})
    assert last == "done"
    assert "".join(data["text"] for name, data in before if name == "token") == done["answer"]
    assert [data for name, data in before if name == "citation"] == done["citations"]
    assert {name for name, _ in before} <= {"token", "citation"}
    answer: dict[str, Any] = done
    return answer


def chat(server: Running, *before: dict[str, str]) -> dict[str, Any]:
    messages = [*before, {"role": "user", "content": QUESTION}]
    response = server.client.post("/v1/chat/completions", json={"messages": messages})
    assert response.status_code == 200
    whole = response.json()
    answer: dict[str, Any] = whole["geungeo"]
    assert whole["choices"][0]["message"]["content"].startswith(answer["answer"])
    return answer


def chat_streamed(server: Running, *before: dict[str, str]) -> dict[str, Any]:
    messages = [*before, {"role": "user", "content": QUESTION}]
    *chunks, (_, end) = events(server, "/v1/chat/completions", {"messages": messages})
    assert end == "[DONE]"
    answer: dict[str, Any] = chunks[-1][1]["geungeo"]
    said = "".join(data["choices"][0]["delta"].get("content", "") for _, data in chunks)
    assert said.startswith(answer["answer"])
    return answer


ASKED: dict[str, Callable[..., dict[str, Any]]] = {
    "ask": post,
    "ask streamed": streamed,
    "chat": chat,
    "chat streamed": chat_streamed,
}

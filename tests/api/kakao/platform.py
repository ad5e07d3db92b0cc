"""A stand-in for Kakao's platform, and what it says to a skill."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.api.conftest import Running

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


class Platform:
    """Kakao's platform: keeps what is posted to its callback addresses."""

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, Any]]] = []
        self.status = 200
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                platform.received.append((self.path, json.loads(body)))
                self.send_response(platform.status)
                self.send_header("Content-Length", "0")
                if platform.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/callback/1"


@contextmanager
def running_platform() -> Iterator[Platform]:
    """Run the platform until the context ends."""
    made = Platform()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def payload(utterance: str, callback: str | None = None, user: str = "사람") -> dict[str, Any]:
    request: dict[str, Any] = {"utterance": utterance, "user": {"id": user}}
    if callback is not None:
        request["callbackUrl"] = callback
    return {"userRequest": request, "bot": {"id": "bot"}}


def say(server: Running, *arguments: Any, **more: Any) -> dict[str, Any]:
    response = server.client.post("/kakao/skill", json=payload(*arguments, **more))
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    assert found["version"] == "2.0"
    return found


def texts(response: dict[str, Any]) -> list[str]:
    outputs = response["template"]["outputs"]
    return [output["simpleText"]["text"] for output in outputs if "simpleText" in output]


def cards(response: dict[str, Any]) -> list[dict[str, Any]]:
    last = response["template"]["outputs"][-1]
    items = last["carousel"]["items"] if "carousel" in last else [last["textCard"]]
    return list(items)

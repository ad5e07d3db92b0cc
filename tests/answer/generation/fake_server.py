"""A server of OpenAI's protocol that does what a test tells it to, well or badly."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_CHUNK = 3


@dataclass(frozen=True)
class Reply:
    """What one request gets.

    Attributes:
        text: streamed a few characters at a time.
        status: of a refusal, where not 200.
        headers: of a refusal.
        then: ``done``, ``hang`` (say no more), ``cut`` (break the connection) or ``on`` (go on
            until the client leaves).
        finish: reason given at the end.
        usage: tokens told at the end, or None.
    """

    text: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    then: str = "done"
    finish: str = "stop"
    usage: tuple[int, int] | None = (100, 20)


@dataclass
class FakeServer:
    """The server's address and what it has seen.

    Attributes:
        replies: one for each request, the last for all further ones.
    """

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    client_left: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def running_fake() -> Iterator[FakeServer]:
    """Run a server until the block ends."""
    state = FakeServer()

    class Handler(_Handler):
        server_state = state

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = False
    state.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        state.closing.set()
        http.shutdown()
        http.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    server_state: FakeServer
    protocol_version = "HTTP/1.1"
    # A kept connection would keep its thread waiting after the test.
    timeout = 10

    def do_POST(self) -> None:
        state = self.server_state
        self.close_connection = True
        state.times.append(time.monotonic())
        state.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        state.keys.append(self.headers["Authorization"])
        reply = state.next_reply()
        try:
            self._answer(reply)
        except (BrokenPipeError, ConnectionResetError):
            state.client_left.set()

    def _answer(self, reply: Reply) -> None:
        if self.path.endswith("/tokenize") or reply.status != 200:
            self._refuse(reply if reply.status != 200 else Reply(status=404))
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for start in range(0, len(reply.text), _CHUNK):
            self._event({"content": reply.text[start : start + _CHUNK]})
        if reply.then == "cut":
            return
        if reply.then == "hang":
            self._wait_for_leaving()
            return
        while reply.then == "on" and not self.server_state.closing.is_set():
            self._event({"content": "그리고 수온은 14.2도입니다 [1].\n"})
            time.sleep(0.01)
        self._end(reply)

    def _refuse(self, reply: Reply) -> None:
        body = json.dumps({"error": {"message": "막힘 sk-비밀열쇠"}}).encode()
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        # Else the next attempt may go out on this connection while it is being closed.
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _end(self, reply: Reply) -> None:
        self._event({}, finish=reply.finish)
        if reply.usage is not None:
            sent, received = reply.usage
            usage = {
                "prompt_tokens": sent,
                "completion_tokens": received,
                "total_tokens": sent + received,
            }
            self._send({**_BASE, "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self._send({**_BASE, "choices": [choice]})

    def _send(self, data: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()

    def _wait_for_leaving(self) -> None:
        """Say nothing until the client goes away or the test ends."""
        self.connection.settimeout(0.05)
        while not self.server_state.closing.is_set():
            try:
                if not self.connection.recv(1):
                    self.server_state.client_left.set()
                    return
            except TimeoutError:
                continue

    def log_message(self, *_: Any) -> None:
        pass


_BASE = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}

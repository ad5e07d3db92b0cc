"""The peer in a process of its own: requests and replies are JSON, a line each.

``python -m eval.bench.peer_worker MODEL THREADS``; started by ``eval.bench.peer``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.langchain_recipe import Recipe, SentenceEmbeddings

Request = Mapping[str, Any]


class Worker:
    """Does what the requests ask and times it.

    Args:
        model: folder of the embedding model.
        threads: of PyTorch.
    """

    def __init__(self, model: Path, threads: int) -> None:
        self._embeddings = SentenceEmbeddings(model, threads)
        self._recipe = Recipe(self._embeddings)

    def encode(self, request: Request) -> dict[str, Any]:
        """Embed ``texts`` behind ``prompt``; write the vectors to ``out`` where it is given."""
        start = time.perf_counter()
        vectors = self._embeddings.encode(request["texts"], request["prompt"])
        seconds = time.perf_counter() - start
        if request["out"]:
            np.save(request["out"], vectors)
        return {"seconds": seconds}

    def ingest(self, request: Request) -> dict[str, Any]:
        """Index ``files`` from nothing into ``folder``."""
        start = time.perf_counter()
        self._recipe = Recipe(self._embeddings)
        return self._add(request, start)

    def add(self, request: Request) -> dict[str, Any]:
        """Add ``files`` to what is indexed and write it all to ``folder``."""
        return self._add(request, time.perf_counter())

    def open(self, request: Request) -> dict[str, Any]:
        """Read the index in ``folder``."""
        self._recipe = Recipe(self._embeddings)
        self._recipe.open(Path(request["folder"]))
        return {}

    def search(self, request: Request) -> dict[str, Any]:
        """Search for each of ``questions``; return the milliseconds of each."""
        milliseconds = []
        for question in request["questions"]:
            start = time.perf_counter()
            self._recipe.search(question, request["top_k"])
            milliseconds.append((time.perf_counter() - start) * 1000)
        return {"ms": milliseconds}

    def _add(self, request: Request, start: float) -> dict[str, Any]:
        added = self._recipe.add_files([Path(file) for file in request["files"]])
        self._recipe.save(Path(request["folder"]))
        return {"seconds": time.perf_counter() - start, "chunks": added}


def main() -> None:
    """Serve requests from standard input until it is closed."""
    # Whatever a library prints goes to standard error: standard output is for replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker(Path(sys.argv[1]), int(sys.argv[2]))
    actions: dict[str, Callable[[Request], dict[str, Any]]] = {
        "encode": worker.encode,
        "ingest": worker.ingest,
        "add": worker.add,
        "open": worker.open,
        "search": worker.search,
        "wait": lambda _request: {},
    }
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(actions[request["do"]](request)), file=replies, flush=True)


if __name__ == "__main__":
    main()

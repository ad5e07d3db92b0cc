"""One system in a process of its own: requests and replies are JSON, a line each.

``python -m eval.peers.worker NAME MODELS_DIR THREADS``; started by ``eval.peers.process``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from eval.peers.system import System
from eval.peers.systems import SYSTEMS, TOP_K, Resources

Request = Mapping[str, Any]
_WARM_UP = "처음 묻는 질문은 재지 않습니다"


class Worker:
    """Does what the requests ask and times it.

    Args:
        system: with its models loaded.
    """

    def __init__(self, system: System) -> None:
        self._system = system

    def index(self, request: Request) -> dict[str, Any]:
        """Index ``files`` with ``scratch`` to write in, and search once to warm up."""
        files = [Path(file) for file in request["files"]]
        start = time.perf_counter()
        items = self._system.index(files, Path(request["scratch"]))
        seconds = time.perf_counter() - start
        self._system.search(_WARM_UP, TOP_K)
        return {"seconds": seconds, "items": items}

    def search(self, request: Request) -> dict[str, Any]:
        """Search for each of ``questions``; return the milliseconds and the items of each."""
        milliseconds, found = [], []
        for question in request["questions"]:
            start = time.perf_counter()
            items = self._system.search(question, TOP_K)
            milliseconds.append((time.perf_counter() - start) * 1000)
            found.append([[item.document, item.text] for item in items])
        return {"ms": milliseconds, "found": found}


def main() -> None:
    """Serve requests from standard input until it is closed."""
    # Whatever a library prints goes to standard error: standard output is for replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    name, models_dir, threads = sys.argv[1:]
    worker = Worker(SYSTEMS[name].make(Resources(Path(models_dir), int(threads))))
    actions: dict[str, Callable[[Request], dict[str, Any]]] = {
        "index": worker.index,
        "search": worker.search,
        "wait": lambda _request: {},
    }
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(actions[request["do"]](request)), file=replies, flush=True)


if __name__ == "__main__":
    main()

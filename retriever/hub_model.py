"""Loading any sentence-transformers model, by folder or by name on the hub."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

HUB_SECONDS: Final = 10.0
"""How long the hub may take to say that a model exists."""
HUB_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+")


def quieten(threads: int) -> None:
    """Set what PyTorch and the hub's libraries read once, on import; the operator's own stays.

    Args:
        threads: cores that PyTorch uses from here on, in the whole process.
    """
    for name, value in (
        ("OMP_WAIT_POLICY", "passive"),  # spinning threads starve a loaded server
        ("TOKENIZERS_PARALLELISM", "false"),  # threads and forks together print warnings
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
    ):
        os.environ.setdefault(name, value)
    import torch
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(threads)


def load_errors() -> tuple[type[Exception], ...]:
    """Return what the libraries raise where a model is missing, damaged or of another kind."""
    # The HTTP library behind the hub client changed twice; this name stayed.
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]
    from safetensors import SafetensorError

    return OSError, ValueError, ImportError, RuntimeError, HTTPError, SafetensorError


def load_model(name: str, load: Callable[..., Any]) -> tuple[Any, str | None]:
    """Load from a folder, else from the hub's cache, so that a restart needs no network.

    Args:
        name: folder or hub name.
        load: a class of sentence-transformers.

    Returns:
        The model and its revision on the hub; None for a folder.

    Raises:
        Exception: one of ``load_errors``.
    """
    from huggingface_hub import HfApi, snapshot_download

    folder = Path(name).expanduser()
    if folder.is_dir():
        return load(str(folder), local_files_only=True), None
    if HUB_NAME.fullmatch(name) is None:
        raise FileNotFoundError(f"그런 폴더가 없습니다: {name}")
    try:
        cached = Path(snapshot_download(name, local_files_only=True))
        return load(str(cached), local_files_only=True), cached.name
    except (OSError, ValueError):
        pass  # not there, or only in part
    # One question with a time limit: the libraries' own retries take over a minute to give up.
    revision = HfApi().model_info(name, timeout=HUB_SECONDS).sha or "main"
    return load(name, revision=revision), revision

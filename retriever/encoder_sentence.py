"""Any sentence-transformers model, by folder or by name on the hub."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ingest.errors import OperatorError
from retriever.encoder_base import (
    DIGEST_LENGTH,
    EncoderFingerprint,
    bounded_threads,
    clean_text,
)
from retriever.model_folder import WEIGHTS, read_manifest, sha256_of

BATCH: Final = 32
CHUNK: Final = 256
"""Passages between two reports of progress."""
DEFAULT_MAX_TOKENS: Final = 512
"""Where a model names no limit."""
WEIGHT_SUFFIXES: Final = (".safetensors", ".bin", ".pt")
HUB_SECONDS: Final = 10.0
"""How long the hub may take to say that a model exists."""
HUB_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+")
E5_NAME: Final = re.compile(r"(?:^|[-_])e5(?:[-_]|$)", re.IGNORECASE)
E5_PROMPTS: Final = ("query: ", "passage: ")
E5_INSTRUCT_PROMPTS: Final = (
    "Instruct: Given a question, retrieve passages that answer it\nQuery: ",
    "",
)


class SentenceTransformerEncoder:
    """Embeds with a sentence-transformers model on PyTorch."""

    def __init__(self, model: str | Path, *, threads: int | None = None) -> None:
        """Load a model; code that comes with a model is never run.

        Args:
            model: a folder, or a name on the hub such as ``BAAI/bge-m3``.
            threads: cores to use; all that the process may use when not given.

        Raises:
            OperatorError: ``model_unavailable`` when there is no such folder, the hub cannot be
                reached or what is there is no such model.
        """
        name = str(model)
        self._lock = threading.Lock()
        self._model, revision = _load(name, bounded_threads(threads))
        query_prompt, passage_prompt = choose_prompts(name, self._model.prompts)
        manifest = read_manifest(Path(name))
        self._fingerprint = EncoderFingerprint(
            model=f"{manifest.model} ({manifest.source}, 4비트)" if manifest else name,
            dimension=int(self._model.get_embedding_dimension()),
            query_prompt=query_prompt,
            passage_prompt=passage_prompt,
            max_tokens=int(self._model.max_seq_length or DEFAULT_MAX_TOKENS),
            weights=revision,
        )

    @property
    def fingerprint(self) -> EncoderFingerprint:
        """Identity of the model, its prompts and its weights."""
        return self._fingerprint

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions; see ``Encoder.encode_queries``."""
        return self._encode(texts, self._fingerprint.query_prompt)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages; see ``Encoder.encode_passages``."""
        vectors = np.empty((len(texts), self._fingerprint.dimension), dtype=np.float32)
        # Longest first, so that each chunk holds texts of like length and pads little.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(order), CHUNK):
            rows = order[start : start + CHUNK]
            chunk = [texts[row] for row in rows]
            vectors[rows] = self._encode(chunk, self._fingerprint.passage_prompt)
            if progress is not None:
                progress(start + len(rows))
        return vectors

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self._fingerprint.dimension), dtype=np.float32)
        cleaned = [clean_text(text, self._fingerprint.max_tokens) for text in texts]
        with self._lock:
            found = self._model.encode(
                cleaned,
                prompt=prompt,
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(found, dtype=np.float32)


def choose_prompts(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """Choose what goes before questions and passages.

    Args:
        name: the model's name or folder.
        prompts: prompts of the model's own configuration, by name.

    Returns:
        Query prompt and passage prompt: the model's own, else those of the E5 family where the
        name tells it, else none.
    """
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if query or passage:
        return query, passage
    last = name.rstrip("/").rsplit("/", 1)[-1]
    if E5_NAME.search(last) is None:
        return "", ""
    return E5_INSTRUCT_PROMPTS if "instruct" in last.lower() else E5_PROMPTS


def _load(name: str, threads: int) -> tuple[Any, str]:
    """Load a model; return it with the short hash of its weights or its hub revision."""
    _quieten()
    import torch

    # The HTTP library behind the hub client changed twice; this name stayed.
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(threads)
    folder = Path(name).expanduser()
    try:
        if folder.is_dir():
            model = SentenceTransformer(str(folder), device=None, local_files_only=True)
            return model, _weights_digest(folder)
        if HUB_NAME.fullmatch(name) is None:
            raise FileNotFoundError(name)
        return _load_from_hub(name)
    except (OSError, ValueError, ImportError, RuntimeError, HTTPError) as error:
        raise unavailable(name, error) from error


def _load_from_hub(name: str) -> tuple[Any, str]:
    """Prefer what is already in the hub's cache, so that a restart needs no network."""
    from huggingface_hub import HfApi, snapshot_download
    from sentence_transformers import SentenceTransformer

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
        return SentenceTransformer(str(folder), local_files_only=True), folder.name
    except (OSError, ValueError):
        pass  # not there, or only in part
    # One question with a time limit: the libraries' own retries take over a minute to give up.
    revision = HfApi().model_info(name, timeout=HUB_SECONDS).sha or "main"
    return SentenceTransformer(name, revision=revision), revision


def unavailable(name: str, error: Exception) -> OperatorError:
    """Say that a model cannot be had, and what to do."""
    first_line = str(error).strip().split("\n", 1)[0]
    return OperatorError(
        "model_unavailable",
        f"임베딩 모델 '{name}'을(를) 불러올 수 없습니다: {first_line}",
        "이름과 네트워크를 확인하거나, 모델을 내려받아 둔 폴더를 GEUNGEO_EMBEDDING_MODEL에 "
        "적으세요. 비워 두면 패키지에 든 기본 모델을 씁니다.",
    )


def _weights_digest(folder: Path) -> str:
    manifest = read_manifest(folder)
    if manifest is not None:
        return manifest.files[WEIGHTS].sha256[:DIGEST_LENGTH]
    files = sorted(path for path in folder.rglob("*") if path.suffix in WEIGHT_SUFFIXES)
    joined = "".join(f"{path.relative_to(folder)}{sha256_of(path)}" for path in files)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:DIGEST_LENGTH]


def _quieten() -> None:
    """Set what the libraries read once, on import; what the operator set stays."""
    for name, value in (
        ("OMP_WAIT_POLICY", "passive"),  # spinning threads starve a loaded server
        ("TOKENIZERS_PARALLELISM", "false"),  # threads and forks together print warnings
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
    ):
        os.environ.setdefault(name, value)

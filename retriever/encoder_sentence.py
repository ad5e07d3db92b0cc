"""Any sentence-transformers model, by folder or by name on the hub."""

from __future__ import annotations

import hashlib
import math
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ingest.errors import OperatorError
from retriever.encoder_base import (
    DIGEST_LENGTH,
    EncoderFingerprint,
    TokenEmbedding,
    bounded_threads,
    clean_text,
)
from retriever.hub_model import load_errors, load_model, quieten
from retriever.last_states import LATE_STATES, catch_last_states
from retriever.model_folder import WEIGHTS, read_manifest, sha256_of
from retriever.token_embedding import (
    telling_spans,
    telling_tokens,
    token_embedding,
    unit_rows,
)

BATCH: Final = 32
CHUNK: Final = 256
"""Passages between two reports of progress."""
DEFAULT_MAX_TOKENS: Final = 512
"""Where a model names no limit."""
WEIGHT_SUFFIXES: Final = (".safetensors", ".bin", ".pt")
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
        catch_last_states(self._model)
        query_prompt, passage_prompt = choose_prompts(name, self._model.prompts)
        manifest = read_manifest(Path(name))
        self._fingerprint = EncoderFingerprint(
            model=f"{manifest.model} ({manifest.source}, 4비트)" if manifest else name,
            dimension=int(self._model.get_embedding_dimension()),
            query_prompt=query_prompt,
            passage_prompt=passage_prompt,
            max_tokens=_max_tokens(self._model.max_seq_length),
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

    def embed_query(self, text: str) -> TokenEmbedding:
        """Embed one question and its tokens; see ``Encoder.embed_query``."""
        prompt = self._fingerprint.query_prompt
        found = self._embed([text], prompt)[0]
        with self._lock:
            cleaned = clean_text(text, self._fingerprint.max_tokens)
            spans = _query_spans(self._model, prompt + cleaned, len(prompt))
        return replace(found, spans=spans) if len(spans) == len(found.tokens) else found

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """Embed passages and their tokens; see ``Encoder.embed_passages``."""
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        embedded: dict[int, TokenEmbedding] = {}
        # Batch by batch, since the library holds every padded token of what it is given.
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            found = self._embed([texts[row] for row in rows], self._fingerprint.passage_prompt)
            embedded.update(zip(rows, found, strict=True))
        return [embedded[row] for row in range(len(texts))]

    def _embed(self, texts: Sequence[str], prompt: str) -> list[TokenEmbedding]:
        cleaned = [clean_text(text, self._fingerprint.max_tokens) for text in texts]
        with self._lock:
            rows = self._model.encode(
                cleaned,
                prompt=prompt,
                batch_size=BATCH,
                output_value=None,
                show_progress_bar=False,
            )
            kept = _kept_tokens(self._model, [prompt + text for text in cleaned], len(prompt))
        return [_embedding(*pair) for pair in zip(rows, kept, strict=True)]

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


def _max_tokens(limit: float | None) -> int:
    """Read a model's limit; static models name infinity."""
    return int(limit) if limit and math.isfinite(limit) else DEFAULT_MAX_TOKENS


def _kept_tokens(
    model: Any, texts: Sequence[str], prompt_length: int
) -> list[tuple[list[int], list[int]]]:
    """Return each text's token ids and the places kept; none where no places can be told."""
    tokenizer: Any = getattr(model, "tokenizer", None)
    if not getattr(tokenizer, "is_fast", False):
        return [([], [])] * len(texts)
    found = tokenizer(
        list(texts),
        truncation=True,
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    listed = zip(
        texts,
        found["input_ids"],
        found["offset_mapping"],
        found["special_tokens_mask"],
        strict=True,
    )
    return [
        (ids, telling_tokens(text, prompt_length, spans, special))
        for text, ids, spans, special in listed
    ]


def _query_spans(model: Any, text: str, prompt_length: int) -> tuple[tuple[int, int], ...]:
    """Return where a question's tokens stand; nothing where that cannot be told."""
    tokenizer: Any = getattr(model, "tokenizer", None)
    if not getattr(tokenizer, "is_fast", False):
        return ()
    found = tokenizer(
        text, truncation=True, return_offsets_mapping=True, return_special_tokens_mask=True
    )
    return telling_spans(text, prompt_length, found["offset_mapping"], found["special_tokens_mask"])


def _embedding(row: Mapping[str, Any], kept: tuple[list[int], list[int]]) -> TokenEmbedding:
    """Join what the library found for one text with the places kept.

    There are no tokens where the model has no states for them, they are of another dimension
    than the vector, or the model read other tokens than ours (a chat template, for example).
    """
    vector = unit_rows(_numbers(row["sentence_embedding"])[np.newaxis])[0]
    nothing = TokenEmbedding(vector, np.empty((0, len(vector)), dtype=np.float32))
    if not {"token_embeddings", "attention_mask", "input_ids"} <= row.keys():
        return nothing
    read = row["attention_mask"].bool()
    states = row.get(LATE_STATES, row["token_embeddings"])
    ids, places = kept
    if states.shape != (len(read), len(vector)) or row["input_ids"][read].tolist() != ids:
        return nothing
    return token_embedding(vector, _numbers(states[read]), places)


def _numbers(tensor: Any) -> NDArray[np.float32]:
    found: NDArray[np.float32] = tensor.float().cpu().numpy()
    return found


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
    quieten(threads)
    from sentence_transformers import SentenceTransformer

    try:
        model, revision = load_model(name, SentenceTransformer)
        return model, revision or _weights_digest(Path(name).expanduser())
    except load_errors() as error:
        raise unavailable(name, error) from error


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

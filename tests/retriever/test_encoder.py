import dataclasses
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import OperatorError
from retriever import encoder as encoder_module
from retriever.encoder import (
    Encoder,
    EncoderFingerprint,
    OpenVinoEncoder,
    SentenceTransformerEncoder,
    load_encoder,
)
from retriever.encoder_base import MOST_THREADS, bounded_threads, clean_text
from retriever.encoder_openvino import token_batches
from retriever.encoder_sentence import choose_prompts
from retriever.packaged_model import packaged_model_folder

REPOSITORY = Path(__file__).resolve().parents[2]
ODD_TEXTS = [
    "",
    " ",
    "\n\t\u3000",
    "\ufdfa",
    "\ufdfa" * 5000,
    "\ud800 홀로 선 대리 문자 \udfff",
    "\0\0",
    "끝\0",
    "😀👨‍👩‍👧‍👦🇰🇷",
    "ㅋㅋㅋㅎㅎ ㅠㅠ",
    "</s><s><mask><pad>",
    "가" * 1_000_000,
    " " * 1_000_000 + "뒤에 있는 글",
    "\u0301" * 3000,
    "\U0010ffff\ufeff\u202e",
]
FINGERPRINT = EncoderFingerprint("이름", 384, "query: ", "passage: ", 512, "abc123")


# Vectors


def test_vectors_are_unit_rows_in_order(encoder: OpenVinoEncoder) -> None:
    texts = ["짧은 글", "긴 글 " * 100, "중간 길이의 글입니다 " * 5]

    together = encoder.encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])

    assert together.shape == (3, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert np.sum(together * alone, axis=1).min() > 0.999


def test_no_texts_give_no_rows(encoder: OpenVinoEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_question_finds_its_passage(encoder: OpenVinoEncoder) -> None:
    passages = encoder.encode_passages(
        [
            "정부는 반도체 산업에 26조 원을 지원하기로 했다.",
            "차세대 염기서열 분석으로 유전체를 한 달 안에 해독한다.",
            "청년 고용률이 두 달 연속 하락하였다.",
        ]
    )
    questions = encoder.encode_queries(
        ["반도체에 얼마를 지원하나요?", "NGS로 유전체 분석에 걸리는 시간은?", "젊은 층 일자리 상황"]
    )

    assert np.argmax(questions @ passages.T, axis=1).tolist() == [0, 1, 2]


def test_questions_and_passages_have_prompts_of_their_own(encoder: OpenVinoEncoder) -> None:
    question, passage = encoder.encode_queries(["예산"])[0], encoder.encode_passages(["예산"])[0]

    assert question @ passage < 0.999


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_any_text_gives_a_finite_unit_vector(encoder: OpenVinoEncoder, text: str) -> None:
    vector = encoder.encode_queries([text])[0]

    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


@given(st.text(st.characters(), max_size=50))
def test_no_string_is_refused(encoder: OpenVinoEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode_queries([text])).all()


def test_text_beyond_the_limit_is_cut_off(encoder: OpenVinoEncoder) -> None:
    text = "인공지능 산업의 현황과 전망 " * 200

    long, longer = encoder.encode_passages([text, text + "전혀 다른 뒷부분" * 50])

    assert long @ longer > 0.9999


def test_progress_counts_the_passages_done(encoder: OpenVinoEncoder) -> None:
    seen: list[int] = []

    encoder.encode_passages(["글 " * length for length in range(1, 60)], progress=seen.append)

    assert seen == sorted(seen)
    assert len(seen) > 1
    assert seen[-1] == 59


def test_sixteen_threads_get_what_one_gets(encoder: OpenVinoEncoder) -> None:
    texts = [f"{number}번째 질문은 {'조금 더 ' * (number % 7)}깁니다" for number in range(200)]
    one_by_one = [encoder.encode_queries([text])[0] for text in texts]

    with ThreadPoolExecutor(16) as pool:
        at_once = list(pool.map(lambda text: encoder.encode_queries([text])[0], texts))

    assert np.array_equal(np.array(one_by_one), np.array(at_once))


# What the fast path leaves out

QUIET = """
import sys
from pathlib import Path
from retriever.encoder import load_encoder
load_encoder(None, Path(sys.argv[1])).encode_queries(["질문"])
heavy = {"torch", "transformers", "sentence_transformers", "openvino_telemetry.main"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_fast_path_is_light_and_silent_and_reports_to_nobody(
    encoder: OpenVinoEncoder, models_dir: Path, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET, models_dir],
        cwd=REPOSITORY,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert ended.stdout == "[]\n"
    assert ended.stderr == ""
    assert list(tmp_path.iterdir()) == [], "telemetry writes an identifier into the home folder"


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


# Any sentence-transformers folder


def write_tiny_model(folder: Path, *, prompts: dict[str, str], seed: int = 0) -> Path:
    """A sentence-transformers model of a few kilobytes."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.manual_seed(seed)
    words = ["[PAD]", "[UNK]", "[CLS]", "질문", "글", "예산"]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A", special_tokens=[("[CLS]", 2)]
    )
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=32,
    )
    base = folder / "base"
    BertModel(config).save_pretrained(base)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=32
    ).save_pretrained(base)
    modules = [Transformer(str(base), max_seq_length=32), Pooling(8, "mean")]
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def test_a_plain_folder_loads_with_the_prompts_of_its_configuration(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path, prompts={"query": "질문 ", "document": "글 "})

    loaded = load_encoder(str(folder), tmp_path)

    assert isinstance(loaded, SentenceTransformerEncoder)
    assert loaded.fingerprint.query_prompt == "질문 "
    assert loaded.fingerprint.passage_prompt == "글 "
    assert (loaded.fingerprint.dimension, loaded.fingerprint.max_tokens) == (8, 32)
    assert np.allclose(loaded.encode_queries(["예산"]), loaded.encode_passages(["예산"])) is False


def test_other_weights_are_another_identity(tmp_path: Path) -> None:
    first = SentenceTransformerEncoder(write_tiny_model(tmp_path / "1", prompts={}, seed=1))
    again = SentenceTransformerEncoder(write_tiny_model(tmp_path / "2", prompts={}, seed=1))
    other = SentenceTransformerEncoder(write_tiny_model(tmp_path / "3", prompts={}, seed=2))

    assert first.fingerprint.digest() == again.fingerprint.digest()
    assert first.fingerprint.differences(other.fingerprint) == ("weights",)


def test_the_slow_encoder_keeps_the_same_promises(tmp_path: Path) -> None:
    slow = SentenceTransformerEncoder(write_tiny_model(tmp_path, prompts={}), threads=1)
    texts = ["질문", "글 예산 " * 40, "", "\ud800", "예산"] * 60
    seen: list[int] = []

    vectors = slow.encode_passages(texts, progress=seen.append)

    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.allclose(vectors[:5], vectors[-5:], atol=1e-5)
    assert seen == [256, 300]
    assert slow.encode_queries([]).shape == slow.encode_passages([]).shape == (0, 8)


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("BAAI/bge-m3", {}, ("", "")),
        ("nlpai-lab/KURE-v1", {"query": "", "document": ""}, ("", "")),
        ("intfloat/multilingual-e5-large", {}, ("query: ", "passage: ")),
        ("dragonkue/multilingual-e5-small-ko", {}, ("query: ", "passage: ")),
        ("/models/e5-base/", {}, ("query: ", "passage: ")),
        ("someone/base5-model", {}, ("", "")),
        ("x/e5-small", {"query": "Q: ", "document": "D: "}, ("Q: ", "D: ")),
        ("x/y", {"query": "Q: ", "passage": "P: ", "document": "D: "}, ("Q: ", "P: ")),
    ],
)
def test_prompts_come_from_the_configuration_or_the_family(
    name: str, prompts: dict[str, str | None], expected: tuple[str, str]
) -> None:
    assert choose_prompts(name, prompts) == expected


def test_the_instruct_models_of_the_family_instruct_on_the_question_only() -> None:
    query, passage = choose_prompts("intfloat/multilingual-e5-large-instruct", {})

    assert query.startswith("Instruct: ")
    assert query.endswith("\nQuery: ")
    assert passage == ""


# Small parts


@given(st.lists(st.integers(1, 512), max_size=60))
def test_batches_hold_every_text_once_within_the_budget(lengths: list[int]) -> None:
    batches = list(token_batches(lengths, 512))

    assert sorted(row for rows in batches for row in rows) == list(range(len(lengths)))
    for rows in batches:
        assert len(rows) * max(lengths[row] for row in rows) <= 512


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

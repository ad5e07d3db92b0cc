"""The service against its own OpenAPI description: what it says of itself is what it does."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance

from api.app import create_app
from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import Running, serving

_EXAMPLES = 5
_TOO_STRICT = [
    # Text that says nothing is valid by its type, and refused as a question all the same.
    positive_data_acceptance,
    # The path of reindexing could be that of a document too.
    allow_header_conformance,
]

_SETTINGS = Settings(data_dir=Path("nowhere"))
DESCRIPTION = schemathesis.openapi.from_dict(create_app(Service(_SETTINGS), _SETTINGS).openapi())


@pytest.fixture(scope="module")
def own_server(
    built: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Iterator[Running]:
    """A server whose documents may be added to and removed."""
    folder = tmp_path_factory.mktemp("contract")
    shutil.copytree(built, folder, symlinks=True, dirs_exist_ok=True)
    yield from serving(Service(Settings(data_dir=folder), encoder=encoder, analyzer=analyzer))


@DESCRIPTION.parametrize()
@settings(
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_description_is_kept(case: Any, own_server: Running) -> None:
    case.call_and_validate(base_url=str(own_server.client.base_url), excluded_checks=_TOO_STRICT)

"""Imports go downwards only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("ingest", "retriever", "api.answer", "api", "eval")
MAY_IMPORT = {
    "ingest": set[str](),
    "retriever": {"ingest"},
    "api.answer": {"ingest", "retriever"},
    "api": {"ingest", "retriever", "api.answer"},
    "eval": {"ingest", "retriever", "api.answer"},
}
# The answering layer is used without HTTP, and the two below it without anything of the service.
SERVICE_LIBRARIES = {"fastapi", "starlette", "uvicorn", "typer", "sse_starlette", "rich"}


def layer_of(module: str) -> str | None:
    """Return the innermost of our layers that a module belongs to."""
    found = [layer for layer in LAYERS if module == layer or module.startswith(f"{layer}.")]
    return max(found, key=len, default=None)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: 상대 import"
            assert node.module is not None
            # ``from api import answer`` names a module, ``from api.app import create_app`` a value.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def source_files() -> list[Path]:
    packages = ("ingest", "retriever", "api", "eval")
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", source_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_downwards(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    own = layer_of(module)
    assert own is not None
    for name in imports_of(path):
        other = layer_of(name)
        assert other in {None, own} | MAY_IMPORT[own], f"{module}이(가) {name}을(를) 가져옴"
        if own in {"ingest", "retriever", "api.answer"}:
            assert name.partition(".")[0] not in SERVICE_LIBRARIES, f"{module}: {name}"


def test_a_module_belongs_to_the_innermost_layer() -> None:
    assert layer_of("api.answer.records") == "api.answer"
    assert layer_of("api.answering") == "api"
    assert layer_of("apis") is None

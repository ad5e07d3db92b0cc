"""The documentation names every setting, command, option, route and error code, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from api import schemas
from api.app import create_app
from api.cli import app as cli
from api.service import Service
from api.settings import Settings, variable_names
from api.settings_table import with_table

ROOT = Path(__file__).resolve().parents[1]
SETTING = re.compile(r"GEUNGEO_[A-Z_]+")
# Raised below and passed on as they are; what else the lower layers raise stops a command only.
PASSED_ON = {"no_index", "index_unreadable", "index_outdated", "model_mismatch"}


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", {})
    if not children:
        yield name, command
    for child, inner in children.items():
        yield from commands(inner, f"{name} {child}")


def error_codes(*folders: str) -> set[str]:
    """Return the code of every error that the sources of some packages make."""
    codes = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_error(node.func) and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        codes.add(first.value)
    return codes


def _is_error(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in {
        "InputError",
        "NotFoundError",
        "ConflictError",
        "ForbiddenError",
        "UnauthorizedError",
        "RateLimitedError",
        "RetryLaterError",
        "OperatorError",
    }


def test_every_setting_is_documented_and_exists() -> None:
    text = doc("configuration.md")
    rows = re.findall(r"^\| `(GEUNGEO_[A-Z_]+)` \|", text, re.MULTILINE)
    assert tuple(rows) == variable_names()
    for name in ("configuration.md", "cli.md", "http.md"):
        assert set(SETTING.findall(doc(name))) - {"GEUNGEO_"} <= set(variable_names())


def test_the_table_of_settings_is_made_from_them() -> None:
    page = doc("configuration.md")
    renew = "python -m api.settings_table docs/configuration.md"
    assert page == with_table(page), f"설정이 바뀌었습니다. 다시 만드세요: {renew}"


def test_every_command_is_documented_and_exists() -> None:
    named = re.findall(r"^## `(geungeo(?: [a-z][a-z-]*)*)[^`]*`", doc("cli.md"), re.MULTILINE)
    known = dict(commands(typer.main.get_command(cli), "geungeo"))
    assert set(named) - {"geungeo"} == set(known)
    assert len(named) == len(set(named))


def test_every_option_is_documented_and_exists() -> None:
    sections = re.split(r"^## `", doc("cli.md"), flags=re.MULTILINE)[1:]
    known = dict(commands(typer.main.get_command(cli), "geungeo"))
    for section in sections:
        name = re.match(r"geungeo(?: [a-z][a-z-]*)*", section)
        assert name is not None
        if name.group() == "geungeo":
            continue
        options = {option for p in known[name.group()].params for option in p.opts}
        flags = {option for option in options if option.startswith("--")}
        assert set(re.findall(r"--[a-z][a-z-]*", section)) == flags, name.group()


def test_every_route_is_documented_and_exists() -> None:
    named = set(re.findall(r"^## `([A-Z]+ /\S*)`$", doc("http.md"), re.MULTILINE))
    application = create_app(Service(Settings()), Settings())
    known = {
        f"{method.upper()} {path}"
        for path, methods in application.openapi()["paths"].items()
        for method in methods
    }
    assert named == known | {"GET /docs"}


def test_every_field_of_a_question_and_its_answer_is_documented() -> None:
    section = doc("http.md").partition("## `POST /v1/ask`")[2].partition("\n## ")[0]
    rows = set(re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE))
    fields = set(schemas.AskRequest.model_fields) | set(schemas.AskResponse.model_fields)
    assert rows == fields | {"token", "citation", "done", "error"}


def test_every_error_code_is_documented_and_exists() -> None:
    rows = re.findall(r"^\| (\d{3}) \| `([a-z_]+)` \|", doc("http.md"), re.MULTILINE)
    named = {code for _, code in rows}
    made_below = error_codes("ingest", "retriever", "api")
    translated = set(
        re.findall(r'"([a-z]+_[a-z_]+)"', (ROOT / "api" / "http_errors.py").read_text("utf-8"))
    ) - {"error_code", "request_id", "json_invalid"}
    assert translated <= named
    assert named >= PASSED_ON
    assert named <= made_below | translated

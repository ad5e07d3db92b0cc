"""The guides in docs: settings, commands, links and names that exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from api.cli import app as cli
from api.settings import variable_names
from tests.test_deploy import parsed_options

ROOT = Path(__file__).resolve().parents[1]
SETTING = re.compile(r"GEUNGEO_[A-Z_]+")
PAGES = ("quick-start", "kakao", "open-webui", "langchain", "widget", "deployment", "security")


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def commands_in(markdown: str) -> Iterator[list[str]]:
    """Yield what follows ``geungeo`` in each command line of the shell blocks of a page."""
    for block in re.findall(r"^```sh\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.partition(" > ")[0], comments=True)
            places = [n for n, word in enumerate(words) if Path(word).name == "geungeo"]
            known = typer.main.get_command(cli).commands  # type: ignore[attr-defined]
            for place in places:
                if place + 1 < len(words) and words[place + 1] in known:
                    yield words[place + 1 :]


@pytest.mark.parametrize("name", PAGES)
def test_every_setting_of_a_page_exists(name: str) -> None:
    assert set(SETTING.findall(page(name))) - {"GEUNGEO_"} <= set(variable_names())


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_is_one(name: str) -> None:
    for command in commands_in(page(name)):
        assert parsed_options(command) is not None


def test_the_pages_show_commands() -> None:
    shown = [command[0] for name in PAGES for command in commands_in(page(name))]
    assert set(shown) >= {"ask", "backup", "chat", "doctor", "ingest", "keys", "serve"}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page(name)):
        path, _, heading = target.partition("#")
        place = ROOT / "docs" / (path or f"{name}.md")
        assert place.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", place.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {title.replace(" ", "-").lower() for title in titles}, target


@pytest.mark.parametrize("name", [name for name in PAGES if name != "security"])
def test_a_page_says_what_to_do_when_it_does_not_work(name: str) -> None:
    section = page(name).partition("\n## 잘 안 될 때\n")[2]
    assert section.count("\n|") > 3


def test_the_widget_page_names_the_attributes_that_the_script_reads() -> None:
    script = (ROOT / "api" / "widget" / "widget.js").read_text(encoding="utf-8")
    read = set(re.findall(r"script\.dataset\.([a-z]+)", script))
    assert set(re.findall(r"^\| `data-([a-z]+)`", page("widget"), re.MULTILINE)) == read


def test_the_metrics_of_the_page_exist() -> None:
    source = (ROOT / "api" / "metrics.py").read_text(encoding="utf-8")
    for name in re.findall(r"geungeo_[a-z_]+", page("deployment").partition("PromQL")[2]):
        base = re.sub(r"_(total|bucket)$", "", name)
        assert f'"{base}"' in source, name


def test_both_readmes_link_every_page() -> None:
    for readme in ("README.md", "README.ko.md"):
        content = (ROOT / readme).read_text(encoding="utf-8")
        assert [name for name in PAGES if f"(docs/{name}.md)" not in content] == []

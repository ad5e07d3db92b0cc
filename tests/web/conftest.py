"""A real Chromium over a real server."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import REPORTS, analyzer, clean_environment, serving

__all__ = ["analyzer", "clean_environment"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Markup that would run, and characters that take two units of UTF-16 before what is quoted.
HOSTILE = """# 🧬🧪 유전자 <img src=x onerror="window.broken=1"> 보고서

## 1. 시료 <script>window.broken=1</script>
- 🧬🧬 남극 시료 보관고의 온도는 <img src=x onerror="window.broken=1"> 영하 80도로 유지됨
- 시료는 모두 5,400점이며 🧪 극지연구소가 해마다 점검함
"""
NARROW = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1280, height=860)
NewPage = Callable[..., Page]


@dataclass
class Watched:
    """What went wrong on the pages of a test."""

    origin: str
    errors: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def watch(self, page: Page) -> None:
        page.on("console", lambda m: self._add(m.text, m.location["url"], m.type == "error"))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._check_origin)

    def _add(self, text: str, url: str, is_error: bool) -> None:
        if is_error and not any(part in url for part in self.expected):
            self.errors.append(f"{text} ({url})")

    def _check_origin(self, request: Request) -> None:
        if not request.url.startswith(self.origin):
            self.errors.append(f"밖으로 나간 요청: {request.url}")


def chromium_path() -> str | None:
    """Return the browser that the system has, or None."""
    named = os.environ.get("GEUNGEO_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


# Not for the session: while it is open, no other test could start an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("Chromium이 없습니다. 설치하거나 GEUNGEO_CHROMIUM에 실행 파일을 적어 주세요.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def origin(
    tmp_path_factory: pytest.TempPathFactory,
    models_dir: Path,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Iterator[str]:
    """Address of a server whose documents the tests put back as they were."""
    folder = tmp_path_factory.mktemp("web")
    reports = folder / "reports"
    reports.mkdir()
    for name, text in {**REPORTS, "유전자.md": HOSTILE}.items():
        (reports / name).write_text(text, encoding="utf-8")
    (folder / "models").symlink_to(models_dir)
    service = Service(Settings(data_dir=folder), encoder=encoder, analyzer=analyzer)
    service.changes.ingest([reports])
    server = serving(service)
    yield str(next(server).client.base_url).rstrip("/")
    next(server, None)


@pytest.fixture
def watched(origin: str) -> Iterator[Watched]:
    """Fails the test where a page logs an error or asks another server."""
    watched = Watched(origin)
    yield watched
    assert watched.errors == []


@pytest.fixture
def new_page(browser: Browser, origin: str, watched: Watched) -> Iterator[NewPage]:
    """Open a page at an address of the server, in a browser without any past."""
    contexts: list[BrowserContext] = []

    def open_page(path: str = "/", *, narrow: bool = False, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=origin,
            locale="ko-KR",
            viewport=NARROW if narrow else WIDE,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        watched.watch(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()

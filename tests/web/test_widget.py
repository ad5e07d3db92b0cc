"""The chat button on a page of another site, in a real Chromium."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import built, reports, serving
from tests.web.conftest import NARROW, WIDE

__all__ = ["built", "reports"]

KEY = "widget-key-of-the-tests"
# A page that allows scripts of its own and the service's alone, and styles of nobody.
POLICY = "default-src 'none'; script-src {server}; connect-src {server}; img-src data:"
PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>남의 페이지</title>
<link rel="icon" href="data:,"></head><body><main><h1>남의 페이지</h1></main>
<script src="{server}/widget.js" data-key="{key}" data-title="보고서 도우미"></script>
</body></html>"""


class OtherSite:
    """A site that is not ours."""

    def __init__(self) -> None:
        self.server = ""
        self.key = KEY
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = PAGE.format(server=site.server, key=site.key).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", POLICY.format(server=site.server))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.http.server_address[1]}"


@pytest.fixture(scope="module")
def site(
    built: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Iterator[OtherSite]:
    other = OtherSite()
    thread = threading.Thread(target=other.http.serve_forever)
    thread.start()
    folder = tmp_path_factory.mktemp("widget") / "data"
    shutil.copytree(built, folder, symlinks=True)
    settings = Settings.model_validate(
        {"data_dir": folder, "api_keys": f"ask:{KEY}", "allowed_origins": other.origin}
    )
    running = serving(Service(settings, encoder=encoder, analyzer=analyzer))
    other.server = str(next(running).client.base_url).rstrip("/")
    yield other
    other.http.shutdown()
    thread.join()
    other.http.server_close()
    next(running, None)


@pytest.fixture
def page(browser: Browser, site: OtherSite) -> Iterator[Page]:
    site.key = KEY
    context = browser.new_context(viewport=WIDE, locale="ko-KR")
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    wrong: list[str] = []
    opened.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request",
        lambda r: None if r.url.startswith((site.origin, site.server)) else wrong.append(r.url),
    )
    opened.goto(site.origin)
    yield opened
    context.close()
    assert wrong == []


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="질문").fill(question)
    page.get_by_role("textbox", name="질문").press("Enter")


def test_a_visitor_asks_and_sees_the_source(page: Page) -> None:
    page.get_by_role("button", name="보고서 도우미").click()
    dialog = page.get_by_role("dialog", name="보고서 도우미")
    expect(page.get_by_role("textbox", name="질문")).to_be_focused()
    ask(page, "산불 피해 지역에 설치한 사방댐은 몇 개인가요?")
    expect(dialog).to_contain_text("88개")
    dialog.get_by_text("[1] 산림 복원 보고서").click()
    expect(dialog.locator("blockquote").first).to_contain_text("사방댐 88개를 설치함")
    violations = Axe().run(page).response["violations"]
    serious = [v["id"] for v in violations if v["impact"] in {"serious", "critical"}]
    assert serious == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="보고서 도우미")).to_be_focused()


def test_it_fills_a_phone(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="보고서 도우미").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (NARROW["width"], NARROW["height"])


def test_an_error_is_told_in_korean(browser: Browser, site: OtherSite) -> None:
    site.key = "wrong"
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(site.origin)
    page.get_by_role("button", name="보고서 도우미").click()
    ask(page, "사방댐은 몇 개인가요?")
    expect(page.get_by_role("dialog")).to_contain_text("쓸 수 없는 API 키입니다")
    context.close()

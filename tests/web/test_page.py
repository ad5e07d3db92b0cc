"""A scripted user on the page."""

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Locator, Page, Request, Route, expect

from tests.web.conftest import NARROW, NewPage, Watched

QUESTION = "조류 경보는 몇 회 발령되었나요?"
FACT = "조류 경보는 모두 17회 발령되었으며 대부분 8월에 집중됨"
FOREIGN = "달 기지의 우주비행사는 몇 명인가요?"
GENES = '남극 시료 보관고의 온도는 <img src=x onerror="window.broken=1"> 몇 도인가요?'
SERIOUS = {"serious", "critical"}


def ask(page: Page, question: str) -> Locator:
    page.get_by_label("질문", exact=True).fill(question)
    page.keyboard.press("Enter")
    return answered(page)


def answered(page: Page) -> Locator:
    answer = page.locator(".exchange").last.locator(".answer")
    expect(answer).to_have_attribute("aria-busy", "false")
    return answer


def serious_findings(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in SERIOUS]


@pytest.mark.parametrize("narrow", [False, True], ids=["desktop", "phone"])
def test_a_reader_follows_an_answer_to_its_sentence(new_page: NewPage, narrow: bool) -> None:
    page = new_page(narrow=narrow)
    expect(page.locator(".document-chip")).to_have_count(4)
    answer = ask(page, QUESTION)
    expect(answer.locator(".answer-text")).to_contain_text("17회")
    marker = answer.get_by_role("button", name="근거 1 보기").first
    marker.click()
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", name="근거 1")).to_be_focused()
    expect(panel.locator("mark")).to_have_text(FACT)
    expect(panel.locator(".heading-path").first).to_contain_text("현황")
    panel.get_by_text("뒤 단락").click()
    expect(panel.locator(".neighbour[open] .passage")).to_contain_text("하수처리장 세 곳")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(marker).to_be_focused()
    marker.click()
    panel.get_by_role("link", name="문서에서 보기").click()
    expect(page).to_have_url(re.compile(r"/documents/doc_\w+#at=\d+-\d+$"))
    expect(page.locator("#view-document mark")).to_have_text(FACT)
    expect(page.locator("#view-document mark")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_have_text("한강 수질 보고서")
    if narrow:
        return  # the outline is folded away there
    page.get_by_role("navigation", name="차례").get_by_role("button", name="2. 대책").click()
    expect(page.get_by_role("heading", name="2. 대책")).to_be_focused()


@pytest.mark.parametrize("narrow", [False, True], ids=["desktop", "phone"])
def test_a_follow_up_takes_the_conversation_along(new_page: NewPage, narrow: bool) -> None:
    page = new_page(narrow=narrow)
    sent: list[Any] = []

    def keep(request: Request) -> None:
        if request.url.endswith("/v1/ask"):
            sent.append(request.post_data_json)

    page.on("request", keep)
    ask(page, QUESTION)
    ask(page, "그 대책은 무엇인가요?")
    assert sent[1]["stream"] is True
    assert [turn["role"] for turn in sent[1]["history"]] == ["user", "assistant"]
    assert sent[1]["history"][0]["content"] == QUESTION
    assert "17회" in sent[1]["history"][1]["content"]
    page.get_by_role("button", name="새 대화").click()
    expect(page.locator(".exchange")).to_have_count(0)
    ask(page, QUESTION)
    assert sent[2]["history"] == []


def test_the_last_question_is_edited(new_page: NewPage) -> None:
    page = new_page()
    ask(page, "조류 경보?")
    page.keyboard.press("ArrowUp")
    field = page.get_by_label("질문", exact=True)
    expect(field).to_have_value("조류 경보?")
    ask(page, QUESTION)
    expect(page.locator(".asked p")).to_have_text([QUESTION])


def test_an_input_method_sends_once_and_completes(new_page: NewPage) -> None:
    page = new_page()
    keyboard = page.context.new_cdp_session(page)
    field = page.get_by_label("질문", exact=True)
    field.focus()
    compose(keyboard, "하숯")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("하수처리장")
    press_in_composition(keyboard)
    expect(page.locator(".exchange")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "하수ㅊ"})
    expect(option).to_contain_text("하수처리장")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "term-0")
    page.keyboard.press("Enter")
    expect(field).to_have_value("하수처리장")
    page.keyboard.type("은 몇 곳을 짓나요?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Enter")
    expect(answered(page)).to_contain_text("세 곳")
    expect(page.locator(".asked p")).to_have_text(["하수처리장은 몇 곳을 짓나요?"])


def compose(keyboard: Any, text: str) -> None:
    """Hold a text that is not committed yet, as an input method does."""
    caret = {"selectionStart": len(text), "selectionEnd": len(text)}
    keyboard.send("Input.imeSetComposition", {"text": text, **caret})


def press_in_composition(keyboard: Any) -> None:
    """Press Enter the way a browser tells of it while a syllable is being made."""
    key = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    for kind in ("rawKeyDown", "keyUp"):
        keyboard.send("Input.dispatchKeyEvent", {"type": kind, **key})


def test_initials_find_terms(new_page: NewPage) -> None:
    page = new_page()
    field = page.get_by_label("질문", exact=True)
    for typed in ("강원도의 ㅅㅂㅍㅎ", "강원도의 산불 피ㅎ"):
        field.fill(typed)
        page.get_by_role("option", name="산불 피해").click()
        expect(field).to_have_value("강원도의 산불 피해")


def test_a_refusal_claims_no_evidence(new_page: NewPage) -> None:
    page = new_page()
    answer = ask(page, FOREIGN)
    expect(answer).to_have_class(re.compile("refusal"))
    expect(answer.locator(".marker")).to_have_count(0)
    expect(answer.get_by_role("region", name="근거")).to_have_count(0)
    answer = ask(page, "2019년 한강의 평균 수온은 몇 도였나요?")
    expect(answer).to_have_class(re.compile("refusal"))
    expect(answer.locator(".answer-text")).not_to_contain_text("14.2도")
    nearby = answer.get_by_role("region", name="문서에 있는 가까운 내용")
    nearby.get_by_role("button", name="14.2도").click()
    expect(page.locator("#panel").get_by_role("heading", name="가까운 내용 1")).to_be_focused()


def test_markup_in_documents_and_questions_is_text(new_page: NewPage) -> None:
    page = new_page()
    answer = ask(page, GENES)
    expect(page.locator(".asked p")).to_have_text(GENES)
    expect(answer).to_contain_text("<img src=x")
    answer.locator(".card").first.click()
    mark = page.locator("#panel mark")
    # The offsets count code points, of which some before the quote take two units.
    expect(mark).to_have_text(
        re.compile(r"^🧬🧬 남극 시료 보관고의 온도는 <img .*영하 80도로 유지됨$")
    )
    page.get_by_role("link", name="문서에서 보기").click()
    expect(page.locator("#view-document mark")).to_have_text(re.compile("^🧬🧬 남극.*유지됨$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    assert page.locator("main img, main script, #panel img").count() == 0
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("narrow", [False, True], ids=["desktop", "phone"])
def test_a_document_comes_and_goes(new_page: NewPage, watched: Watched, narrow: bool) -> None:
    page = new_page("/documents", narrow=narrow)
    report = "# 남극 기지 보고서\n\n- 세종기지의 월동 대원은 모두 18명임\n"
    page.set_input_files(
        "#files",
        [
            FilePayload(name="남극.md", mimeType="text/markdown", buffer=report.encode()),
            FilePayload(name="그림.png", mimeType="image/png", buffer=b"\x89PNG"),
        ],
    )
    upload = page.locator(".upload-job")
    expect(upload).to_contain_text("1개를 넣고 1개는 넣지 못했습니다.", timeout=30_000)
    expect(upload).to_contain_text("그림.png: 지원하지 않는 파일 형식")
    expect(page.get_by_role("link", name="남극 기지 보고서")).to_be_visible()
    page.get_by_role("link", name="질문").click()
    expect(ask(page, "세종기지의 월동 대원은 몇 명인가요?")).to_contain_text("18명")
    page.get_by_role("link", name="문서", exact=True).click()
    page.get_by_role("button", name="남극 기지 보고서 지우기").click()
    page.get_by_role("dialog").get_by_role("button", name="지우기").click()
    expect(page.get_by_role("link", name="남극 기지 보고서")).to_have_count(0)
    page.get_by_role("link", name="질문").click()
    expect(ask(page, "세종기지의 월동 대원은 몇 명인가요?")).to_have_class(re.compile("refusal"))


def test_feedback_and_copy(new_page: NewPage) -> None:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = ask(page, QUESTION)
    answer.get_by_role("button", name="출처와 함께 복사").click()
    expect(page.locator(".toast")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"[1] “{FACT}” (한강 수질 보고서 > 현황)" in copied
    answer.get_by_role("button", name="아쉬워요").click()
    answer.get_by_label("무엇이 아쉬웠는지").fill("연도가 빠졌습니다")
    with page.expect_response("**/v1/feedback") as told:
        answer.get_by_role("button", name="보내기").click()
    assert told.value.status == 201
    assert json.loads(told.value.request.post_data or "")["comment"] == "연도가 빠졌습니다"
    expect(answer.get_by_role("button", name="아쉬워요")).to_have_attribute("aria-pressed", "true")


def test_a_stopped_answer_can_be_asked_again(new_page: NewPage) -> None:
    page = new_page()
    page.route("**/v1/ask", lambda _route: None, times=1)
    page.get_by_label("질문", exact=True).fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="답 멈추기").click()
    expect(answered(page)).to_contain_text("답을 멈췄습니다.")
    page.get_by_role("button", name="다시 묻기").click()
    expect(answered(page)).to_contain_text("17회")


def test_a_busy_server_is_asked_again(new_page: NewPage, watched: Watched) -> None:
    page = new_page()
    watched.expected += ("/v1/ask",)
    page.route("**/v1/ask", lambda route: refuse(route, 503, "busy", {"Retry-After": "1"}), times=1)
    answer = ask(page, QUESTION)
    expect(answer.get_by_role("alert")).to_contain_text("busy입니다.")
    expect(answer.get_by_role("alert")).to_contain_text("요청 번호 req_1")
    page.get_by_role("button", name="다시 시도").click()
    expect(answered(page)).to_contain_text("17회")


def test_a_guarded_server_is_given_a_key(new_page: NewPage, watched: Watched) -> None:
    page = new_page()
    watched.expected += ("/v1/ask",)
    page.route("**/v1/ask", lambda route: refuse(route, 401, "key_required", {}), times=1)
    page.get_by_label("질문", exact=True).fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_label("API 키").fill("gg_secret")
    with page.expect_request("**/v1/ask") as again:
        page.get_by_role("dialog").get_by_role("button", name="확인").click()
    assert again.value.header_value("authorization") == "Bearer gg_secret"
    expect(answered(page)).to_contain_text("17회")
    assert page.evaluate("Object.values({...localStorage})") == []


def refuse(route: Route, status: int, code: str, headers: dict[str, str]) -> None:
    error = {"code": code, "message": f"{code}입니다.", "request_id": "req_1"}
    route.fulfill(status=status, headers=headers, json={"error": error})


def test_the_theme_follows_the_system_until_one_is_chosen(new_page: NewPage) -> None:
    page = new_page(dark=True)
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.get_by_role("button", name="밝은 화면으로 바꾸기").click()
    light = page.evaluate(background)
    assert light != dark
    page.reload()
    expect(page.get_by_role("button", name="어두운 화면으로 바꾸기")).to_be_visible()
    assert page.evaluate(background) == light


def test_a_phone_shows_all_without_scrolling_sideways(new_page: NewPage) -> None:
    page = new_page(narrow=True)
    answer = ask(page, GENES)
    assert sideways(page) == []
    answer.locator(".marker").first.click()
    panel = page.get_by_role("dialog", name="근거 1")
    expect(panel).to_be_in_viewport()
    assert page.locator("main").evaluate("main => main.inert")
    assert sideways(page) == []
    panel.get_by_role("link", name="문서에서 보기").click()
    expect(page.locator("#view-document mark")).to_be_in_viewport()
    assert not page.locator("main").evaluate("main => main.inert")
    assert sideways(page) == []
    page.goto("/documents")
    expect(page.locator(".document-row")).to_have_count(4)
    assert sideways(page) == []


def sideways(page: Page) -> list[str]:
    """Return what stands out over the right edge."""
    found: list[str] = page.evaluate(
        """width => [...document.querySelectorAll("body *")]
            .filter((node) => node.getBoundingClientRect().right > width + 1)
            .filter((node) => !node.closest(".table-scroll, .unseen"))
            .map((node) => node.outerHTML.slice(0, 120))""",
        NARROW["width"],
    )
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(new_page: NewPage, dark: bool) -> None:
    page = new_page(dark=dark)
    expect(page.locator(".document-chip")).to_have_count(4)
    assert serious_findings(page) == []
    ask(page, FOREIGN)
    answer = ask(page, QUESTION)
    answer.locator(".marker").first.click()
    expect(page.locator(".neighbour").first).to_be_visible()
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_label("질문", exact=True).fill("하수")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert serious_findings(page) == []
    page.goto("/documents")
    expect(page.locator(".document-row")).to_have_count(4)
    assert serious_findings(page) == []
    page.locator(".document-row a").first.click()
    expect(page.locator(".reader-text")).to_be_visible()
    assert serious_findings(page) == []


def test_a_document_that_is_not_there_is_told_of(new_page: NewPage, watched: Watched) -> None:
    watched.expected += ("/v1/documents/",)
    page = new_page("/documents/doc_0000")
    expect(page.locator("#view-document")).to_contain_text("색인에 없는 문서입니다")

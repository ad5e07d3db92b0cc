// The chat button for other pages: <script src="…/widget.js" data-key="…" async></script>
(() => {
  "use strict";

  const script = document.currentScript;
  const server = new URL(script.src).origin;
  const options = {
    key: script.dataset.key ?? "",
    title: script.dataset.title ?? "문서에 물어보기",
    greeting: script.dataset.greeting ?? "궁금한 것을 물어보세요. 문서에서 찾아 근거와 함께 답해 드립니다.",
    color: script.dataset.color ?? "#0f6b57",
  };
  const MOST_TURNS = 12;
  const IME_KEY_CODE = 229;
  const UNREACHABLE = "지금은 답할 수 없습니다. 잠시 뒤 다시 물어봐 주세요.";

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; font-family: "Pretendard", "Apple SD Gothic Neo", "Noto Sans KR",
        "Malgun Gothic", sans-serif; letter-spacing: -0.01em; }
    button { font: inherit; cursor: pointer; }
    :focus-visible { outline: 3px solid #f5b942; outline-offset: 2px; }
    .open { position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; border: 0;
        border-radius: 999px; padding: 14px 20px; font-size: 15px; font-weight: 700; color: #fff;
        background: var(--color); box-shadow: 0 6px 24px rgb(0 0 0 / 22%); }
    .panel { position: fixed; right: 20px; bottom: 84px; z-index: 2147483000; display: flex;
        flex-direction: column; width: 380px; height: min(600px, calc(100dvh - 110px));
        border: 1px solid #d9dedb; border-radius: 16px; overflow: hidden; background: #fff;
        color: #1d2421; box-shadow: 0 16px 48px rgb(0 0 0 / 24%); font-size: 15px; line-height: 1.6; }
    .panel[hidden] { display: none; }
    header { display: flex; align-items: center; justify-content: space-between; padding: 12px 16px;
        color: #fff; background: var(--color); font-weight: 700; }
    header button { border: 0; width: 32px; height: 32px; border-radius: 8px; color: inherit;
        background: transparent; font-size: 20px; line-height: 1; }
    .log { flex: 1; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 12px; }
    .asked { align-self: flex-end; max-width: 85%; padding: 8px 14px; border-radius: 14px 14px 2px 14px;
        background: #e4f0ec; overflow-wrap: anywhere; white-space: pre-wrap; }
    .answered { overflow-wrap: anywhere; white-space: pre-wrap; }
    .failed { color: #a3261c; }
    details { border: 1px solid #dfe4e1; border-radius: 10px; padding: 6px 10px; margin-top: 6px;
        font-size: 13px; white-space: normal; }
    summary { cursor: pointer; color: #35413c; }
    blockquote { margin: 6px 0 2px; padding-left: 10px; border-left: 3px solid var(--color); }
    form { display: flex; gap: 8px; padding: 12px; border-top: 1px solid #e6eae8; }
    textarea { flex: 1; resize: none; border: 1px solid #aab4af; border-radius: 10px; padding: 8px 10px;
        font: inherit; color: inherit; background: #fff; }
    form button { border: 0; border-radius: 10px; padding: 0 16px; font-weight: 700; color: #fff;
        background: var(--color); }
    form button:disabled { background: #6d7873; cursor: default; }
    @media (max-width: 480px) {
      .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
    }
    @media (prefers-color-scheme: dark) {
      .panel { background: #171c1a; color: #e8edea; border-color: #333b37; }
      .asked { background: #24443a; }
      .failed { color: #ff9d92; }
      details { border-color: #38423d; } summary { color: #bac5bf; }
      form { border-color: #2b322f; } textarea { background: #101413; border-color: #56615b; }
    }`;

  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  function mount() {
    const host = make("geungeo-widget");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    if (CSS.supports("color", options.color)) host.style.setProperty("--color", options.color);

    const log = make("div", { className: "log", role: "log", tabIndex: 0 });
    log.setAttribute("aria-live", "polite");
    log.setAttribute("aria-label", "대화");
    log.append(make("div", { className: "answered", textContent: options.greeting }));
    const field = make("textarea", { rows: 2, placeholder: "질문을 적으세요", maxLength: 2000 });
    field.setAttribute("aria-label", "질문");
    const send = make("button", { type: "submit", textContent: "묻기" });
    const form = make("form", {}, field, send);
    const close = make("button", { type: "button", textContent: "×" });
    close.setAttribute("aria-label", "닫기");
    const title = make("span", { textContent: options.title, id: "title" });
    const panel = make("div", { className: "panel", role: "dialog", id: "panel", hidden: true },
      make("header", {}, title, close), log, form);
    panel.setAttribute("aria-labelledby", "title");
    const open = make("button", { className: "open", type: "button", textContent: options.title });
    open.setAttribute("aria-expanded", "false");
    open.setAttribute("aria-controls", "panel");

    const show = (shown) => {
      panel.hidden = !shown;
      open.setAttribute("aria-expanded", String(shown));
      (shown ? field : open).focus();
    };
    open.addEventListener("click", () => show(panel.hidden));
    close.addEventListener("click", () => show(false));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") show(false);
      event.stopPropagation(); // shortcuts of the page are not meant for what is typed here
    });
    field.addEventListener("keydown", (event) => {
      // While a syllable is composed, Enter ends the syllable and not the question.
      if (event.key !== "Enter" || event.shiftKey) return;
      if (event.isComposing || event.keyCode === IME_KEY_CODE) return;
      event.preventDefault();
      form.requestSubmit();
    });

    const history = [];
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const question = field.value.trim();
      if (!question || send.disabled) return;
      field.value = "";
      send.disabled = true;
      log.append(make("div", { className: "asked", textContent: question }));
      const said = make("div", { className: "answered", textContent: "찾는 중…" });
      log.append(said);
      log.scrollTop = log.scrollHeight;
      try {
        const answer = await ask(question, history, (text) => {
          said.textContent = text;
          log.scrollTop = log.scrollHeight;
        });
        said.textContent = answer.answer;
        said.append(...answer.citations.map(source));
        history.push({ role: "user", content: question }, { role: "assistant", content: answer.answer });
        history.splice(0, history.length - MOST_TURNS);
      } catch (error) {
        said.classList.add("failed");
        said.textContent = error.korean ?? UNREACHABLE;
      } finally {
        send.disabled = false;
        log.scrollTop = log.scrollHeight;
        field.focus();
      }
    });

    root.append(panel, open);
    document.body.append(host);
  }

  function source(citation) {
    const place = [citation.title, ...citation.heading_path].join(" › ");
    const head = citation.related ? `관련 내용: ${place}` : `[${citation.marker}] ${place}`;
    return make("details", {},
      make("summary", { textContent: head }), make("blockquote", { textContent: citation.quote }));
  }

  async function ask(question, history, onText) {
    const headers = { "Content-Type": "application/json" };
    if (options.key) headers.Authorization = `Bearer ${options.key}`;
    const response = await fetch(`${server}/v1/ask`, {
      method: "POST",
      headers,
      credentials: "omit",
      body: JSON.stringify({ question, history, stream: true }),
    });
    if (!response.ok) throw await refusal(response);
    let text = "";
    for await (const { name, data } of events(response.body)) {
      if (name === "token") onText((text += data.text));
      if (name === "done") return data;
      if (name === "error") throw Object.assign(new Error(), { korean: data.error.message });
    }
    throw new Error("the stream ended early");
  }

  async function refusal(response) {
    const body = await response.json().catch(() => null);
    return Object.assign(new Error(), { korean: body?.error?.message });
  }

  async function* events(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split("\n").filter((line) => !line.startsWith(":")).map((line) => {
            const colon = line.indexOf(":");
            return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
          }),
        );
        if (fields.data) yield { name: fields.event, data: JSON.parse(fields.data) };
      }
    }
  }

  if (document.body) mount();
  else document.addEventListener("DOMContentLoaded", mount);
})();

// One question and what came back, on the page.

import { answerActions } from "./answer_actions.js";
import { answerParts, appendAnswerText } from "./answer_text.js";
import { button, el, icon } from "./dom.js";
import { evidence } from "./evidence.js";

const FALLBACKS = {
  timeout: "언어 모델이 제때 답하지 않아 문서의 문장으로 답했습니다.",
  rate_limited: "언어 모델의 사용 한도에 닿아 문서의 문장으로 답했습니다.",
  unavailable: "언어 모델에 닿지 못해 문서의 문장으로 답했습니다.",
  circuit_open: "언어 모델이 잠시 쉬고 있어 문서의 문장으로 답했습니다.",
  nothing_supported: "언어 모델의 답이 근거와 맞지 않아 문서의 문장으로 답했습니다.",
};

export class Exchange {
  /**
   * @param {string} question
   * @param {{ask: (question: string) => void, retry: () => void}} act what its buttons do.
   */
  constructor(question, act) {
    this.question = question;
    this.response = null;
    this.citations = new Map();
    this._act = act;
    this._written = "";
    this._waiting = el(
      "p",
      { class: "waiting" },
      el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
      "문서에서 근거를 찾고 있습니다",
    );
    this._text = el("p", { class: "answer-text" });
    this._answer = el(
      "div",
      { class: "answer", "aria-live": "polite", "aria-busy": "true" },
      this._waiting,
    );
    this.node = el(
      "article",
      { class: "exchange" },
      el("div", { class: "asked" }, el("h2", { class: "unseen" }, "질문"), el("p", {}, question)),
      el("div", { class: "answered" }, el("h2", { class: "unseen" }, "답"), this._answer),
    );
  }

  /** Take in one event of the stream. */
  take({ name, data }) {
    if (name === "token") this._write(data.text);
    else if (name === "citation") this.citations.set(data.marker, data);
    else if (name === "done") this._finish(data);
  }

  /** Say that it was stopped by the person. */
  stop() {
    this._end();
    this._answer.append(
      el("p", { class: "note" }, this._written ? "여기에서 멈췄습니다." : "답을 멈췄습니다."),
      this._again("다시 묻기"),
    );
  }

  /** Say what went wrong. */
  fail(error) {
    this._end();
    const wait = el("span", { class: "wait" });
    const again = this._again("다시 시도");
    this._answer.append(
      el(
        "div",
        { class: "failure", role: "alert" },
        icon("warn"),
        el(
          "div",
          {},
          el("p", {}, error.message),
          error.requestId && el("small", {}, `요청 번호 ${error.requestId}`),
        ),
      ),
      again,
    );
    if (error.retryAfter > 0) countDown(error.retryAfter, again, wait);
  }

  /** Take away the questions to ask next; later ones have come. */
  settle() {
    this._next?.remove();
  }

  _write(text) {
    this._show();
    appendAnswerText(this._text, text, this.citations);
    this._written += text;
  }

  _show() {
    if (!this._waiting.isConnected) return;
    this._waiting.replaceWith(this._text);
  }

  _end() {
    this._answer.setAttribute("aria-busy", "false");
    this._waiting.remove();
  }

  _again(label) {
    return button(
      { class: "secondary again", on: { click: this._act.retry } },
      icon("retry"),
      el("span", {}, label),
    );
  }

  _finish(response) {
    this.response = response;
    this.citations.clear();
    for (const citation of response.citations) this.citations.set(citation.marker, citation);
    this._rewrite(response);
    const isAnswer = response.answerable;
    const isRefusal = !isAnswer && response.kind !== "small_talk";
    if (isRefusal) {
      this._answer.classList.add("refusal");
      this._text.prepend(icon("search"));
    }
    const title = isAnswer ? "근거" : "문서에 있는 가까운 내용";
    this._answer.append(
      ...[notes(this.question, response), evidence(response.citations, title)].filter(Boolean),
    );
    if (response.kind !== "small_talk") this._answer.append(answerActions(this.question, response));
    this._next = suggestions(response.suggestions ?? [], "이어서 물어보기", this._act.ask);
    if (this._next) this._answer.append(this._next);
    this._end();
  }

  /** Show the whole answer: now it is known what was added, and what only stands nearby. */
  _rewrite(response) {
    this._show();
    const parts = answerParts(response);
    const whole = parts.map((part) => part.text).join("");
    if (this._written === whole && !parts.some((part) => part.added.length)) return;
    this._text.replaceChildren();
    for (const { text, added } of parts) appendAnswerText(this._text, text, this.citations, added);
    this._written = whole;
  }
}

function notes(question, response) {
  const lines = [];
  const meant = response.rewritten_question;
  if (meant && meant !== question) {
    lines.push(`질문을 이렇게 이해했습니다: ‘${meant}’.`);
  }
  if (response.fallback_reason) {
    lines.push(FALLBACKS[response.fallback_reason] ?? "문서의 문장으로 답했습니다.");
  }
  if (response.dropped_sentences > 0) {
    lines.push(`근거가 확인되지 않은 문장 ${response.dropped_sentences}개를 뺐습니다.`);
  }
  if (response.sentences.some((sentence) => sentence.added?.length)) {
    lines.push("점선을 그은 말은 제목에서 가져와 덧붙인 것입니다.");
  }
  return lines.length ? el("p", { class: "note" }, lines.join(" ")) : null;
}

/**
 * Show questions as buttons.
 *
 * @param {string[]} questions
 * @param {string} title
 * @param {(question: string) => void} ask
 */
export function suggestions(questions, title, ask) {
  if (!questions.length) return null;
  return el(
    "section",
    { class: "suggestions", "aria-label": title },
    el("h3", {}, title),
    el(
      "ul",
      {},
      questions.map((question) =>
        el(
          "li",
          {},
          button(
            { class: "suggestion", on: { click: () => ask(question) } },
            el("span", {}, question),
            icon("arrow"),
          ),
        ),
      ),
    ),
  );
}

const SECOND_MS = 1000;

function countDown(seconds, again, wait) {
  let left = seconds;
  again.disabled = true;
  again.after(wait);
  const tick = () => {
    wait.textContent = left > 0 ? `${left}초 뒤에 다시 보낼 수 있습니다` : "";
    again.disabled = left > 0;
    left -= 1;
    if (left >= 0) setTimeout(tick, SECOND_MS);
  };
  tick();
}

// What one can do with an answer: copy it with its sources, and say whether it helped.

import { fetchJson } from "./api.js";
import { button, el, icon, toast } from "./dom.js";
import { oneLine } from "./evidence.js";

const MOST_COMMENT_CHARS = 1000;
const LEAST_SECONDS = 0.1;
// What the server takes.
const MOST_CITATIONS = 20;
const MOST_QUOTE_CHARS = 4000;

let forms = 0;

/**
 * Return the buttons under an answer.
 *
 * @param {string} question
 * @param {object} response of `/v1/ask`.
 */
export function answerActions(question, response) {
  const place = el("div", { class: "feedback-form" });
  const rate = (rating) => rated(question, response, rating, place, buttons);
  const buttons = [
    action("up", "도움이 됐어요", () => rate("up")),
    action("down", "아쉬워요", () => rate("down")),
  ];
  const row = el(
    "div",
    { class: "actions" },
    action("copy", "출처와 함께 복사", () => copy(withSources(response))),
    buttons,
    el("span", { class: "made-by" }, madeBy(response)),
  );
  return el("div", { class: "answer-foot" }, row, place);
}

function action(name, label, act) {
  return button(
    { class: "icon-button small", "aria-label": label, title: label, on: { click: act } },
    icon(name),
  );
}

function madeBy(response) {
  if (!response.answerable) return "";
  const how = response.model === "extractive" ? "문서의 문장으로 답함" : response.model;
  const total = response.timings_ms?.total;
  return total ? `${how} · ${Math.max(total / 1000, LEAST_SECONDS).toFixed(1)}초` : how;
}

/** An answer as plain text, its sources below it. */
export function withSources(response) {
  const sources = response.citations.map((citation) => {
    const place = [citation.title, ...citation.heading_path.slice(0, 2)].join(" > ");
    return `[${citation.marker}] “${oneLine(citation.quote)}” (${place})`;
  });
  const title = response.answerable ? "출처" : "가까운 내용의 출처";
  return sources.length ? `${response.answer}\n\n${title}\n${sources.join("\n")}` : response.answer;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("출처와 함께 복사했습니다.");
  } catch {
    toast(
      copiedByHand(text)
        ? "출처와 함께 복사했습니다."
        : "복사하지 못했습니다. 글을 끌어서 복사해 주세요.",
    );
  }
}

/** The clipboard of a page without TLS can only be written to through a selection. */
function copiedByHand(text) {
  const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

async function rated(question, response, rating, place, buttons) {
  const chosen = buttons[rating === "up" ? 0 : 1];
  const tell = (comment) => sendFeedback(question, response, rating, comment);
  if (!(await tell(""))) return;
  for (const one of buttons) one.setAttribute("aria-pressed", String(one === chosen));
  if (rating === "up") {
    place.replaceChildren();
    toast("의견을 남겼습니다. 고맙습니다.");
    return;
  }
  place.replaceChildren(commentForm(tell, place));
  place.querySelector("textarea").focus();
}

function commentForm(tell, place) {
  const id = `comment-${(forms += 1)}`;
  const area = el("textarea", {
    id,
    rows: "2",
    maxlength: MOST_COMMENT_CHARS,
    placeholder: "예: 다른 연도의 값입니다",
  });
  const form = el(
    "form",
    {},
    el("label", { for: id }, "무엇이 아쉬웠는지 알려 주시면 답을 고치는 데 씁니다."),
    area,
    el(
      "div",
      { class: "dialog-actions" },
      button({ class: "quiet", on: { click: () => place.replaceChildren() } }, "닫기"),
      el("button", { class: "primary" }, "보내기"),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (area.value.trim() && (await tell(area.value.trim())))
      toast("의견을 남겼습니다. 고맙습니다.");
    place.replaceChildren();
  });
  return form;
}

async function sendFeedback(question, response, rating, comment) {
  const citations = response.citations
    .slice(0, MOST_CITATIONS)
    .map(({ document_id, quote }) => ({ document_id, quote: quote.slice(0, MOST_QUOTE_CHARS) }));
  const { request_id, answer } = response;
  const json = { request_id, rating, comment: comment || null, question, answer, citations };
  try {
    await fetchJson("/v1/feedback", { method: "POST", json });
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

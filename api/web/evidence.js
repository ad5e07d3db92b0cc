// Cards of what an answer rests on, or of what stands near a question without an answer.

import { button, el } from "./dom.js";
import { openPanel } from "./panel.js";

const SEEN_AT_FIRST = 3;

/**
 * Show citations as cards.
 *
 * @param {object[]} citations
 * @param {string} title
 */
export function evidence(citations, title) {
  if (!citations.length) return null;
  const cards = citations.map((citation, i) => card(citation, citations, i));
  const list = el("ul", { class: "cards" }, cards);
  const box = el(
    "section",
    { class: "evidence", "aria-label": title },
    el("h3", {}, `${title} `, el("span", {}, String(citations.length))),
    list,
  );
  const hidden = cards.slice(SEEN_AT_FIRST);
  if (hidden.length) {
    for (const one of hidden) one.hidden = true;
    const more = button({ class: "more" }, `${hidden.length}개 더 보기`);
    more.addEventListener("click", () => {
      for (const one of hidden) one.hidden = false;
      more.remove();
      hidden[0].querySelector("button").focus();
    });
    box.append(more);
  }
  return box;
}

function card(citation, citations, at) {
  const open = button(
    { class: "card" },
    el("span", { class: "card-number", "aria-hidden": "true" }, String(citation.marker)),
    el(
      "span",
      { class: "card-text" },
      el("span", { class: "card-quote" }, oneLine(citation.quote)),
      el(
        "span",
        { class: "card-source" },
        [citation.title, lastHeading(citation)].filter(Boolean).join(" › "),
      ),
    ),
  );
  open.addEventListener("click", () => openPanel(citations, at, open));
  return el("li", {}, open);
}

/** A quote on one line, the bars of a table's row as dots. */
export function oneLine(quote) {
  return quote
    .replace(/^\s*\|\s*|\s*\|\s*$/g, "")
    .replace(/\s*\|\s*/g, " · ")
    .replace(/\s+/g, " ");
}

const lastHeading = (citation) => citation.heading_path[1] ?? citation.heading_path[0];

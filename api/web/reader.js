// A document's page: its outline, and its words with a quote marked.

import { button, el, icon, scrollBehaviour } from "./dom.js";
import { documentOf } from "./held_documents.js";
import { passageView } from "./passage.js";

const AT = /^#at=(\d+)-(\d+)$/;
const DEEPEST_HEADING = 6;
const FIRST_HEADING = 2;

/**
 * Show a document.
 *
 * @param {HTMLElement} view
 * @param {string} id
 * @param {string} hash `#at=start-end`, in code points of the document's text.
 */
export async function showReader(view, id, hash) {
  view.replaceChildren(el("p", { class: "loading", role: "status" }, "문서를 여는 중입니다"));
  let found;
  try {
    found = await documentOf(id);
  } catch (error) {
    view.replaceChildren(
      el("h1", { tabindex: "-1" }, "문서를 열지 못했습니다"),
      el("p", { class: "notice" }, error.message),
      el("a", { class: "secondary", href: "/documents", "data-route": true }, "문서 목록으로"),
    );
    return "문서를 열지 못했습니다";
  }
  const quote = quoteOf(hash);
  view.replaceChildren(head(found.document), columns(found, quote));
  reveal(view, quote);
  return found.document.title;
}

function quoteOf(hash) {
  const found = AT.exec(hash);
  return found && { start: Number(found[1]), end: Number(found[2]) };
}

function head(document) {
  const facts = [
    ["발행", document.publisher],
    ["발행일", document.published],
    ["원문", document.original_title],
    ["파일", document.source],
  ].filter(([, value]) => value);
  return el(
    "header",
    { class: "reader-head" },
    el("a", { class: "back", href: "/documents", "data-route": true }, icon("left"), "문서 목록"),
    el("h1", { tabindex: "-1" }, document.title),
    el(
      "dl",
      {},
      facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
    ),
    document.replaced_by &&
      el("p", { class: "notice" }, "이 문서는 원문이 함께 있어, 답은 원문에서 찾습니다."),
  );
}

function columns(found, quote) {
  const parts = el("div", { class: "reader-text" });
  const anchors = new Map();
  for (const part of inOrder(found)) parts.append(partView(part, quote, anchors));
  return el("div", { class: "reader-columns" }, outline(found.outline, anchors), parts);
}

/** Headings and passages in reading order; a heading inside of a passage is shown there. */
function inOrder({ outline: headings, passages }) {
  const outside = headings.filter(
    (h) => !passages.some((p) => p.start <= h.start && h.start < p.end),
  );
  const parts = [
    ...outside.map((heading) => ({ heading, start: heading.start })),
    ...passages.map((passage) => ({ passage, start: passage.start, headings })),
  ];
  return parts.sort((one, other) => one.start - other.start);
}

function partView({ heading, passage, headings }, quote, anchors) {
  if (heading) {
    const level = Math.min(heading.level + FIRST_HEADING, DEEPEST_HEADING);
    const node = el(
      `h${level}`,
      { tabindex: "-1" },
      heading.marker ? `${heading.marker} ` : "",
      heading.text,
    );
    anchors.set(heading, node);
    return node;
  }
  const node = el("section", {
    class: "reader-passage",
    tabindex: "-1",
    "aria-label": passage.heading_path.at(-1) ?? "본문",
  });
  node.append(passageView(passage.text, quote && within(passage, quote)));
  for (const inner of headings) {
    if (passage.start <= inner.start && inner.start < passage.end) anchors.set(inner, node);
  }
  return node;
}

/** The part of a quote that lies in a passage, in code points of the passage. */
function within(passage, quote) {
  const start = Math.max(quote.start, passage.start) - passage.start;
  const end = Math.min(quote.end, passage.end) - passage.start;
  return end > start ? { start, end } : null;
}

function outline(headings, anchors) {
  if (!headings.length) return null;
  const wide = matchMedia("(min-width: 901px)").matches;
  const items = headings.map((heading) => {
    const label = heading.marker ? `${heading.marker} ${heading.text}` : heading.text;
    const go = () => goTo(anchors.get(heading));
    return el(
      "li",
      { class: `outline-${Math.min(heading.level, 3)}` },
      button({ on: { click: go } }, label),
    );
  });
  return el(
    "nav",
    { class: "outline", "aria-label": "차례" },
    el("details", { open: wide }, el("summary", {}, "차례"), el("ul", {}, items)),
  );
}

function goTo(node) {
  if (!node) return;
  node.scrollIntoView({ block: "start", behavior: scrollBehaviour() });
  node.focus({ preventScroll: true });
}

function reveal(view, quote) {
  const mark = quote && view.querySelector("mark");
  if (!mark) {
    scrollTo({ top: 0, behavior: "instant" });
    return;
  }
  mark.id = "quote";
  mark.tabIndex = -1;
  mark.scrollIntoView({ block: "center", behavior: "instant" });
  mark.focus({ preventScroll: true });
}

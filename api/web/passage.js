// The words of a report as they stand, with marked parts.

import { unitsOf } from "./code_points.js";
import { el } from "./dom.js";

const LIST_MARK =
  /^(?:[□■◆◇○●◦▪▶※*·•‣∙⋅ㆍ-]|[①-⑳]|[㉮-㉻]|\(?[가-하0-9]{1,2}[.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\.)\s+/;
const TABLE_RULE = /^\s*\|?[\s:|-]+\|?\s*$/;
const SPACES_A_LEVEL = 2;
const DEEPEST = 4;

/**
 * Show a passage.
 *
 * @param {string} text the passage.
 * @param {{start: number, end: number}|null} quote what to mark, in code points of `text`.
 * @returns {HTMLElement}
 */
export function passageView(text, quote) {
  const marked = quote && { start: unitsOf(text, quote.start), end: unitsOf(text, quote.end) };
  const view = el("div", { class: "passage" });
  const lines = linesOf(text);
  while (lines.length) {
    if (isTableRow(lines[0])) {
      const end = lines.findIndex((line) => !isTableRow(line));
      view.append(table(lines.splice(0, end < 0 ? lines.length : end), marked));
    } else {
      const line = lines.shift();
      if (line.text.trim()) view.append(paragraph(line, marked));
    }
  }
  return view;
}

function linesOf(text) {
  let start = 0;
  return text.split("\n").map((line) => {
    const found = { text: line, start };
    start += line.length + 1;
    return found;
  });
}

const isTableRow = (line) => line.text.trimStart().startsWith("|");

function paragraph({ text, start }, marked) {
  const words = text.trimStart();
  const indent = text.length - words.length;
  const level = Math.min(Math.floor(indent / SPACES_A_LEVEL), DEEPEST);
  const mark = LIST_MARK.exec(words)?.[0] ?? "";
  const line = el("p", { class: mark ? `line item level-${level}` : `line level-${level}` });
  if (mark) line.append(el("span", { class: "list-mark" }, mark.trimEnd()));
  const body = el("span", { class: "line-text" });
  appendMarked(body, words.slice(mark.length), start + indent + mark.length, marked);
  line.append(body);
  return line;
}

function table(lines, marked) {
  const hasHead = lines.length > 1 && TABLE_RULE.test(lines[1].text);
  const rows = lines.filter((line) => !TABLE_RULE.test(line.text));
  const body = el("tbody");
  const grid = el("table", {}, body);
  rows.forEach((line, i) => {
    const isHead = hasHead && i === 0;
    const row = el("tr");
    for (const cell of cellsOf(line)) {
      const box = el(isHead ? "th" : "td", isHead ? { scope: "col" } : {});
      appendMarked(box, cell.text, cell.start, marked);
      row.append(box);
    }
    if (isHead) grid.prepend(el("thead", {}, row));
    else body.append(row);
  });
  return el(
    "div",
    { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "표" },
    grid,
  );
}

function cellsOf({ text, start }) {
  const cells = [];
  let at = text.indexOf("|") + 1;
  while (at < text.length) {
    const bar = text.indexOf("|", at);
    const end = bar < 0 ? text.length : bar;
    const raw = text.slice(at, end);
    const words = raw.trim();
    if (words || bar >= 0) {
      cells.push({ text: words, start: start + at + (raw.length - raw.trimStart().length) });
    }
    at = end + 1;
  }
  return cells;
}

/** Append text that starts at `offset` of its passage, with what is marked of it in <mark>. */
function appendMarked(parent, text, offset, marked) {
  const from = marked ? Math.max(marked.start - offset, 0) : 0;
  const to = marked ? Math.min(marked.end - offset, text.length) : 0;
  if (to <= from) {
    parent.append(text);
    return;
  }
  parent.append(text.slice(0, from), el("mark", {}, text.slice(from, to)), text.slice(to));
}

/** Show the headings above a passage, outermost first. */
export function headingPath(headings) {
  if (!headings.length) return null;
  return el(
    "ol",
    { class: "heading-path", "aria-label": "위의 제목" },
    headings.map((heading) => el("li", {}, heading)),
  );
}

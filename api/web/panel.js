// The side panel (a sheet on a phone) that shows what an answer rests on.

import { button, el, icon } from "./dom.js";
import { documentOf, documentPath } from "./held_documents.js";
import { headingPath, passageView } from "./passage.js";

const NARROW = matchMedia("(max-width: 900px)");

let opener = null;
let shown = { citations: [], at: 0 };

const panel = () => document.getElementById("panel");
const behind = () => ["top", "main", "foot"].map((id) => document.getElementById(id));

/**
 * Open the panel at one of an answer's citations.
 *
 * @param {object[]} citations
 * @param {number} at place among them.
 * @param {HTMLElement} from gets the focus back when the panel is closed.
 */
export function openPanel(citations, at, from) {
  shown = { citations, at };
  opener = from;
  panel().hidden = false;
  document.body.classList.add("with-panel");
  cover();
  show();
  panel().querySelector("#panel-title").focus();
}

/** Close the panel and give the focus back. */
export function closePanel({ giveBack = true } = {}) {
  if (panel().hidden) return;
  panel().hidden = true;
  document.body.classList.remove("with-panel");
  cover();
  for (const marker of document.querySelectorAll(".marker[aria-expanded=true]")) {
    marker.setAttribute("aria-expanded", "false");
  }
  if (giveBack && opener?.isConnected) opener.focus();
}

/** Wire what closes the panel. */
export function installPanel() {
  NARROW.addEventListener("change", cover);
  document.getElementById("backdrop").addEventListener("click", () => closePanel());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || panel().hidden) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    closePanel();
  });
}

/** On a phone the sheet covers the page, which then is out of reach. */
function cover() {
  const covers = NARROW.matches && !panel().hidden;
  document.getElementById("backdrop").hidden = !covers;
  for (const part of behind()) part.inert = covers;
  panel().setAttribute("role", covers ? "dialog" : "complementary");
  if (covers) panel().setAttribute("aria-modal", "true");
  else panel().removeAttribute("aria-modal");
}

function show() {
  const { citations, at } = shown;
  const citation = citations[at];
  const quote = { start: citation.start, end: citation.end };
  const here = { start: citation.document_start, end: citation.document_end };
  const before = el("div", { class: "neighbour-place" });
  const after = el("div", { class: "neighbour-place" });
  panel().replaceChildren(
    head(citation, citations, at),
    el("p", { class: "panel-source" }, icon("file"), el("span", {}, citation.title)),
    el(
      "div",
      { class: "panel-body", tabindex: "0", role: "group", "aria-label": "근거 내용" },
      headingPath(citation.heading_path),
      before,
      el("div", { class: "quoted" }, passageView(citation.passage, quote)),
      after,
    ),
    el(
      "div",
      { class: "panel-foot" },
      el(
        "a",
        { class: "secondary", href: documentPath(citation.document_id, here), "data-route": true },
        "문서에서 보기",
        icon("arrow"),
      ),
    ),
  );
  panel().querySelector("mark")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  showNeighbours(citation, before, after);
  expandMarkers(citation);
}

function head(citation, citations, at) {
  const name = citation.related ? "가까운 내용" : "근거";
  return el(
    "div",
    { class: "panel-head" },
    el(
      "h2",
      { id: "panel-title", tabindex: "-1" },
      `${name} ${citation.marker}`,
      citations.length > 1 && el("small", {}, `${at + 1} / ${citations.length}`),
    ),
    citations.length > 1 && step("left", "이전 근거", at - 1),
    citations.length > 1 && step("right", "다음 근거", at + 1),
    button(
      {
        class: "icon-button",
        "aria-label": "근거 닫기",
        title: "닫기 (Esc)",
        on: { click: () => closePanel() },
      },
      icon("close"),
    ),
  );
}

function step(name, label, to) {
  const go = () => {
    shown.at = to;
    show();
    const again = panel().querySelector(`[aria-label="${label}"]:not([disabled])`);
    (again ?? panel().querySelector("#panel-title")).focus();
  };
  const disabled = to < 0 || to >= shown.citations.length;
  return button(
    { class: "icon-button", "aria-label": label, title: label, disabled, on: { click: go } },
    icon(name),
  );
}

function expandMarkers(citation) {
  for (const marker of document.querySelectorAll(".marker")) {
    const isShown =
      marker.dataset.passage === citation.passage_id && marker.dataset.at === `${citation.start}`;
    if (marker.hasAttribute("aria-expanded")) marker.setAttribute("aria-expanded", String(isShown));
  }
}

async function showNeighbours(citation, before, after) {
  let found;
  try {
    found = await documentOf(citation.document_id);
  } catch {
    return; // The passage itself is here; what surrounds it is an extra.
  }
  const place = found.passages.findIndex((passage) => passage.id === citation.passage_id);
  if (place < 0 || !before.isConnected) return;
  fillNeighbour(before, "앞 단락", found.passages[place - 1]);
  fillNeighbour(after, "뒤 단락", found.passages[place + 1]);
}

function fillNeighbour(place, name, passage) {
  if (!passage) return;
  place.append(
    el(
      "details",
      { class: "neighbour" },
      el("summary", {}, el("b", {}, name), el("span", {}, passage.text.trim().split("\n")[0])),
      headingPath(passage.heading_path.slice(-1)),
      passageView(passage.text, null),
    ),
  );
}

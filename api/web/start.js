// What stands where nothing has been asked yet: the documents there are, and what one may ask.

import { fetchJson } from "./api.js";
import { el, icon } from "./dom.js";
import { suggestions } from "./exchange.js";
import { documentPath, listDocuments } from "./held_documents.js";

const MOST_DOCUMENTS = 4;
const MOST_QUESTIONS = 4;

/**
 * Return the empty state.
 *
 * @param {(question: string) => void} ask
 */
export function startView(ask) {
  const documents = el("div", { class: "start-documents" });
  const questions = el("div", { class: "start-questions" });
  fillDocuments(documents);
  fillQuestions(questions, ask);
  return el(
    "div",
    { class: "start" },
    el("h1", {}, "보고서에 물어보세요"),
    el(
      "p",
      { class: "lead" },
      "답마다 근거가 된 문장을 원문 그대로 보여 드립니다. 문서에 없는 내용은 지어내지 않고 없다고 말씀드립니다.",
    ),
    questions,
    documents,
  );
}

async function fillDocuments(place) {
  let found;
  try {
    found = await listDocuments({ quiet: true });
  } catch (error) {
    place.append(el("p", { class: "notice" }, error.message));
    return;
  }
  if (!found.length) {
    place.append(
      el(
        "p",
        { class: "notice" },
        "아직 문서가 없습니다. ",
        el("a", { href: "/documents", "data-route": true }, "문서를 올려 주세요."),
      ),
    );
    return;
  }
  place.append(
    el("h2", {}, `지금 답할 수 있는 문서 ${found.length}건`),
    el("ul", { class: "document-chips" }, found.slice(0, MOST_DOCUMENTS).map(chip)),
  );
  if (found.length > MOST_DOCUMENTS) {
    place.append(
      el(
        "a",
        { class: "all", href: "/documents", "data-route": true },
        `문서 ${found.length}건 모두 보기`,
      ),
    );
  }
}

function chip(document) {
  return el(
    "li",
    {},
    el(
      "a",
      { class: "document-chip", href: documentPath(document.id), "data-route": true },
      icon("file"),
      el("span", {}, el("b", {}, document.title), el("small", {}, facts(document))),
    ),
  );
}

/** A document's year and size on one line. */
export function facts(document) {
  const searched = document.replaced_by
    ? "원문이 대신 검색됩니다"
    : `단락 ${document.passages.toLocaleString("ko")}개`;
  return [document.published, searched, document.source].filter(Boolean).join(" · ");
}

async function fillQuestions(place, ask) {
  try {
    const { questions } = await fetchJson("/v1/examples", { quiet: true });
    const shown = suggestions(questions.slice(0, MOST_QUESTIONS), "이렇게 물어볼 수 있습니다", ask);
    if (shown) place.append(shown);
  } catch {
    // A server without examples: the documents say enough.
  }
}

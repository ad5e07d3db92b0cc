// An answer's text with its [n] markers as buttons.

import { button, el } from "./dom.js";
import { openPanel } from "./panel.js";

const MARKER = /\s*\[(\d{1,3})\]/g;

/**
 * Append a piece of an answer.
 *
 * @param {HTMLElement} parent
 * @param {string} text whole sentences with their markers.
 * @param {Map<number, object>} citations by marker; may be filled later.
 * @param {string[]} added words that stand in headings only.
 */
export function appendAnswerText(parent, text, citations, added = []) {
  let at = 0;
  for (const found of text.matchAll(MARKER)) {
    const words = text.slice(at, found.index);
    // A marker never begins a line: the last word goes with it.
    const last = words.search(/\S+$/);
    const kept = el("span", { class: "kept" });
    appendWords(parent, last < 0 ? words : words.slice(0, last), added);
    appendWords(kept, last < 0 ? "" : words.slice(last), added);
    kept.append(marker(Number(found[1]), citations));
    parent.append(kept);
    at = found.index + found[0].length;
  }
  appendWords(parent, text.slice(at), added);
}

/**
 * Cut an answer at its sentences, each with the words that were added to it.
 *
 * What a refusal says of facts nearby is left out: cards show them.
 *
 * @param {object} response of `/v1/ask`.
 * @returns {{text: string, added: string[]}[]}
 */
export function answerParts(response) {
  const said = response.sentences.filter((sentence) => !sentence.markers.length);
  if (response.kind === "refusal" && said.length) {
    return [{ text: said.map((sentence) => sentence.text).join("\n"), added: [] }];
  }
  const { answer } = response;
  const parts = [{ start: 0, added: [] }];
  let at = 0;
  for (const { text, added = [] } of response.sentences) {
    const start = answer.indexOf(text, at);
    if (start < 0) continue;
    parts.push({ start, added });
    at = start + text.length;
  }
  return parts.map(({ start, added }, i) => ({
    text: answer.slice(start, parts[i + 1]?.start ?? answer.length),
    added,
  }));
}

function appendWords(parent, text, added) {
  const word = added.find((one) => one && text.includes(one));
  if (!word) {
    if (text) parent.append(text);
    return;
  }
  const at = text.indexOf(word);
  const rest = added.filter((one) => one !== word);
  appendWords(parent, text.slice(0, at), rest);
  parent.append(el("span", { class: "added", title: "제목에서 가져와 덧붙인 말입니다" }, word));
  appendWords(parent, text.slice(at + word.length), rest);
}

function marker(number, citations) {
  const node = button(
    {
      class: "marker",
      "aria-label": `근거 ${number} 보기`,
      "aria-expanded": "false",
      "aria-controls": "panel",
    },
    String(number),
  );
  node.addEventListener("click", () => {
    const citation = citations.get(number);
    if (!citation) return;
    node.dataset.passage = citation.passage_id;
    node.dataset.at = String(citation.start);
    const all = [...citations.values()];
    openPanel(all, all.indexOf(citation), node);
  });
  return node;
}

// The list of documents, with what adds and removes them.

import { fetchJson } from "./api.js";
import { button, el, icon, toast } from "./dom.js";
import { documentPath, forgetDocuments, listDocuments } from "./held_documents.js";
import { jobDone } from "./jobs.js";
import { confirmed } from "./key_dialog.js";
import { facts } from "./start.js";
import { uploadArea } from "./upload.js";

/** Show the documents. */
export async function showLibrary(view) {
  const list = el("div", { class: "document-list", "aria-live": "polite" });
  const count = el("p", { class: "lead" }, "문서를 읽는 중입니다");
  const refresh = () => fill(list, count, refresh);
  view.replaceChildren(
    el("h1", { tabindex: "-1" }, "문서"),
    count,
    uploadArea(() => {
      forgetDocuments();
      refresh();
    }),
    list,
  );
  await refresh();
}

async function fill(list, count, refresh) {
  try {
    const found = await listDocuments();
    count.textContent = found.length
      ? `${found.length}건의 문서에서 답을 찾습니다.`
      : "아직 문서가 없습니다. 아래에 올려 주세요.";
    list.replaceChildren(
      el(
        "ul",
        {},
        found.map((document) => row(document, refresh)),
      ),
    );
  } catch (error) {
    count.textContent = error.message;
  }
}

function row(document, refresh) {
  const remove = button(
    { class: "icon-button", "aria-label": `${document.title} 지우기`, title: "지우기" },
    icon("trash"),
  );
  remove.addEventListener("click", () => removed(document, remove, refresh));
  return el(
    "li",
    { class: "document-row" },
    icon("file"),
    el(
      "div",
      {},
      el("a", { href: documentPath(document.id), "data-route": true }, document.title),
      el("small", {}, facts(document)),
    ),
    remove,
  );
}

async function removed(document, control, refresh) {
  const sure = await confirmed(
    "문서를 지울까요?",
    `‘${document.title}’의 내용으로는 더 이상 답하지 않습니다.`,
    "지우기",
  );
  if (!sure) return;
  control.disabled = true;
  try {
    const answer = await fetchJson(`/v1/documents/${encodeURIComponent(document.id)}`, {
      method: "DELETE",
    });
    if (answer?.job) await jobDone(answer.job.id, () => {});
    toast("문서를 지웠습니다.");
  } catch (error) {
    toast(error.message);
  }
  control.disabled = false;
  forgetDocuments();
  await refresh();
}

// Files dropped or chosen, on their way to the server and into the index.

import { authorization, errorFrom, unreachable } from "./api.js";
import { el, icon } from "./dom.js";
import { jobDone } from "./jobs.js";
import { askForKey } from "./key_dialog.js";

/**
 * Return where files are dropped, with the progress of those under way below it.
 *
 * @param {() => void} onAdded told when documents were added.
 */
export function uploadArea(onAdded) {
  const input = el("input", { type: "file", id: "files", multiple: true, class: "unseen" });
  const drop = el(
    "label",
    { class: "drop", for: "files" },
    icon("upload"),
    el(
      "span",
      {},
      el("b", {}, "파일을 끌어다 놓거나 눌러서 고르세요"),
      el(
        "small",
        {},
        "여러 개를 한꺼번에 올릴 수 있습니다. 넣지 못하는 파일은 까닭을 알려 드립니다.",
      ),
    ),
  );
  const progress = el("div", { class: "uploads", "aria-live": "polite" });
  const begin = (files) => files.length && progress.prepend(uploading([...files], onAdded));
  input.addEventListener("change", () => {
    begin(input.files);
    input.value = "";
  });
  letDrop(drop, begin);
  return el("section", { class: "upload", "aria-label": "문서 올리기" }, input, drop, progress);
}

function letDrop(drop, begin) {
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    begin(event.dataTransfer.files);
  });
}

function uploading(files, onAdded) {
  const names = files.length > 1 ? `${files[0].name} 외 ${files.length - 1}개` : files[0].name;
  const state = el("span", { class: "upload-state" }, "보내는 중");
  const bar = el("progress", { max: "1", value: "0", "aria-label": `${names} 진행` });
  const node = el("div", { class: "upload-job" }, el("b", {}, names), state, bar);
  const tell = (text, share) => {
    if (state.textContent !== text) state.textContent = text;
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
  };
  follow(files, tell)
    .then((job) => ended(node, state, bar, job))
    .catch((error) => failed(node, state, bar, error))
    .finally(onAdded);
  return node;
}

async function follow(files, tell) {
  const { job } = await sent(files, (share) =>
    tell(share < 1 ? "보내는 중" : "서버가 받는 중", share),
  );
  return jobDone(job.id, tell);
}

function ended(node, state, bar, job) {
  bar.remove();
  const refused = job.files.filter((file) => file.outcome === "failed");
  node.classList.add(refused.length ? "partly" : "done");
  state.replaceChildren(icon(refused.length ? "warn" : "check"), outcome(job.files, refused));
  for (const file of refused) {
    node.append(
      el("p", { class: "refused" }, `${file.name}: ${file.error?.message ?? "읽지 못했습니다."}`),
    );
  }
}

function outcome(files, refused) {
  if (refused.length) {
    return `${files.length - refused.length}개를 넣고 ${refused.length}개는 넣지 못했습니다.`;
  }
  const isNew = files.some((file) => file.outcome === "added");
  return isNew ? "넣었습니다. 이제 물어볼 수 있습니다." : "이미 들어 있는 문서입니다.";
}

function failed(node, state, bar, error) {
  bar.remove();
  node.classList.add("failed");
  state.replaceChildren(icon("warn"), error.message);
}

/** Send files; only an older kind of request tells how much of them is sent. */
async function sent(files, onShare) {
  for (;;) {
    const { status, body, headers } = await posted(files, onShare);
    if (status >= 200 && status < 300) return JSON.parse(body);
    const error = errorFrom(status, body, headers);
    if (!error.wantsKey || !(await askForKey(error.message))) throw error;
  }
}

function posted(files, onShare) {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/documents");
    for (const [name, value] of Object.entries(authorization()))
      request.setRequestHeader(name, value);
    request.upload.addEventListener(
      "progress",
      (event) => event.lengthComputable && onShare(event.loaded / event.total),
    );
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("load", () => {
      const headers = { get: (name) => request.getResponseHeader(name) };
      resolve({ status: request.status, body: request.responseText, headers });
    });
    request.send(form);
  });
}

// The key that a guarded server wants, asked for once and forgotten with the tab.

import { button, el } from "./dom.js";

const KEY = "geungeo.key";

/** The key given in this tab, or an empty string. */
export function storedKey() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

let asking = null;

/**
 * Ask the person for a key.
 *
 * @param {string} reason what the server said.
 * @returns {Promise<boolean>} whether one was given.
 */
export function askForKey(reason) {
  asking ??= opened(reason).finally(() => {
    asking = null;
  });
  return asking;
}

function opened(reason) {
  const input = el("input", {
    id: "key-input",
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
    "aria-describedby": "key-reason",
  });
  const cancel = button({ class: "quiet" }, "취소");
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "key-title" }, "키가 필요합니다"),
    el("p", { id: "key-reason" }, reason),
    el("label", { for: "key-input" }, "API 키"),
    input,
    el(
      "p",
      { class: "hint" },
      "키는 서버를 운영하는 사람에게 받습니다. 적은 키는 이 탭을 닫으면 지워집니다.",
    ),
    el("div", { class: "dialog-actions" }, cancel, el("button", { class: "primary" }, "확인")),
  );
  return shown(form, "key-title", cancel, () => {
    const key = input.value.trim();
    if (key) sessionStorage.setItem(KEY, key);
    return Boolean(key);
  });
}

/**
 * Ask whether to go on.
 *
 * @returns {Promise<boolean>}
 */
export function confirmed(title, text, action) {
  const cancel = button({ class: "quiet" }, "취소");
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "confirm-title" }, title),
    el("p", {}, text),
    el("div", { class: "dialog-actions" }, cancel, el("button", { class: "danger" }, action)),
  );
  return shown(form, "confirm-title", cancel, () => true);
}

function shown(form, titleId, cancel, onSubmit) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": titleId }, form);
    let result = false;
    form.addEventListener("submit", () => {
      result = onSubmit();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

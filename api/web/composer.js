// Where a question is written.

import { button, el, icon } from "./dom.js";
import { TermList, isComposing } from "./term_list.js";

const MOST_HEIGHT_PX = 180;

export class Composer {
  /**
   * @param {object} act
   * @param {(question: string) => void} act.ask
   * @param {(question: string) => void} act.replace asks the last question in other words.
   * @param {() => void} act.stop
   * @param {() => string} act.last the question asked last.
   */
  constructor(act) {
    this._act = act;
    this._busy = false;
    this._editing = false;
    this._input = el("textarea", {
      id: "question",
      rows: "1",
      placeholder: "문서에 대해 물어보세요",
      enterkeyhint: "send",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "question-keys",
    });
    this._send = button({ class: "send" });
    this._editNote = el(
      "p",
      { class: "editing", hidden: true },
      "마지막 질문을 고치는 중입니다",
      button({ class: "link", on: { click: () => this._leaveEditing() } }, "취소"),
    );
    const keys =
      "Enter로 보내고, Shift+Enter로 줄을 바꿉니다. 빈 칸에서 위 화살표를 누르면 마지막 질문을 고칩니다.";
    const box = el(
      "div",
      { class: "composer-box" },
      el("label", { class: "unseen", for: "question" }, "질문"),
      this._input,
      this._send,
    );
    this.node = el(
      "form",
      { class: "composer", "aria-label": "질문하기" },
      this._editNote,
      box,
      el("p", { class: "unseen", id: "question-keys" }, keys),
    );
    this._terms = new TermList(this._input, box, () => this._grow());
    this._listen();
    this._showState();
  }

  focus() {
    this._input.focus();
  }

  /** Show whether an answer is being made. */
  set busy(busy) {
    this._busy = busy;
    this._showState();
  }

  _listen() {
    this._input.addEventListener("input", () => {
      this._grow();
      this._showState();
    });
    this._input.addEventListener("keydown", (event) => this._onKey(event));
    this._send.addEventListener("click", () => (this._busy ? this._act.stop() : this._submit()));
    this.node.addEventListener("submit", (event) => event.preventDefault());
  }

  _onKey(event) {
    // The Enter that ends a syllable belongs to the input method.
    if (isComposing(event) || this._terms.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this._submit();
    } else if (event.key === "ArrowUp" && this._input.value === "" && this._act.last()) {
      event.preventDefault();
      this._edit(this._act.last());
    } else if (event.key === "Escape" && this._editing) {
      event.preventDefault();
      this._leaveEditing();
    }
  }

  _edit(question) {
    this._editing = true;
    this._editNote.hidden = false;
    this._write(question);
  }

  _leaveEditing() {
    this._editing = false;
    this._editNote.hidden = true;
    this._write("");
    this.focus();
  }

  _write(text) {
    this._input.value = text;
    this._input.setSelectionRange(text.length, text.length);
    this._grow();
    this._showState();
  }

  _submit() {
    const question = this._input.value.trim();
    if (!question || this._busy) return;
    const isEdited = this._editing;
    this._terms.close();
    this._leaveEditing();
    if (isEdited) this._act.replace(question);
    else this._act.ask(question);
  }

  _grow() {
    this._input.style.height = "auto";
    this._input.style.height = `${Math.min(this._input.scrollHeight, MOST_HEIGHT_PX)}px`;
  }

  _showState() {
    const label = this._busy ? "답 멈추기" : "질문 보내기";
    if (this._send.getAttribute("aria-label") !== label) {
      this._send.setAttribute("aria-label", label);
      this._send.title = label;
      this._send.replaceChildren(icon(this._busy ? "stop" : "send"));
    }
    this._send.disabled = !this._busy && !this._input.value.trim();
  }
}

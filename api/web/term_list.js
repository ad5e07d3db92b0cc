// Words of the documents that go on from what is being typed.

import { fetchJson } from "./api.js";
import { lengthInPoints, unitsOf } from "./code_points.js";
import { announce, el } from "./dom.js";

const PAUSE_MS = 120;
const MOST_TERMS = 6;
// The server completes the last words; what comes before does not matter.
const MOST_CHARS_SENT = 40;

/** Whether a key belongs to an input method that is making a syllable. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

export class TermList {
  /**
   * @param {HTMLTextAreaElement} input
   * @param {HTMLElement} place the list is put into it.
   * @param {() => void} onChosen told after a term was put into the input.
   */
  constructor(input, place, onChosen) {
    this._input = input;
    this._onChosen = onChosen;
    this._list = el("ul", {
      class: "terms",
      id: "terms",
      role: "listbox",
      "aria-label": "문서에 있는 말",
      hidden: true,
    });
    this._terms = [];
    this._before = "";
    this._active = -1;
    this._timer = 0;
    this._asked = null;
    place.append(this._list);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "terms");
    input.setAttribute("aria-haspopup", "listbox");
    input.addEventListener("input", () => this._later());
    input.addEventListener("blur", () => this.close());
  }

  /**
   * Handle a key where the list wants it.
   *
   * @returns {boolean} whether it did.
   */
  onKey(event) {
    if (this._list.hidden) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this._move(steps[event.key]);
    else if ((event.key === "Enter" || event.key === "Tab") && this._active >= 0)
      this._choose(this._active);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  close() {
    clearTimeout(this._timer);
    this._asked?.abort();
    this._list.hidden = true;
    this._active = -1;
    this._input.removeAttribute("aria-activedescendant");
  }

  _later() {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this._ask(), PAUSE_MS);
  }

  async _ask() {
    this._asked?.abort();
    const typed = this._typed();
    if (!typed.trim() || /\s$/.test(typed)) {
      this.close();
      return;
    }
    const asked = new AbortController();
    this._asked = asked;
    const query = new URLSearchParams({ prefix: typed, limit: MOST_TERMS });
    try {
      const { terms } = await fetchJson(`/v1/complete?${query}`, {
        signal: asked.signal,
        quiet: true,
      });
      if (!asked.signal.aborted && this._typed() === typed) this._show(terms);
    } catch {
      // Completion is a convenience: the question can be typed without it.
      this._list.hidden = true;
    }
  }

  /** What stands before the caret on its line. */
  _typed() {
    const before = this._input.value.slice(0, this._input.selectionStart);
    return before.slice(before.lastIndexOf("\n") + 1).slice(-MOST_CHARS_SENT);
  }

  _show(terms) {
    this._terms = terms;
    this._before = this._input.value.slice(0, this._input.selectionStart);
    this._active = -1;
    this._input.removeAttribute("aria-activedescendant");
    this._list.replaceChildren(...terms.map((term, i) => this._option(term, i)));
    this._list.hidden = terms.length === 0 || document.activeElement !== this._input;
    if (!this._list.hidden) announce(`문서에 있는 말 ${terms.length}개. 아래 화살표로 고르세요.`);
  }

  _option(term, i) {
    const option = el(
      "li",
      { role: "option", id: `term-${i}`, "aria-selected": "false" },
      el("span", {}, term.text),
      el("small", {}, `단락 ${term.count}`),
    );
    // Before the input loses its focus, and with it the list.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this._choose(i);
    });
    return option;
  }

  _move(step) {
    const count = this._terms.length;
    // One place stands for the input itself.
    this._active = ((this._active + 1 + step + count + 1) % (count + 1)) - 1;
    [...this._list.children].forEach((option, i) =>
      option.setAttribute("aria-selected", String(i === this._active)),
    );
    if (this._active < 0) this._input.removeAttribute("aria-activedescendant");
    else this._input.setAttribute("aria-activedescendant", `term-${this._active}`);
  }

  _choose(i) {
    const term = this._terms[i];
    // More may have been typed since the list was made; where the term begins holds all the same.
    const start = unitsOf(this._before, lengthInPoints(this._before) - term.typed);
    // A syllable in the making would be put in again after the term.
    this._input.blur();
    const caret = Math.max(this._input.selectionStart, start);
    this._input.setRangeText(term.text, start, caret, "end");
    this._input.focus();
    this.close();
    this._onChosen();
  }
}

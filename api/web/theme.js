// Light and dark: the system's choice until a person makes one.

import { icon } from "./dom.js";

const KEY = "geungeo.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

const current = () => document.documentElement.dataset.theme || (system.matches ? "dark" : "light");

/** Wire the button that changes the theme. */
export function installTheme(control) {
  const show = () => {
    const dark = current() === "dark";
    control.replaceChildren(icon(dark ? "sun" : "moon"));
    control.setAttribute("aria-label", dark ? "밝은 화면으로 바꾸기" : "어두운 화면으로 바꾸기");
    control.title = control.getAttribute("aria-label");
  };
  control.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Storage is off: the choice lasts as long as the page.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}

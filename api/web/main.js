// The page: which view is shown, and how its parts are wired.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { el, icon } from "./dom.js";
import { showLibrary } from "./library.js";
import { closePanel, installPanel } from "./panel.js";
import { showReader } from "./reader.js";
import { startView } from "./start.js";
import { installTheme } from "./theme.js";

const DOCUMENT = /^\/documents\/([^/]+)$/;
const NAME = "근거";
const CAN_HOVER = matchMedia("(hover: hover)");

const views = Object.fromEntries(
  ["chat", "documents", "document"].map((name) => [name, document.getElementById(`view-${name}`)]),
);
const newConversation = document.getElementById("new-conversation");
const log = el("div", { class: "log" });
const conversation = new Conversation(log, { onChange: changed });
const composer = new Composer({
  ask: (question) => conversation.ask(question),
  replace: (question) => conversation.replaceLast(question),
  stop: () => conversation.stop(),
  last: () => (conversation.isBusy ? "" : conversation.lastQuestion),
});
const start = el("div");

function changed() {
  composer.busy = conversation.isBusy;
  if (conversation.isEmpty && !start.hasChildNodes()) showStart();
  start.hidden = !conversation.isEmpty;
  newConversation.hidden = conversation.isEmpty;
}

function showStart() {
  start.replaceChildren(startView((question) => conversation.ask(question)));
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // No address of ours: the server will not know it either.
  }
}

async function show({ isFirst = false } = {}) {
  const { pathname, hash } = location;
  const id = DOCUMENT.exec(pathname)?.[1];
  const name = id ? "document" : pathname === "/documents" ? "documents" : "chat";
  for (const [other, view] of Object.entries(views)) view.hidden = other !== name;
  for (const link of document.querySelectorAll("[data-nav]")) {
    const isHere = link.dataset.nav === (name === "document" ? "documents" : name);
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  closePanel({ giveBack: false });
  document.title = NAME;
  if (name === "document") {
    document.title = `${await showReader(views.document, decoded(id), hash)} - ${NAME}`;
    if (!hash && !isFirst) views.document.querySelector("h1")?.focus();
  } else if (name === "documents") {
    document.title = `문서 - ${NAME}`;
    showLibrary(views.documents);
    if (!isFirst) views.documents.querySelector("h1").focus();
  } else {
    if (!conversation.isEmpty) conversation.reveal();
    else if (!isFirst) showStart();
    // On a phone the keyboard would cover half of the page.
    if (CAN_HOVER.matches) composer.focus();
  }
}

function follow(event) {
  const link = event.target.closest("a[data-route]");
  const isPlain =
    event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  if (!DOCUMENT.test(location.pathname)) scrollTo({ top: 0, behavior: "instant" });
  show();
}

newConversation.append(icon("plus"), el("span", {}, "새 대화"));
newConversation.addEventListener("click", () => {
  conversation.clear();
  if (location.pathname !== "/") history.pushState(null, "", "/");
  show();
});
views.chat.append(start, log, composer.node);
installTheme(document.getElementById("theme"));
installPanel();
document.addEventListener("click", follow);
addEventListener("popstate", () => show());
changed();
show({ isFirst: true });

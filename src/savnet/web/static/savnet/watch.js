// Asks by itself how the house stands, so that a page left open shows the banner too. Without it, any new page shows it.
"use strict";

const watched = document.querySelector("[data-watch]");
if (watched) {
  const EVERY = 10000;
  const AGAIN = 3000;
  const PATIENCE = 8000;
  const LOST = 2; // a single call that fails may be the reader's own line
  const lost = watched.querySelector("template");
  const told = watched.querySelector("[data-told]");
  let failed = 0;
  let next;

  // Said again only when it says something else: a screen reader reads aloud what is put in here.
  function tell(nodes) {
    const copies = nodes.map((node) => document.importNode(node, true));
    const text = copies.map((node) => node.textContent).join("");
    if (text.replace(/\s+/g, " ").trim() !== told.textContent.replace(/\s+/g, " ").trim()) told.replaceChildren(...copies);
  }

  function again(after) {
    clearTimeout(next);
    next = setTimeout(ask, after);
  }

  function noAnswer() {
    failed += 1;
    if (failed >= LOST) tell([...lost.content.children]);
    again(AGAIN);
  }

  function answered() {
    if (this.status === 401) return; // signed out: the page says that itself
    const banner = this.status === 200 && this.response?.querySelector("[data-told]");
    if (!banner) {
      noAnswer();
      return;
    }
    failed = 0;
    tell([...banner.children]);
    again(EVERY);
  }

  function ask() {
    // Not fetch: this gives a document, and no text ever becomes markup in the page.
    const call = new XMLHttpRequest();
    call.open("GET", watched.dataset.watch);
    call.responseType = "document";
    call.timeout = PATIENCE;
    call.onload = answered;
    call.onerror = call.ontimeout = noAnswer;
    call.send();
  }

  again(EVERY);
  // A page that lay behind others may have slept; whoever looks at it now is told now.
  document.addEventListener("visibilitychange", () => document.hidden || again(0));
}

// Keeps the countdowns true and the buttons single. Every page works without it.
"use strict";

const made = document.body.dataset.now;
// The device's clock may be wrong; the server's is the one that counts.
const skew = made ? Date.parse(made) - Date.now() : 0;

// The page brings the words, in the reader's language, with {} where the number goes.
function say(words, number) {
  return document.body.dataset[words].replace("{}", number);
}

function span(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  if (days) return hours ? `${say("days", days)} ${say("hours", hours)}` : say("days", days);
  if (hours) return rest ? `${say("hours", hours)} ${say("minutes", rest)}` : say("hours", hours);
  return rest ? say("minutes", rest) : say("moment");
}

function tick() {
  const now = Date.now() + skew;
  for (const shown of document.querySelectorAll("time[data-until]")) {
    const left = Date.parse(shown.dateTime) - now;
    const alone = shown.dataset.until === "left";
    const ahead = alone ? "left" : "ahead";
    shown.textContent = say(left < 0 ? "over" : ahead, span(left));
    shown.closest("[data-clock]")?.toggleAttribute("data-late", left < 0);
  }
  for (const shown of document.querySelectorAll("time[data-since]")) {
    shown.textContent = span(Math.max(0, now - Date.parse(shown.dateTime)));
  }
}

tick();
setInterval(tick, 10000);
document.addEventListener("visibilitychange", () => document.hidden || tick());

// Told as such, so that a page nobody looks at doesn't keep its session alive.
function lookAgain() {
  const address = new URL(location.href);
  address.searchParams.set("av-seg-selv", "1");
  location.replace(address);
}

// Whoever has pressed something is on her way, however long the next page takes; to look again would call her back.
let acted = -Infinity;
let leaving = false;
for (const act of ["keydown", "pointerdown", "scroll"]) {
  document.addEventListener(act, () => {
    acted = Date.now();
    leaving = false;
  }, { capture: true, passive: true });
}
window.addEventListener("beforeunload", () => { leaving = true; });

// Nobody stands on a link or in a field, has just done something, reads what lies folded, or looks elsewhere.
function nobodyIsDisturbed() {
  const at = document.activeElement;
  const resting = !at || at === document.body || at.matches("[data-focus]");
  return resting && !leaving && Date.now() - acted > 8000 && !document.hidden && !document.querySelector("details[open]");
}

// A letter waits for the worker: look again.
if (document.querySelector("[data-refresh]")) setInterval(() => nobodyIsDisturbed() && lookAgain(), 10000);

// What went wrong first; else what the last press led to, so that it is read aloud and Tab goes on from there. A page that
// was opened at a place in it stays there; and on a slow line, whoever has scrolled or stands in a field before all of the
// page had come is not thrown back.
const wrong = document.querySelector("[data-focus]:not([role=status])");
const told = wrong || (location.hash ? null : document.querySelector("[data-focus]"));
const scrolled = scrollY > 0 && !location.hash;
if (document.activeElement === document.body) told?.focus({ preventScroll: scrolled });

// A second tap on a slow night must not look like a second message; the server refuses it too.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.target.method !== "post") return;
  setTimeout(() => {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
  });
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
});

for (const copy of document.querySelectorAll("button[data-copy]")) {
  copy.removeAttribute("data-scripted");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
    copy.textContent = say("copied");
  });
}

const filter = document.querySelector("input[data-filter]");
if (filter) {
  filter.closest("[data-scripted]").removeAttribute("data-scripted");
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of document.querySelectorAll("[data-name]")) {
      row.hidden = !row.dataset.name.toLowerCase().includes(wanted);
    }
  });
}

// Paper can't be unfolded: what lies folded is printed too, and folded again.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    folded.dataset.unfolded = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const unfolded of document.querySelectorAll("details[data-unfolded]")) {
    unfolded.open = false;
    delete unfolded.dataset.unfolded;
  }
});
for (const print of document.querySelectorAll("button[data-print]")) {
  print.removeAttribute("data-scripted");
  print.addEventListener("click", () => window.print());
}

// Keeps the countdowns true and the buttons single. Every page works without it.
"use strict";

const made = document.body.dataset.now;
// The device's clock may be wrong; the server's is the one that counts.
const skew = made ? Date.parse(made) - Date.now() : 0;

function span(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  if (days) return hours ? `${days} d ${hours} t` : `${days} d`;
  if (hours) return rest ? `${hours} t ${rest} min` : `${hours} t`;
  return rest ? `${rest} min` : "under ett minutt";
}

function tick() {
  const now = Date.now() + skew;
  for (const shown of document.querySelectorAll("time[data-until]")) {
    const left = Date.parse(shown.dateTime) - now;
    const alone = shown.dataset.until === "left";
    const ahead = alone ? `${span(left)} igjen til fristen` : `om ${span(left)}`;
    shown.textContent = left < 0 ? `${span(left)} over fristen` : ahead;
    shown.closest("[data-clock]")?.toggleAttribute("data-late", left < 0);
  }
  for (const shown of document.querySelectorAll("time[data-since]")) {
    shown.textContent = span(Math.max(0, now - Date.parse(shown.dateTime)));
  }
}

tick();
setInterval(tick, 10000);
document.addEventListener("visibilitychange", () => document.hidden || tick());

// A letter waits for the worker: look again, unless the page is hidden or somebody reads what lies folded.
if (document.querySelector("[data-refresh]")) {
  setInterval(() => document.hidden || document.querySelector("details[open]") || location.reload(), 10000);
}

document.querySelector("[data-focus]")?.focus();

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
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
    copy.textContent = "Kopiert";
  });
}

const filter = document.querySelector("input[data-filter]");
if (filter) {
  filter.closest("[hidden]").hidden = false;
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of document.querySelectorAll("[data-name]")) {
      row.hidden = !row.dataset.name.toLowerCase().includes(wanted);
    }
  });
}

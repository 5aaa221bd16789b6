// Saves each tap without leaving the page. Without it, or when the line fails, the form is sent as usual.
"use strict";

const left = document.querySelector("[data-roll-left]");

async function save(form, button) {
  const sent = new FormData(form, button);
  const answer = await fetch(location.pathname, {
    method: "POST",
    body: sent,
    headers: { Accept: "application/json" },
    redirect: "error",
  });
  const told = await answer.json();
  if (told.wrong) {
    left.textContent = told.wrong;
    return;
  }
  const row = form.closest("li");
  row.querySelector("[data-said]").textContent = told.said;
  left.textContent = told.left;
  for (const one of form.querySelectorAll("button")) {
    const pressed = one.value === told.tapped;
    one.setAttribute("aria-pressed", String(pressed));
    if (pressed) delete one.dataset.variant;
    else one.dataset.variant = "secondary";
  }
}

for (const form of document.querySelectorAll("form[data-tap]")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    try {
      await save(form, button);
    } catch {
      form.removeAttribute("data-tap");
      const chosen = document.createElement("input");
      Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
      form.append(chosen);
      form.submit();
    } finally {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      // A button that was shut for a moment has let go of the keyboard: she stands where she stood.
      if (document.activeElement === document.body) button.focus();
    }
  });
}

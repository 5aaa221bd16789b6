// Passkeys, and the warning before the session ends. Without it one signs in by password and code.
"use strict";

const token = (form) => form.querySelector("input[name=csrfmiddlewaretoken]").value;
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) options[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: options };
}

function answered(credential) {
  const { response } = credential;
  const told = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) told[part] = text(response[part]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: told,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function carry(form) {
  const reply = await fetch(form.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token(form) } });
  if (!reply.ok) throw new Error(`${reply.status}`);
  const credential = await navigator.credentials[form.dataset.passkey](asked(await reply.json()));
  form.querySelector("input[name=credential]").value = JSON.stringify(answered(credential));
  form.submit();
}

function offer(form) {
  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("button");
  form.removeAttribute("data-scripted");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    carry(form).catch(() => {
      failed.hidden = false;
      // The other script has put the button to rest, for forms that really are on their way.
      setTimeout(() => {
        button.disabled = false;
        button.removeAttribute("aria-busy");
      }, 50);
    });
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential) offer(form);
  else form.hidden = true;
}

// Signed out here: on to where one must sign out too.
document.querySelector("a[data-onward]")?.click();

// The session. The server decides; the page only asks it, and tells it when somebody is really there.
const clock = document.querySelector("[data-session]");
if (clock) {
  const warning = clock.querySelector("dialog");
  const form = clock.querySelector("form");
  const WARN = 60;
  let ends = Date.now() + Number(clock.dataset.session) * 1000;
  let most = Infinity;
  let moved = 0;
  let told = Date.now();

  const left = () => (ends - Date.now()) / 1000;

  async function ask(method) {
    const reply = await fetch(form.action, { method, headers: { "X-CSRFToken": token(form) } });
    const answer = await reply.json();
    ends = Date.now() + answer.left * 1000;
    most = answer.most;
  }

  async function look() {
    if (warning.open && left() <= 0) location.reload();
    if (moved > told && Date.now() - told > 60000) {
      told = Date.now();
      await ask("POST"); // somebody writes or reads here, though nothing has been sent for a while
    } else if (left() <= WARN && !warning.open) {
      await ask("GET"); // perhaps somebody is busy in another window of the same browser
    }
    if (left() > WARN) {
      if (warning.open) warning.close();
    } else if (!warning.open) {
      warning.querySelector("[data-longer]").hidden = most <= WARN;
      warning.querySelector("[data-last]").hidden = most > WARN;
      warning.showModal();
    }
  }

  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(kind, () => (moved = Date.now()), { passive: true, capture: true });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask("POST").catch(() => form.submit());
    if (left() > WARN) warning.close();
  });
  const quiet = () => look().catch(() => undefined); // no line just now: ask again
  setInterval(quiet, 5000);
  document.addEventListener("visibilitychange", () => document.hidden || quiet());
}

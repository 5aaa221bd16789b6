// Lets this browser be told that something waits. Asked for by a button, never by itself.
"use strict";

const setUp = document.querySelector("[data-push-key]");
const usable = "serviceWorker" in navigator && "PushManager" in window;

// The one address that may become code here is our own worker's.
function worker(address) {
  if (!window.trustedTypes) return address;
  const only = (asked) => {
    if (asked !== address || !asked.startsWith("/varselhjelper/")) throw new TypeError("not our worker");
    return asked;
  };
  return window.trustedTypes.createPolicy("savnet-worker", { createScriptURL: only }).createScriptURL(address);
}

function key(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

async function turnOn(form) {
  const { workerAddress, pushKey } = setUp.dataset;
  const scope = new URL("./", new URL(workerAddress, location)).pathname;
  const registered = await navigator.serviceWorker.register(worker(workerAddress), { scope });
  if ((await Notification.requestPermission()) !== "granted") throw new Error("not granted");
  await ready(registered);
  const options = { userVisibleOnly: true, applicationServerKey: key(pushKey) };
  const subscribed = await registered.pushManager.subscribe(options);
  form.elements.endpoint.value = subscribed.endpoint;
  form.submit();
}

function ready(registered) {
  if (registered.active) return Promise.resolve();
  const coming = registered.installing || registered.waiting;
  return new Promise((done) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && done());
  });
}

if (setUp && usable) {
  const form = setUp.querySelector("form");
  const button = form.querySelector("button");
  form.hidden = false;
  setUp.querySelector("[data-push-unusable]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await turnOn(form);
    } catch {
      setUp.querySelector("[data-push-refused]").hidden = false;
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  });
}

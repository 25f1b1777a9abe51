// Two people at one design: every page asks every second and a half what the others did.
const EVERY = 1500;
const place = document.getElementById("together");
const field = (name) => document.querySelector(`#panel input[name="${name}"], #tools input[name="${name}"]`)?.value ?? "";
const step = () => document.querySelector(".step[aria-current]")?.id.slice(2) ?? field("step");

let pressed = false; // a slider is not taken out of somebody's hand
document.addEventListener("pointerdown", () => (pressed = true));
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (pressed = false));

let running = 0; // requests of the page itself come first
document.addEventListener("htmx:beforeSend", () => (running += 1));
document.addEventListener("htmx:afterRequest", () => (running -= 1));

const busy = () => document.hidden || pressed || running > 0 || document.querySelector("dialog[open]");

async function ask() {
  if (busy()) return;
  const values = {
    revision: document.getElementById("wizard").dataset.revision,
    tab: field("tab"),
    step: step(),
    view: field("view"),
    here: document.getElementById("together-here").dataset.mark,
  };
  await window.htmx.ajax("GET", place.dataset.url, { source: place, target: "#panel", swap: "innerHTML", values });
}

// The owner has ended it: the page says so.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 410) window.location.reload();
});

async function again() {
  await ask().catch(() => {}); // a lost connection: the next one asks again
  window.setTimeout(again, EVERY);
}

if (place) window.setTimeout(again, 300);

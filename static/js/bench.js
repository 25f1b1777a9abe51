// The bench: taps are kept and sent (taps.js), scans too; the clock runs; the camera reads codes.
import * as camera from "./camera.js";
import * as taps from "./taps.js";

const AFTER = { start: "started", resume: "started", pause: "paused", done: "done" };
const SCAN = "bench.scan";
const by = (id) => document.getElementById(id);
let lastKey = ""; // of the newest tap made on this page

// What the network is doing

function say(state, left) {
  const net = by("net");
  if (!net) return;
  const words = by("bench-head").dataset;
  const text = { offline: words.offline, sending: words.sending, stuck: words.stuck }[state] ?? "";
  net.dataset.state = state;
  by("net-told").textContent = left || state === "offline" ? text.replace("{n}", left) : "";
}

function refuse(text) {
  const list = by("refusals");
  const item = document.createElement("li");
  item.className = "refusals__one";
  item.textContent = text;
  list.append(item);
  list.hidden = false;
}

taps.start((state, facts) => {
  if (state !== "answered") {
    say(state, facts.left);
    if (state === "online") resumeScan();
  } else if (!facts.ok) {
    load(location.href).then(() => refuse(facts.told));
  } else if (facts.tap.key === lastKey) {
    goOn(facts);
  }
});

// After the newest tap: to the queue, or on with the unit, whose ticked boxes stay as they are.
function goOn({ url, poll }) {
  const unit = by("unit");
  if (url !== location.pathname) {
    load(url);
  } else if (unit) {
    delete unit.dataset.busy;
    unit.dataset.poll = poll;
  }
}

// Another page of the bench in place of this one, without leaving it.
async function load(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("content");
    if (!page.getElementById("bench-head") || !fresh) {
      location.assign(url); // a sign-in page
      return;
    }
    by("content").replaceWith(document.adoptNode(fresh));
    htmx.process(fresh);
    history.replaceState(null, "", url);
    setUp();
  } catch {
    say("offline", 0);
  }
}

// Taps

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-tap]");
  if (!form) return;
  const unit = by("unit");
  const kind = form.dataset.tap;
  if (unit.dataset.busy === kind) {
    event.preventDefault(); // a glove that taps twice
    return;
  }
  if (kind === "done" && !allChecked()) {
    event.preventDefault();
    refuse(form.dataset.unchecked);
    by("checks").querySelector("input:not(:checked)").focus();
    return;
  }
  const key = taps.push(form);
  if (!key) return; // sent as a plain form
  event.preventDefault();
  lastKey = key;
  unit.dataset.busy = kind;
  unit.dataset.state = AFTER[kind];
  by("refusals").hidden = true;
  by("refusals").replaceChildren();
  setUp();
});

function allChecked() {
  return !by("checks")?.querySelector("input[name=check]:not(:checked)");
}

document.addEventListener("change", ({ target }) => {
  if (target.name !== "check") return;
  const all = by("check-all");
  const points = [...by("checks").querySelectorAll("input[name=check]")];
  if (target === all) points.forEach((box) => (box.checked = all.checked));
  else all.checked = points.every((box) => box.checked);
});

// Scans: one that finds no network is kept, and opened when there is one.

function keepScan() {
  const form = by("scan-form");
  const code = form?.elements.code.value.trim();
  if (!code) return;
  sessionStorage.setItem(SCAN, JSON.stringify({ code, key: form.elements.key.value }));
  say("offline", 0);
  by("net-told").textContent = by("bench-head").dataset.scanKept;
}

function resumeScan() {
  const form = by("scan-form");
  const scan = JSON.parse(sessionStorage.getItem(SCAN) ?? "null");
  if (!scan || !form) return;
  sessionStorage.removeItem(SCAN);
  form.elements.code.value = scan.code;
  form.elements.key.value = scan.key;
  form.requestSubmit();
}

function isScan(event) {
  return event.detail.elt?.id === "scan-form";
}

document.addEventListener("htmx:sendError", (event) => isScan(event) && keepScan());
document.addEventListener("htmx:timeout", (event) => isScan(event) && keepScan());
document.addEventListener("htmx:beforeRequest", (event) => {
  // Polls wait while a tap is on its way: they would undo what was just tapped.
  if (event.detail.elt?.id === "unit" && event.detail.elt.dataset.busy) event.preventDefault();
});
document.addEventListener("htmx:configRequest", (event) => {
  const { elt } = event.detail;
  if (elt?.id === "unit" && elt.dataset.poll) event.detail.path = elt.dataset.poll;
});
setInterval(() => {
  if (sessionStorage.getItem(SCAN) && navigator.onLine) resumeScan();
}, 5000);

// What every new piece of the page needs

let since = performance.now();

function setUp() {
  since = performance.now();
  const button = by("camera");
  if (button) button.hidden = !camera.offered();
  const go = document.querySelector(".unit__bar .bench-go");
  if (go && !by("scan").value) go.blur();
}

function tick() {
  const timer = by("timer");
  if (!timer || by("unit").dataset.state !== "started") return;
  const seconds = Number(timer.dataset.worked) + Math.floor((performance.now() - since) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, ...rest] = parts;
  const shown = rest.map((n, i) => (i || hours ? String(n).padStart(2, "0") : String(n)));
  timer.querySelector(".timer__now").textContent = (hours ? [hours, ...shown] : shown).join(":");
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("#camera")) {
    camera.look((code) => {
      by("scan").value = code;
      by("scan-form").requestSubmit();
    });
  } else if (target.closest("#camera-close")) {
    camera.close();
  }
});
document.addEventListener("close", camera.close, true);
document.addEventListener("htmx:afterSettle", setUp);
setInterval(tick, 1000);
setUp();

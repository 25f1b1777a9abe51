// The bench: taps are kept and sent (taps.js), scans too; the clock runs; the camera reads codes.
import * as camera from "./camera.js";
import * as drafts from "./drafts.js";
import * as moves from "./moves.js";
import * as net from "./net.js";
import * as taps from "./taps.js";
import "./wake.js";

const AFTER = { start: "started", resume: "started", pause: "paused", done: "done" };
const SCAN = "bench.scan";
const by = (id) => document.getElementById(id);
let lastKey = ""; // of the newest tap made on this page

const load = (url) => net.load(url, setUp);

taps.start((state, facts) => {
  if (state !== "answered") {
    net.say(state, facts.left);
    if (state === "online") resumeScan();
  } else if (moves.mine(facts.tap)) {
    moves.answered(facts, load);
  } else if (!facts.ok) {
    load(location.href).then(() => net.refuse(facts.told));
  } else {
    drafts.forget(facts.tap.url);
    if (facts.tap.key === lastKey) goOn(facts);
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
    net.clear();
    net.refuse(form.dataset.unchecked);
    by("checks").querySelector("input:not(:checked)").focus();
    return;
  }
  const key = taps.push(form);
  if (!key) return; // sent as a plain form
  event.preventDefault();
  lastKey = key;
  unit.dataset.busy = kind;
  unit.dataset.state = AFTER[kind];
  net.clear();
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
  net.say("offline", 0);
  net.tell(net.words().scanKept);
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
  moves.setUp();
  const button = by("camera");
  if (button) button.hidden = false;
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
// A scanner's Enter after a lot is no tap on Done: on to the next one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented || !event.target.name?.startsWith("lot-")) return;
  event.preventDefault();
  const lots = [...document.querySelectorAll("input[name^='lot-']")];
  (lots[lots.indexOf(event.target) + 1] ?? event.target).focus();
});
document.addEventListener("htmx:afterSettle", setUp);
setInterval(tick, 1000);
setUp();

// A scanner types like a keyboard, wherever the cursor is: its characters go to the scan box.
import { box, keep } from "./scanbox.js";

const WRITES = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";
const CODE = /wo[^a-z0-9][a-z0-9]+[^a-z0-9][a-z0-9]+[^a-z0-9][a-z0-9]+[^a-z0-9][0-9a-f]{12}$/i;
const MOST = 300; // keys that are looked back on
let restore = () => {};
let keys = []; // since the last Enter: each with its field, and what stood there before it

function fieldOf(target) {
  const field = `${WRITES}, textarea, select, [contenteditable]`;
  return target instanceof Element ? target.closest(field) : null;
}

function follow(key, field) {
  keys.push({ key, field, before: field?.value ?? "" });
  if (keys.length > MOST) keys.shift();
}

// The whole code of a sheet that was just typed, wherever its characters went: an answer may swap the
// field, or the focus, in the middle of it. What is not for it gets back what it had.
function scanned(scan) {
  const found = CODE.exec(keys.map(({ key }) => key).join(""));
  const misplaced = found ? keys.slice(found.index).filter(({ field }) => field && field.id !== scan.id) : [];
  keys = [];
  const seen = new Set();
  for (const { field, before } of misplaced) {
    const known = field.id || field;
    if (!seen.has(known)) giveBack(field, before);
    seen.add(known);
  }
  return found?.[0] ?? "";
}

function giveBack(field, before) {
  const now = field.isConnected ? field : document.getElementById(field.id);
  if (!now || now.value === before) return;
  now.value = before;
  now.dispatchEvent(new Event("input", { bubbles: true }));
  if (now.matches("select")) now.dispatchEvent(new Event("change", { bubbles: true }));
}

// What stood in the box before a scan is not part of it.
document.addEventListener("submit", ({ target }) => {
  if (target.matches?.("[data-scan]")) box().value = CODE.exec(box().value.trim())?.[0] ?? box().value;
}, true);
document.querySelector("[data-scan] [aria-invalid]")?.select();

document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig } }) => {
  const own = requestConfig?.elt && requestConfig.elt === box()?.form;
  restore = keep(own ? requestConfig.parameters.code : "");
});
document.addEventListener("htmx:afterSwap", () => {
  restore();
  restore = () => {};
});

document.addEventListener(
  "keydown",
  (event) => {
    const scan = box();
    if (!scan || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = fieldOf(event.target);
    if (event.key === "Enter") {
      const code = scanned(scan);
      if (!code) return;
      event.preventDefault();
      event.stopPropagation();
      scan.value = code;
      scan.form.requestSubmit();
    } else if (event.key.length > 1) {
      if (!["Shift", "CapsLock"].includes(event.key)) keys = []; // no scanner deletes or walks
    } else {
      follow(event.key, field);
      if (field || event.key === " ") return;
      document.querySelector("dialog[open]")?.close(); // nothing behind it can be typed into
      scan.value = "";
      scan.focus();
    }
  },
  true,
);

// A scanner types like a keyboard, wherever the cursor is: its characters go to the scan box.
import { box, keep } from "./scanbox.js";

const WRITES = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";
const CODE = /wo[^a-z0-9][a-z0-9]+[^a-z0-9][a-z0-9]+[^a-z0-9][a-z0-9]+[^a-z0-9][0-9a-f]{12}$/i;
const MOST = 300; // characters that are looked back on
let restore = () => {};
let typed = { field: null, text: "", before: [] };

function fieldOf(target) {
  const field = `${WRITES}, textarea, select, [contenteditable]`;
  return target instanceof Element ? target.closest(field) : null;
}

// What is being typed into a field other than the scan box, and what stood there before each key.
function follow(key, field) {
  if (field !== typed.field || typed.text.length > MOST) typed = { field, text: "", before: [] };
  typed.text += key;
  typed.before.push(field.value);
}

// A whole code of a sheet, typed into a field that is not for it: the field gets back what it had.
function misplaced(field) {
  const scanned = field === typed.field && CODE.exec(typed.text);
  if (!scanned) return "";
  field.value = typed.before[scanned.index];
  field.dispatchEvent(new Event("input", { bubbles: true }));
  typed = { field: null, text: "", before: [] };
  return scanned[0];
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
    const writes = event.key.length === 1;
    if (field && field !== scan) {
      if (writes) return follow(event.key, field);
      const code = event.key === "Enter" && misplaced(field);
      if (!code) return;
      event.preventDefault();
      event.stopPropagation();
      scan.value = code;
      scan.form.requestSubmit();
    } else if (writes && event.key !== " " && !field) {
      document.querySelector("dialog[open]")?.close(); // nothing behind it can be typed into
      scan.value = "";
      scan.focus();
    }
  },
  true,
);

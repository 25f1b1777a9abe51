// A scanner types like a keyboard, wherever the cursor is: its characters go to the scan box.

const WRITES = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";
const CODE = /wo[^a-z0-9][a-z0-9]+[^a-z0-9][a-z0-9]+[^a-z0-9][a-z0-9]+[^a-z0-9][0-9a-f]{12}$/i;
const PAUSE = 500; // milliseconds: longer than a scanner needs between two keys
let typed = { field: null, before: "", text: "", at: 0 };

const box = () => document.querySelector("[data-scan] input[name=code]");

function fieldOf(target) {
  const field = `${WRITES}, textarea, select, [contenteditable]`;
  return target instanceof Element ? target.closest(field) : null;
}

// What is being typed into a field other than the scan box, and what stood there before.
function follow(event, field) {
  if (field !== typed.field || event.timeStamp - typed.at > PAUSE) {
    typed = { field, before: field.value, text: "", at: 0 };
  }
  typed.text += event.key;
  typed.at = event.timeStamp;
}

// A whole code of a sheet, typed into a field that is not for it: the field gets back what it had.
function misplaced(event, field) {
  const scanned = field === typed.field && event.timeStamp - typed.at < PAUSE && CODE.exec(typed.text);
  if (!scanned) return "";
  field.value = typed.before;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return scanned[0];
}

// What stood in the box before a scan is not part of it.
document.addEventListener("submit", ({ target }) => {
  if (target.matches?.("[data-scan]")) box().value = CODE.exec(box().value.trim())?.[0] ?? box().value;
}, true);
document.querySelector("[data-scan] [aria-invalid]")?.select();

document.addEventListener(
  "keydown",
  (event) => {
    const scan = box();
    if (!scan || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = fieldOf(event.target);
    const writes = event.key.length === 1;
    if (field && field !== scan) {
      if (writes) return follow(event, field);
      const code = event.key === "Enter" && misplaced(event, field);
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

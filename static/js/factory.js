// A scanner types like a keyboard, wherever the cursor is: its characters go to the scan box.

const WRITES = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])";

function typesElsewhere(target) {
  const field = `${WRITES}, textarea, select, [contenteditable]`;
  return target instanceof Element && target.closest(field);
}

document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-scan] input[name=code]");
  const command = event.ctrlKey || event.metaKey || event.altKey;
  if (!box || command || event.key.length !== 1 || event.key === " ") return;
  if (typesElsewhere(event.target)) return;
  if (document.activeElement !== box) {
    box.value = "";
    box.focus();
  }
});

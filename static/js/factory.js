// A scanner types like a keyboard, wherever the cursor is: its characters go to the scan box.

const box = document.querySelector("[data-scan] input[name=code]");

function typesElsewhere(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey || event.altKey;
  if (!box || command || event.key.length !== 1 || event.key === " ") return;
  if (typesElsewhere(event.target)) return;
  if (document.activeElement !== box) {
    box.value = "";
    box.focus();
  }
});

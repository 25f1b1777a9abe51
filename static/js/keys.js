// Arrow keys walk through the values of an option; Ctrl+Z and Ctrl+Shift+Z undo and redo.
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const value = event.target.closest?.(".values .value");
  const step = STEPS[event.key];
  if (value && step && !event.altKey && !event.ctrlKey && !event.metaKey) {
    const all = [...value.closest(".values").querySelectorAll(".value")];
    const next = all[(all.indexOf(value) + step + all.length) % all.length];
    event.preventDefault();
    next.focus();
    return;
  }
  const typing = event.target.closest?.("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
    event.preventDefault();
    document.getElementById(event.shiftKey ? "redo" : "undo")?.click();
  }
});

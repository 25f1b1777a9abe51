// Arrow keys walk through the values of an option; single keys and Ctrl+Z do what buttons do. Single
// keys can be left out: they are in the way of who speaks to the computer.
const ARROWS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const PRESSED = { n: "go-next", p: "go-back", f: "finish", s: "surprise", h: "history", c: "compare", l: "look" };
const UNFOLDED = { r: "receipt", b: "limits" };
const OFF = "wizard.keys.off";

const dialog = document.getElementById("keys");
const off = document.getElementById("keys-off");
const isOff = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // forbidden
  }
};

function list() {
  off.checked = isOff();
  dialog.showModal();
  document.getElementById("keys-title").focus();
}

function unfold(id) {
  const details = document.getElementById(id);
  if (!details) return false;
  details.open = !details.open;
  details.querySelector("summary").focus({ preventScroll: true });
  return true;
}

function press(element) {
  element?.click();
  return Boolean(element);
}

function single(key) {
  if (key === "?") {
    list();
    return true;
  }
  if (isOff()) return false;
  if (/^[1-9]$/.test(key)) return press(document.querySelectorAll("#steps .step")[Number(key) - 1]);
  return UNFOLDED[key] ? unfold(UNFOLDED[key]) : press(document.getElementById(PRESSED[key]));
}

function walk(value, step) {
  const all = [...value.closest(".values").querySelectorAll(".value")];
  all[(all.indexOf(value) + step + all.length) % all.length].focus();
}

document.addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey;
  const value = event.target.closest?.(".values .value");
  if (value && ARROWS[event.key] && !event.altKey && !modified) {
    event.preventDefault();
    walk(value, ARROWS[event.key]);
    return;
  }
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  if (modified && event.key.toLowerCase() === "z") {
    event.preventDefault();
    document.getElementById(event.shiftKey ? "redo" : "undo")?.click();
  } else if (!modified && !event.altKey && single(event.key.length === 1 ? event.key.toLowerCase() : "")) {
    event.preventDefault();
  }
});

// The button is in a part of the page that every answer brings anew.
const offer = () => document.getElementById("keys-open")?.removeAttribute("hidden");
offer();
document.addEventListener("htmx:oobAfterSwap", offer);
document.addEventListener("click", (event) => {
  if (event.target.closest("#keys-open")) list();
  if (event.target === dialog) dialog.close();
});
off?.addEventListener("change", () => {
  try {
    localStorage.setItem(OFF, off.checked ? "1" : "0");
  } catch {
    // forbidden: they stay as they are
  }
});

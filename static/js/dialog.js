// "Why not?" opens in a dialog over the page; without this module it is a page of its own.
const dialog = () => document.getElementById("ask");
let asked = ""; // the id of what was pressed, to which the focus returns

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const by = detail.requestConfig.triggeringEvent?.submitter ?? document.activeElement;
  if (!by?.closest?.("#ask")) asked = by?.id ?? "";
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const ask = dialog();
  if (!ask) return;
  if (detail.target === ask && ask.firstElementChild) {
    if (!ask.open) ask.showModal();
    ask.querySelector("h2")?.focus();
  } else if (detail.target?.id === "panel" && ask.open) {
    ask.close();
  }
});

// Escape, a press beside the dialog, and its last button close it; an answer closes it, too.
document.addEventListener("click", (event) => {
  const ask = dialog();
  if (!ask?.open) return;
  if (event.target === ask || event.target.closest("#ask [data-close]")) {
    event.preventDefault();
    ask.close();
  }
});

dialog()?.addEventListener("close", () => {
  const value = asked && document.getElementById(asked);
  if (value) value.focus({ preventScroll: true });
});

// A menu or form that unfolds folds again by Escape and by a press beside it.
const FOLDING = "details.limits[open], details.finish__more[open], details.more[open]";

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.activeElement?.closest(FOLDING);
  if (!open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(FOLDING).forEach((open) => {
    if (!open.contains(event.target)) open.open = false;
  });
});

// Limits that were taken fold their form; one with an error stays open.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const limits = document.getElementById("limits");
  if (!limits || !detail.pathInfo?.requestPath?.endsWith("/limit/")) return;
  const failed = detail.xhr.status !== 200;
  const inside = limits.open;
  limits.open = failed;
  limits.classList.toggle("limits--set", Boolean(limits.querySelector("#limits-said strong")));
  const misfit = document.getElementById("misfit-title");
  if (failed) limits.querySelector("[aria-invalid]")?.focus();
  else if (misfit) misfit.focus();
  else if (inside) limits.querySelector("summary")?.focus({ preventScroll: true });
});

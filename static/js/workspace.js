// The outline by hand: rows are dragged, moved by Alt and an arrow, and folded.

const page = document.querySelector(".workspace");
const failed = page.querySelector("[data-failed]");
let dragged = null;

const kindOf = (row) => row.dataset.row.split("-")[0];

function send(form, values) {
  htmx.ajax("POST", form.action, { source: form, target: form.getAttribute("hx-target"), swap: "outerHTML", values });
}

function unmark() {
  for (const each of page.querySelectorAll("[data-over]")) each.removeAttribute("data-over");
}

// The row before which it would come, or the list of a step at whose end.
function place(target) {
  if (!dragged) return null;
  const kind = kindOf(dragged);
  const row = target.closest(`[data-row^="${kind}-"]`);
  const list = target.closest("[data-choices]");
  if (row && (kind !== "choice" || list === dragged.parentElement)) return row;
  return kind === "option" ? target.closest("[data-step]") : null;
}

page.addEventListener("dragstart", (event) => {
  if (!event.target.matches?.("[data-grip]")) return;
  dragged = event.target.closest("[data-row]");
  dragged.setAttribute("data-dragged", "");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.row);
});

page.addEventListener("dragover", (event) => {
  const over = place(event.target);
  unmark();
  if (!over || over === dragged) return;
  event.preventDefault();
  over.setAttribute("data-over", "");
});

page.addEventListener("drop", (event) => {
  const over = place(event.target);
  if (!over || over === dragged) return;
  event.preventDefault();
  const values = { move: dragged.dataset.row };
  if (over.dataset.row) values.before = over.dataset.row;
  else values.into = over.dataset.step;
  send(dragged.closest("form"), values);
});

page.addEventListener("dragend", () => {
  dragged?.removeAttribute("data-dragged");
  dragged = null;
  unmark();
});

page.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = event.target.closest("[data-row]");
  if (!row || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  const button = row.querySelector(`[name="${event.key === "ArrowUp" ? "up" : "down"}"]`);
  button.focus();
  button.click();
});

// What is folded is not asked for again; the link does it without scripts.
page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-fold]");
  if (!link) return;
  event.preventDefault();
  const choices = link.closest(".outline__choices");
  const folded = choices.toggleAttribute("data-folded");
  link.setAttribute("aria-expanded", String(!folded));
  for (const part of choices.querySelectorAll("ol, .adding")) part.hidden = folded;
});

page.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches('a[role="button"]')) return;
  event.preventDefault();
  event.target.click();
});

document.body.addEventListener("htmx:responseError", () => (failed.hidden = false));
document.body.addEventListener("htmx:sendError", () => (failed.hidden = false));
document.body.addEventListener("htmx:beforeRequest", () => (failed.hidden = true));

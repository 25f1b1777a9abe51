// Drag an operation (or a whole work order) by its handle onto a day of the board. Where it is
// dropped, the page that shows the effect opens; the forms beside each handle do the same.

const board = document.querySelector("[data-board]");
const FAR = 5; // pixels before a press becomes a drag
const EDGE = 56; // pixels at the edges of the board at which it scrolls
let drag = null;

function cellAt(x, y) {
  const under = document.elementFromPoint(x, y);
  return under instanceof Element ? under.closest("[data-drop]") : null;
}

function light(cell) {
  if (drag.cell === cell) return;
  drag.cell?.classList.remove("board__cell--over");
  cell?.classList.add("board__cell--over");
  drag.cell = cell;
}

function begin(event) {
  const handle = event.target instanceof Element ? event.target.closest("[data-drag]") : null;
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  drag = { handle, x: event.clientX, y: event.clientY, ghost: null, cell: null, top: scrollY };
}

function lift() {
  const card = drag.handle.closest(".plan-job");
  const ghost = card.querySelector(".plan-job__what").cloneNode(true);
  ghost.className = "plan-ghost";
  ghost.setAttribute("aria-hidden", "true");
  document.body.append(ghost);
  document.body.classList.add("is-dragging");
  card.classList.add("plan-job--lifted");
  // The board is above the lists: bring it into sight, so that there is something to drop on.
  board.scrollIntoView({ block: "nearest" });
  drag.card = card;
  drag.ghost = ghost;
}

function scrollAtTheEdges(x) {
  const box = board.parentElement.getBoundingClientRect();
  if (x > box.right - EDGE) board.parentElement.scrollLeft += 12;
  else if (x < box.left + EDGE) board.parentElement.scrollLeft -= 12;
}

function move(event) {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
  if (!drag.ghost && far < FAR) return;
  if (!drag.ghost) lift();
  drag.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
  scrollAtTheEdges(event.clientX);
  light(cellAt(event.clientX, event.clientY));
}

function stop() {
  drag?.cell?.classList.remove("board__cell--over");
  drag?.card?.classList.remove("plan-job--lifted");
  drag?.ghost?.remove();
  document.body.classList.remove("is-dragging");
  drag = null;
}

function drop() {
  if (!drag) return;
  const { handle, cell } = drag;
  const day = cell?.dataset.drop;
  const dragged = Boolean(drag.ghost);
  stop();
  if (!dragged || !day || day === handle.dataset.iso) return;
  const asked = new URLSearchParams({
    what: handle.dataset.drag,
    key: handle.dataset.key,
    operation: handle.dataset.operation ?? "",
    day,
    at_center: board.dataset.center,
    at_day: board.dataset.day,
  });
  location.assign(`${board.dataset.board}?${asked}`);
}

if (board) {
  document.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
}

// Drag an operation (or a whole work order) by its handle onto a day: of the board, or of the strip
// of days that comes to the top of the window meanwhile. Where it is dropped, the page that shows
// the effect opens; the forms beside each handle do the same.

const board = document.querySelector("[data-board]");
const FAR = 5; // pixels before a press becomes a drag
let drag = null;

function cellAt(x, y) {
  const under = document.elementFromPoint(x, y);
  return under instanceof Element ? under.closest("[data-drop]") : null;
}

function light(cell) {
  if (drag.cell === cell) return;
  drag.cell?.classList.remove("is-over");
  cell?.classList.add("is-over");
  drag.cell = cell;
}

function begin(event) {
  const handle = event.target instanceof Element ? event.target.closest("[data-drag]") : null;
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  drag = { handle, x: event.clientX, y: event.clientY, ghost: null, cell: null };
}

function lift() {
  const card = drag.handle.closest(".plan-job");
  const ghost = card.querySelector(".plan-job__what").cloneNode(true);
  ghost.className = "plan-ghost";
  ghost.setAttribute("aria-hidden", "true");
  document.body.append(ghost);
  document.body.classList.add("is-dragging");
  card.classList.add("plan-job--lifted");
  drag.card = card;
  drag.ghost = ghost;
  drag.strip = strip(drag.handle);
  document.body.append(drag.strip);
}

// The board may be out of sight, above the lists.
function strip(handle) {
  const chosen = board.querySelector("[aria-current=true]");
  const names = [...board.tHead.rows[0].cells].slice(1);
  const row = chosen ? chosen.closest("tr") : board.tBodies[0].rows[0];
  const days = document.createElement("div");
  days.className = "plan-days";
  days.setAttribute("aria-hidden", "true");
  [...row.querySelectorAll("[data-drop]")].forEach((cell, place) => {
    const day = document.createElement("div");
    day.className = "plan-days__day";
    day.dataset.drop = cell.dataset.drop;
    day.classList.toggle("plan-days__day--now", cell.dataset.drop === handle.dataset.iso);
    const name = document.createElement("b");
    name.textContent = names[place].textContent;
    day.append(name);
    if (handle.dataset.drag === "operation") {
      const free = document.createElement("span");
      free.textContent = `${cell.dataset.free}′`;
      day.append(free);
      day.classList.toggle("plan-days__day--full", cell.dataset.free === "0");
    }
    days.append(day);
  });
  return days;
}

function move(event) {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
  if (!drag.ghost && far < FAR) return;
  if (!drag.ghost) lift();
  drag.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
  light(cellAt(event.clientX, event.clientY));
}

function stop() {
  drag?.cell?.classList.remove("is-over");
  drag?.card?.classList.remove("plan-job--lifted");
  drag?.ghost?.remove();
  drag?.strip?.remove();
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

// The cells are one stop of the Tab key; arrows go from one to the next.
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function squareAt(row, column) {
  return board.tBodies[0].rows[row]?.cells[column]?.querySelector(".square") ?? null;
}

function stopAt(square) {
  for (const other of board.querySelectorAll(".square[tabindex='0']")) other.tabIndex = -1;
  square.tabIndex = 0;
}

function go(event) {
  const cell = event.target.closest?.(".board__cell");
  const row = cell?.parentElement.sectionRowIndex;
  const ends = { Home: [row, 1], End: [row, cell?.parentElement.cells.length - 1] };
  const [down, right] = ARROWS[event.key] ?? [];
  const place = ends[event.key] ?? [row + down, cell?.cellIndex + right];
  if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
  const square = squareAt(...place);
  if (!square || (!ARROWS[event.key] && !ends[event.key])) return;
  event.preventDefault();
  stopAt(square);
  square.focus();
}

if (board) {
  for (const square of board.querySelectorAll(".square")) square.tabIndex = -1;
  const first = board.querySelector(".square[aria-current=true]") ?? squareAt(0, 1);
  if (first) first.tabIndex = 0;
  board.addEventListener("keydown", go);
  document.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
}

// Looking closer: the picture over the whole window, larger, moved and zoomed by wheel, fingers,
// buttons and keys. Without this module the link leads to the large picture itself.
const MOST = 6;
const STEP = 1.4;
const dialog = document.getElementById("look-closer");
const link = document.getElementById("look");
const field = document.getElementById("look-field");
const picture = document.getElementById("look-picture");
const fingers = new Map(); // pointer -> where it is
let scale = 1;
let left = 0;
let top = 0;

function draw() {
  const { width, height } = field.getBoundingClientRect();
  left = Math.min(0, Math.max(width - width * scale, left));
  top = Math.min(0, Math.max(height - height * scale, top));
  picture.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  document.getElementById("look-much").textContent = `${Math.round(scale * 100)} %`;
}

// Zoom so that the point under the hand stays where it is.
function zoom(by, x = field.clientWidth / 2, y = field.clientHeight / 2) {
  const next = Math.min(MOST, Math.max(1, scale * by));
  left = x - ((x - left) * next) / scale;
  top = y - ((y - top) * next) / scale;
  scale = next;
  draw();
}

function move(x, y) {
  left += x;
  top += y;
  draw();
}

function reset() {
  scale = 1;
  left = 0;
  top = 0;
  draw();
}

// What is shown already stands in until the large one has come.
function open() {
  const shown = document.getElementById("picture");
  picture.src = shown.currentSrc || shown.src;
  picture.alt = shown.alt;
  const large = new Image();
  large.src = link.href;
  const wanted = link.href;
  large.decode().then(() => { if (link.href === wanted) picture.src = wanted; }, () => {});
  dialog.showModal();
  reset();
  field.focus();
}

const KEYS = {
  "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), "0": reset,
  ArrowLeft: () => move(80, 0), ArrowRight: () => move(-80, 0), ArrowUp: () => move(0, 80), ArrowDown: () => move(0, -80),
};
const BUTTONS = { in: () => zoom(STEP), out: () => zoom(1 / STEP), reset, close: () => dialog.close() };

function spread() {
  const [one, two] = [...fingers.values()];
  return two ? { size: Math.hypot(one.x - two.x, one.y - two.y), x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 } : null;
}

function follow(event) {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const pinch = spread();
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (!pinch) {
    move(event.clientX - before.x, event.clientY - before.y);
    return;
  }
  const now = spread();
  zoom(now.size / (pinch.size || 1), now.x, now.y);
  move(now.x - pinch.x, now.y - pinch.y);
}

if (dialog && link) {
  document.querySelector(".stage").classList.add("can-look");
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#look, #picture")) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  dialog.addEventListener("click", (event) => BUTTONS[event.target.closest("[data-zoom]")?.dataset.zoom]?.());
  dialog.addEventListener("close", () => link.focus({ preventScroll: true }));
  field.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
  }, { passive: false });
  field.addEventListener("dblclick", (event) => (scale > 1 ? reset() : zoom(2.5, event.clientX, event.clientY)));
  field.addEventListener("pointerdown", (event) => {
    field.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  field.addEventListener("pointermove", follow);
  for (const kind of ["pointerup", "pointercancel"]) {
    field.addEventListener(kind, (event) => fingers.delete(event.pointerId));
  }
}

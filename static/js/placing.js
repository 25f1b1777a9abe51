// A customer's picture, placed on the product itself: by pointer, by two fingers, by the wheel and
// by keys. The fields beside it say the same in numbers, and work alone.
const REST = 450; // ms without a key or a turn of the wheel before it is saved
const NAMES = ["x", "y", "scale", "angle"];
let stage = null; // what is on the picture now: { form, frame, ghost, ... }
let timer = 0;
const SMALL = 150; // px; a narrower place is shown closer
const ROOM = 0.7; // so much of that is the place
let lastSeen = "";
let held = false; // whether the frame had the keyboard when the panel was swapped

const picture = () => document.getElementById("picture");
const limit = (value, low, high) => Math.min(high, Math.max(low, value));
const fieldOf = (form, name) => form.querySelector(`input[name="${name}"]`);
const numberOf = (form, name) => Number(fieldOf(form, name).value) || 0;

function read(form) {
  return Object.fromEntries(NAMES.map((name) => [name, numberOf(form, name)]));
}

function write(now) {
  for (const name of NAMES) {
    const field = fieldOf(stage.form, name);
    const value = limit(now[name], Number(field.min), Number(field.max));
    field.value = name === "x" || name === "y" ? value.toFixed(1).replace(/\.0$/, "") : String(Math.round(value));
  }
  draw();
}

function save() {
  window.clearTimeout(timer);
  if (!stage?.changed) return;
  stage.changed = false;
  stage.form.requestSubmit(stage.form.querySelector("button.visually-hidden"));
}
function change(now, pause) {
  stage.changed = true;
  stage.frame.classList.add("is-moving");
  write(now);
  window.clearTimeout(timer);
  if (pause) timer = window.setTimeout(save, pause);
}

// Where the picture of the product is on the page, without the space around it.
function shown(image) {
  const box = image.getBoundingClientRect();
  const shape = image.naturalWidth ? image.naturalWidth / image.naturalHeight : box.width / box.height;
  const width = Math.min(box.width, box.height * shape);
  const height = width / shape;
  return { left: box.left + (box.width - width) / 2, top: box.top + (box.height - height) / 2, width, height };
}

function draw() {
  if (!stage) return;
  const whole = shown(stage.image);
  const frame = stage.frame.parentElement.getBoundingClientRect();
  const [left, top, width, height] = stage.facts.box;
  stage.width = (whole.width * width) / 100;
  stage.height = (whole.height * height) / 100;
  Object.assign(stage.frame.style, {
    left: `${whole.left - frame.left + (whole.width * left) / 100}px`,
    top: `${whole.top - frame.top + (whole.height * top) / 100}px`,
    width: `${stage.width}px`,
    height: `${stage.height}px`,
    rotate: `${-stage.facts.turn}deg`,
  });
  const { ghost } = stage;
  if (!ghost.naturalWidth) return;
  const now = read(stage.form);
  const fit = Math.min(stage.width / ghost.naturalWidth, stage.height / ghost.naturalHeight) * (now.scale / 100);
  Object.assign(ghost.style, {
    width: `${ghost.naturalWidth * fit}px`,
    height: `${ghost.naturalHeight * fit}px`,
    left: `${stage.width * (0.5 + now.x / 100)}px`,
    top: `${stage.height * (0.5 + now.y / 100)}px`,
    rotate: `${now.angle}deg`,
  });
}

const pointers = new Map();
let start = null;

function begin() {
  const at = [...pointers.values()];
  start = { at: at.map((point) => ({ ...point })), now: read(stage.form) };
}

const middle = ([a, b]) => (b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : a);

function drag() {
  const at = [...pointers.values()];
  const [from, to] = [middle(start.at), middle(at)];
  const turn = (stage.facts.turn * Math.PI) / 180;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const now = { ...start.now };
  now.x += ((dx * Math.cos(turn) - dy * Math.sin(turn)) / stage.width) * 100;
  now.y += ((dx * Math.sin(turn) + dy * Math.cos(turn)) / stage.height) * 100;
  if (at.length === 2 && start.at.length === 2) {
    const reach = ([a, b]) => Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const lean = ([a, b]) => (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
    now.scale = (start.now.scale * reach(at)) / reach(start.at);
    const by = lean(at) - lean(start.at);
    now.angle = Math.abs(by) < 4 ? start.now.angle : wrapped(start.now.angle + by);
  } else if (stage.corner) {
    Object.assign(now, { x: start.now.x, y: start.now.y });
    now.scale = start.now.scale * cornered(at[0]);
  }
  change(now, 0);
}

const wrapped = (angle) => ((angle + 540) % 360) - 180;

// How much farther from the picture's middle the pointer is than where it began.
function cornered(point) {
  const box = stage.frame.getBoundingClientRect();
  const center = { x: box.left + stage.width * (0.5 + start.now.x / 100), y: box.top + stage.height * (0.5 + start.now.y / 100) };
  const far = ({ x, y }) => Math.hypot(x - center.x, y - center.y) || 1;
  return far(point) / far(start.at[0]);
}

const MOVES = {
  ArrowLeft: { x: -1 }, ArrowRight: { x: 1 }, ArrowUp: { y: -1 }, ArrowDown: { y: 1 },
  "+": { scale: 3 }, "=": { scale: 3 }, "-": { scale: -3 }, "[": { angle: -3 }, "]": { angle: 3 },
};

function onKey(event) {
  const by = MOVES[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const now = read(stage.form);
  const times = event.shiftKey ? 5 : 1;
  for (const [name, step] of Object.entries(by)) now[name] += step * times;
  now.angle = wrapped(now.angle);
  change(now, REST);
}

function listen(frame) {
  frame.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    frame.focus({ preventScroll: true });
    frame.setPointerCapture(event.pointerId);
    stage.corner = event.target.matches(".placed__corner");
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    begin();
  });
  frame.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    drag();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    frame.addEventListener(kind, (event) => {
      if (!pointers.delete(event.pointerId)) return;
      if (pointers.size) begin();
      else save();
    });
  }
  frame.addEventListener("click", (event) => event.stopPropagation());
  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    const now = read(stage.form);
    now.scale *= event.deltaY < 0 ? 1.04 : 1 / 1.04;
    if (Math.round(now.scale) === numberOf(stage.form, "scale")) now.scale += event.deltaY < 0 ? 1 : -1;
    change(now, REST);
  }, { passive: false });
  frame.addEventListener("keydown", onKey);
}

// Where the place is too small for fingers, it is shown closer, above the fields.
function closer(form, facts) {
  const pad = document.createElement("div");
  pad.className = "pad";
  form.prepend(pad);
  const image = document.createElement("img");
  image.className = "pad__picture";
  image.alt = "";
  const source = document.getElementById("picture-source")?.dataset.src ?? picture().src;
  image.src = lastSeen || picture().currentSrc;
  const next = new Image();
  next.src = source.replace(/w=\d+/, "w=1440");
  next.decode().then(() => {
    image.src = next.src;
    lastSeen = next.src;
  }).catch(() => {});
  const [left, top, width, height] = facts.box.map((share) => share / 100);
  const shape = picture().naturalWidth / picture().naturalHeight || 4 / 3;
  const wide = Math.min((pad.clientWidth * ROOM) / width, ((pad.clientHeight * ROOM) / height) * shape);
  Object.assign(image.style, {
    width: `${wide}px`,
    height: `${wide / shape}px`,
    left: `${pad.clientWidth / 2 - (left + width / 2) * wide}px`,
    top: `${pad.clientHeight / 2 - (top + height / 2) * (wide / shape)}px`,
  });
  pad.append(image);
  return image;
}

function unmount() {
  window.clearTimeout(timer);
  stage?.frame.remove();
  stage?.image.closest(".pad")?.remove();
  stage = null;
  pointers.clear();
}

function mount() {
  const form = document.querySelector("form[data-placing]");
  if (stage && stage.form === form && stage.frame.isConnected) return; // every part that came says so
  const image = picture();
  const facts = form && JSON.parse(form.dataset.placing);
  const view = document.querySelector("#panel input[name=view]")?.value ?? "";
  const focused = held || (stage && document.activeElement === stage.frame);
  held = false;
  unmount();
  if (!form || !image || (facts.view && view && facts.view !== view)) return;
  const frame = document.createElement("div");
  frame.className = "placed";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", `${form.dataset.name}. ${form.dataset.hint}`);
  frame.title = form.dataset.hint;
  const clip = document.createElement("div");
  clip.className = "placed__clip";
  const ghost = document.createElement("img");
  ghost.className = "placed__ghost";
  ghost.alt = "";
  ghost.draggable = false;
  ghost.src = form.dataset.source;
  ghost.addEventListener("load", draw);
  const corner = document.createElement("span");
  corner.className = "placed__corner";
  clip.append(ghost);
  frame.append(clip, corner);
  const near = (shown(image).width * facts.box[2]) / 100 < SMALL ? closer(form, facts) : image;
  near.parentElement.append(frame);
  stage = { form, facts, frame, ghost, image: near, changed: false };
  listen(frame);
  draw();
  if (focused) frame.focus({ preventScroll: true });
}

export function placePictures() {
  const watched = new ResizeObserver(draw);
  const image = picture();
  if (image) {
    watched.observe(image);
    image.addEventListener("load", draw);
  }
  document.addEventListener("htmx:beforeSwap", () => {
    held = Boolean(stage) && document.activeElement === stage.frame;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "panel") mount();
  });
  document.addEventListener("input", ({ target }) => {
    if (stage && target.form === stage.form) draw();
  });
  document.addEventListener("change", ({ target }) => {
    if (!stage || target.form !== stage.form || !target.checkValidity()) return;
    stage.changed = true;
    timer = window.setTimeout(save, REST);
  });
  mount();
}

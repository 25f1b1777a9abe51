// Cropping by hand: the whole picture with a handle at each side, for mouse, fingers and keys. It
// writes into the fields of the same name, which work alone.
const REST = 450; // ms without a key before it is saved
const FACING = { left: "right", right: "left", top: "bottom", bottom: "top" };
const LEAST = 10; // percent of a side that stays
const KEYS = {
  left: { ArrowRight: 1, ArrowLeft: -1 }, right: { ArrowLeft: 1, ArrowRight: -1 },
  top: { ArrowDown: 1, ArrowUp: -1 }, bottom: { ArrowUp: 1, ArrowDown: -1 },
};
let isOpen = false; // whether it was open when the panel was swapped
let held = ""; // the handle that had the keyboard then
let timer = 0;

const fieldOf = (form, side) => form.querySelector(`input[name="${side}"]`);
const cut = (form, side) => Number(fieldOf(form, side).value) || 0;

function set(crop, side, value) {
  const most = 100 - LEAST - cut(crop.form, FACING[side]);
  fieldOf(crop.form, side).value = String(Math.round(Math.min(most, Math.max(0, value))));
  draw(crop);
}

function draw({ form, frame, handles }) {
  const [left, top, right, bottom] = ["left", "top", "right", "bottom"].map((side) => cut(form, side));
  Object.assign(frame.style, { left: `${left}%`, top: `${top}%`, right: `${right}%`, bottom: `${bottom}%` });
  for (const [side, handle] of Object.entries(handles)) {
    handle.setAttribute("aria-valuenow", cut(form, side));
    handle.setAttribute("aria-valuetext", `${cut(form, side)} %`);
    handle.setAttribute("aria-valuemax", 100 - LEAST - cut(form, FACING[side]));
  }
}

function save(form) {
  window.clearTimeout(timer);
  form.requestSubmit(form.querySelector("button.visually-hidden"));
}

function follow(crop, side, handle) {
  const { form, picture } = crop;
  let before = 0;
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    before = cut(form, side);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = picture.getBoundingClientRect();
    const across = ((event.clientX - box.left) / box.width) * 100;
    const down = ((event.clientY - box.top) / box.height) * 100;
    set(crop, side, { left: across, right: 100 - across, top: down, bottom: 100 - down }[side]);
  });
  handle.addEventListener("pointerup", () => {
    if (cut(form, side) !== before) save(form);
  });
  handle.addEventListener("pointercancel", () => set(crop, side, before));
  handle.addEventListener("keydown", (event) => {
    const by = KEYS[side][event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    set(crop, side, cut(form, side) + by * (event.shiftKey ? 5 : 1));
    window.clearTimeout(timer);
    timer = window.setTimeout(save, REST, form);
  });
}

function build(details) {
  const form = details.closest("form");
  const legend = form.querySelector("fieldset legend").textContent;
  const pad = document.createElement("div");
  pad.className = "crop__pad";
  const picture = document.createElement("img");
  picture.className = "crop__picture";
  picture.alt = "";
  picture.draggable = false;
  picture.src = details.dataset.crop;
  const frame = document.createElement("div");
  frame.className = "crop__frame";
  pad.append(picture, frame);
  details.append(pad);
  const crop = { form, picture, frame, handles: {} };
  for (const side of Object.keys(FACING)) {
    const handle = document.createElement("span");
    handle.className = `crop__handle crop__handle--${side}`;
    handle.tabIndex = 0;
    handle.dataset.side = side;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-orientation", side === "left" || side === "right" ? "horizontal" : "vertical");
    handle.setAttribute("aria-label", `${legend}: ${form.querySelector(`label[for="${fieldOf(form, side).id}"]`).textContent}`);
    frame.append(handle);
    crop.handles[side] = handle;
    follow(crop, side, handle);
  }
  form.addEventListener("input", () => draw(crop));
  draw(crop);
}

function mount() {
  const details = document.querySelector("details[data-crop]");
  if (!details) return;
  details.hidden = false;
  const ready = () => {
    if (details.open && !details.querySelector(".crop__pad")) build(details);
  };
  details.addEventListener("toggle", ready);
  if (isOpen) {
    details.open = true;
    ready();
    details.querySelector(`[data-side="${held}"]`)?.focus({ preventScroll: true });
  }
  isOpen = false;
  held = "";
}

export function cropPictures() {
  document.addEventListener("htmx:beforeSwap", () => {
    isOpen = Boolean(document.querySelector("details[data-crop][open]"));
    held = document.activeElement?.dataset?.side ?? "";
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "panel") mount();
  });
  mount();
}

import { fromInches, toInches } from "./inches.js";

// Fields save themselves: sliders and numbers in step, texts with a counter, files by drop.
const PAUSE = 600; // ms without a key before a text is saved
const REST = 250; // ms that a slider rests before its number is saved
const language = document.documentElement.lang;
const timers = new Map();

const measureOf = (element) => element.closest?.("[data-measure]");
const save = (form) => form?.requestSubmit();

function marksOf(measure) {
  measure.marks ??= JSON.parse(measure.dataset.marks || "[]");
  return measure.marks;
}

function differenceWords(minor, currency) {
  if (!currency || !minor) return "";
  const digits = minor % 100 ? 2 : 0;
  const format = new Intl.NumberFormat(language, {
    style: "currency", currency, signDisplay: "always", minimumFractionDigits: digits, maximumFractionDigits: digits,
  });
  return format.format(minor / 100).replace("-", "\u2212");
}

function tellMeasure(measure, value) {
  const now = measure.querySelector(".measure__now");
  const mark = marksOf(measure).find(([at]) => at === Number(value));
  if (!now) return;
  const blocked = mark && mark[1] === null;
  measure.classList.toggle("measure--blocked", Boolean(blocked));
  const words = document.getElementById("wizard").dataset;
  const price = mark && !blocked ? differenceWords(mark[1], measure.dataset.currency) : "";
  now.textContent = blocked ? words.unfit : mark?.[2] ? `${price} ${words.over}`.trim() : price;
}

// The drawings follow at once: the one beside the slider, and the words on the picture.
function drawMeasure(measure) {
  const range = measure.querySelector("input[type=range]");
  const length = measure.querySelector(".measure__length");
  const least = Math.min(0, Number(range.min));
  const share = Math.max(2, Math.round((100 * (range.value - least)) / (range.max - least || 1)));
  length?.setAttribute("d", `M.4 1V11M0 6H${share}m-.4 -5V11`);
  const words = document.querySelector(`[data-dimension="${measure.dataset.measure}"] text`);
  const field = measure.querySelector(".measure__number");
  const unit = measure.querySelector(".measure__unit")?.textContent ?? "";
  if (words) words.textContent = unit === "\u2033" ? `${field.value}${unit}` : `${field.value} ${unit}`;
}

// A slider does not rest where nothing is possible: it goes on to the nearest value that is.
function settle(measure) {
  const range = measure.querySelector("input[type=range]");
  const marks = marksOf(measure);
  const here = marks.find(([at]) => at === Number(range.value));
  if (!here || here[1] !== null) return;
  const far = ([at]) => Math.abs(at - here[0]);
  const able = marks.filter(([, more]) => more !== null).sort((one, two) => far(one) - far(two));
  if (!able.length) return;
  range.value = able[0][0];
  range.dispatchEvent(new Event("input", { bubbles: true }));
}

// The parts of the track that are not possible are drawn lighter.
function drawTrack(measure) {
  const marks = marksOf(measure);
  const range = measure.querySelector("input[type=range]");
  if (!marks.length || !range) return;
  const low = Number(range.min);
  const width = Number(range.max) - low || 1;
  const half = marks.length > 1 ? (marks[1][0] - marks[0][0]) / 2 : width;
  const place = (value) => `${Math.max(0, Math.min(100, ((value - low) / width) * 100)).toFixed(2)}%`;
  const stops = marks.map(([value, more, over]) => {
    const color = more === null ? "var(--track-no)" : over ? "var(--track-over)" : "var(--track-yes)";
    return `${color} ${place(value - half)} ${place(value + half)}`;
  });
  range.style.setProperty("--track", `linear-gradient(to ${document.dir === "rtl" ? "left" : "right"}, ${stops.join(", ")})`);
}

function count(field) {
  const box = field.closest("form").querySelector(".writing__count");
  const limit = Number(field.closest("[data-text]").dataset.limit);
  if (!box) return;
  const length = [...field.value.normalize("NFC").trim()].length;
  box.textContent = `${length} / ${limit}`;
  box.classList.toggle("is-over", length > limit);
}

function prepare(root) {
  root.querySelectorAll("[data-measure]").forEach((measure) => {
    drawTrack(measure);
    tellMeasure(measure, measure.querySelector("input[type=range]").value);
  });
  root.querySelectorAll("[data-text] input").forEach(count);
}

document.addEventListener("input", ({ target }) => {
  const measure = measureOf(target);
  if (measure) {
    const range = measure.querySelector("input[type=range]");
    const field = measure.querySelector(".measure__number");
    const factor = Number(field.dataset.factor ?? 0); // millimeters a unit, in a field for inches
    if (target === range) field.value = factor ? toInches(range.value, range.step, factor) : range.value;
    else range.value = factor ? fromInches(field.value, factor) : field.value;
    tellMeasure(measure, factor || target === range ? range.value : field.value);
    drawMeasure(measure);
  } else if (target.matches("[data-text] input")) {
    count(target);
    later(target.id, PAUSE);
  }
});

// Save a field after a pause; by id, for an answer may have replaced it in the meantime.
function later(id, pause) {
  window.clearTimeout(timers.get(id));
  timers.set(id, window.setTimeout(send, pause, id));
}

function send(id) {
  window.clearTimeout(timers.get(id));
  const field = document.getElementById(id);
  const known = field?.dataset.sent ?? field?.defaultValue;
  if (!field || field.value === known) return;
  field.dataset.sent = field.value;
  save(field.form);
}

document.addEventListener("change", ({ target }) => {
  const measure = measureOf(target);
  if (measure && target.type === "range") settle(measure);
  const number = measure?.querySelector(".measure__number");
  if (number) later(number.id, target === number ? 0 : REST);
  else if (target.matches("[data-text] input")) send(target.id);
  else if (target.matches("[data-pick]") && target.value) save(target.form);
  else if (target.matches("[data-drop] input[type=file]") && target.files.length) save(target.form);
});

// What did not arrive may be sent again.
document.addEventListener("htmx:sendError", () => {
  document.querySelectorAll("[data-sent]").forEach((field) => delete field.dataset.sent);
});

// Dropping a file anywhere on the field chooses it.
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("drop--over", kind === "dragenter" || kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const field = drop.querySelector("input[type=file]");
    field.files = event.dataTransfer.files;
    save(field.form);
  });
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "panel") prepare(detail.target);
});
prepare(document);

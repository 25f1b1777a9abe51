// The forms of moves – hold, rework, scrap and the like – are kept like taps, with their photo.
import * as drafts from "./drafts.js";
import * as net from "./net.js";
import * as photos from "./photos.js";
import * as taps from "./taps.js";

const FORMS = "form[data-kept]";
let newest = ""; // the key of the newest form that was sent from this page

const formAt = (url) => [...document.querySelectorAll(FORMS)].find((form) => form.action === url);

function firstEmpty(form) {
  const needed = (form.dataset.needed ?? "").split(" ");
  return drafts.fieldsOf(form).find((field) => needed.includes(field.name) && !field.value.trim());
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(FORMS);
  if (!form) return;
  if (form.dataset.busy) {
    event.preventDefault(); // a glove that taps twice
    return;
  }
  const empty = firstEmpty(form);
  if (empty) {
    event.preventDefault();
    net.clear();
    net.refuse(`${empty.labels[0]?.textContent ?? ""}: ${form.dataset.empty}`);
    empty.focus();
    return;
  }
  const photo = form.elements.photo?.files?.[0];
  event.preventDefault();
  form.dataset.busy = "1";
  newest = await taps.pushWith(form, photo);
  if (!newest) {
    form.submit(); // nothing can be kept here: sent as a plain form
    return;
  }
  net.clear();
  form.closest("details")?.removeAttribute("open");
  net.look();
});

export const mine = (tap) => Boolean(tap.form);

export function setUp() {
  drafts.restore(taps.waits);
  for (const form of document.querySelectorAll(FORMS)) if (taps.waits(form.action)) form.dataset.busy = "1";
}

// After an answer: on with `url`, or the page as it is now with why not, and all that was written.
export async function answered({ tap, ok, told, url }, load) {
  if (ok) {
    drafts.forget(tap.url);
    photos.drop(tap.key).catch(() => {});
    if (tap.key === newest) await load(url);
    net.tell(told);
    return;
  }
  const photo = tap.photo ? await photos.get(tap.key).catch(() => null) : null;
  photos.drop(tap.key).catch(() => {});
  await load(location.href);
  const form = formAt(tap.url);
  if (form) fill(form, tap, photo);
  const written = tap.fields.filter(([name, value]) => value && ["reason", "note"].includes(name));
  net.refuse([told, ...(form ? [] : written.map(([, value]) => `“${value}”`))].join(" "));
}

function fill(form, tap, photo) {
  for (const [name, value] of tap.fields) {
    const field = drafts.fieldsOf(form).find((one) => one.name === name);
    if (field) field.value = value;
  }
  if (photo && form.elements.photo) {
    const files = new DataTransfer();
    files.items.add(photo);
    form.elements.photo.files = files.files;
  }
  delete form.dataset.busy;
  form.closest("details")?.setAttribute("open", "");
}

// A text is seen on the product while it is typed: the server draws it, and says how it fits.
import { tryPicture } from "./picture.js";

const PAUSE = 90; // ms without a key
let timer = 0;
let asked = 0;

function addressOf(field, path, more) {
  const { look } = field.closest("[data-text]").dataset;
  const view = document.querySelector("#panel input[name=view]")?.value ?? "";
  const option = field.form.elements.option.value;
  const query = new URLSearchParams({ option, text: field.value, ...(view ? { view } : {}), ...more });
  return `${look}${path}?${query}`;
}

async function look(field) {
  const mine = ++asked;
  const picture = document.getElementById("picture");
  const width = picture && new URL(picture.currentSrc, location.href).searchParams.get("w");
  if (picture) tryPicture(addressOf(field, "picture.webp", { w: width ?? "720" }));
  const answer = await fetch(addressOf(field, "", {}), { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  const facts = document.getElementById(`w-${field.form.elements.option.value}`);
  if (mine !== asked || !facts || document.getElementById(field.id)?.value !== field.value) return;
  facts.innerHTML = html;
}

export function seeWriting() {
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-text] input")) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, PAUSE, target);
  });
}

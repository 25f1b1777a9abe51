// The wizard in the browser. Everything also works without these modules.
import "./fields.js";
import "./dialog.js";
import "./keys.js";
import "./look.js";
import "./swipe.js";
import "./wake.js";
import { followPicture } from "./picture.js";
import { cropPictures } from "./crop.js";
import { placePictures } from "./placing.js";
import { seeWriting } from "./writing.js";
import { keepTyped } from "./typed.js";
import { goOn, keep } from "./waiting.js";

const wizard = () => document.getElementById("wizard");
const toast = () => document.getElementById("toast");

function tell(text) {
  const card = document.createElement("div");
  card.className = "toast__card";
  const words = document.createElement("p");
  words.textContent = text;
  card.append(words);
  toast()?.replaceChildren(card);
}

// An answer that was overtaken by a newer one is not shown.
document.addEventListener("htmx:beforeSwap", (event) => {
  const revision = Number(event.detail.xhr.getResponseHeader("X-Design-Revision") ?? -1);
  const shown = wizard();
  if (!shown || revision < 0) return;
  if (revision < Number(shown.dataset.revision)) event.detail.shouldSwap = false;
  else shown.dataset.revision = String(revision);
});

document.addEventListener("htmx:sendError", (event) => {
  tell((keep(event.detail) ? wizard()?.dataset.waiting : wizard()?.dataset.trouble) ?? "");
});
goOn(() => tell(wizard()?.dataset.resumed ?? ""));
document.addEventListener("htmx:responseError", (event) => {
  const outdated = [403, 404].includes(event.detail.xhr.status);
  tell((outdated ? wizard()?.dataset.outdated : wizard()?.dataset.trouble) ?? "");
});

// What is wrong is seen, also where the bar lies over it.
document.addEventListener("htmx:afterSettle", () => {
  document.querySelector("#panel .option--failed .field__error")?.scrollIntoView({ block: "nearest" });
});

// A new step begins at its title.
let moved = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  moved = event.detail.elt.matches("a[hx-push-url]");
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!moved || event.detail.target?.id !== "panel") return;
  moved = false;
  const title = document.getElementById("panel-title");
  title?.focus({ preventScroll: true });
  const panel = document.getElementById("panel");
  const top = panel.getBoundingClientRect().top;
  const style = getComputedStyle(panel);
  if (top < parseFloat(style.scrollMarginTop) || top > window.innerHeight / 2) {
    panel.scrollIntoView({ block: "start" });
  }
  document.querySelector(".step[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
});

// A page that the browser kept asleep may be out of date.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

const copy = document.getElementById("copy-link");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    tell(copy.dataset.copied);
  });
}

document.querySelector(".step[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
followPicture();
placePictures();
cropPictures();
seeWriting();
keepTyped();

// A page of ours within a page of a brand: tells it of its size and of what happens. It speaks only
// to the page around it, and only if that is one of the brand's own.
const about = document.querySelector("meta[name='customerize-shop']");
const origins = (about?.content ?? "").split(" ").filter(Boolean);
// The origin of the page around: as the browser tells it, else as soon as that page says hello.
const around = window.location.ancestorOrigins?.[0] ?? "";
let listener = origins.includes(around) ? around : "";
const waiting = [];

function say(type, detail = {}) {
  const message = { source: "customerize", type, ...detail };
  if (listener) window.parent.postMessage(message, listener);
  else waiting.push(message);
}

window.addEventListener("message", ({ origin, source, data }) => {
  if (source !== window.parent || !origins.includes(origin)) return;
  if (data?.source !== "customerize" || data.type !== "hello" || listener) return;
  listener = origin;
  for (const message of waiting.splice(0)) window.parent.postMessage(message, listener);
});

// The state of the design that the page shows; null on pages of none.
function told() {
  const facts = document.getElementById("told")?.dataset;
  if (!facts?.design) return null;
  return {
    design: facts.design,
    product: facts.product,
    revision: Number(facts.revision),
    price: facts.price || null,
    currency: facts.currency,
    date: facts.date,
    complete: facts.complete === "true",
  };
}

let size = "";
function measure() {
  const whole = document.body.classList.contains("is-wizard");
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (size === `${whole} ${height}`) return;
  size = `${whole} ${height}`;
  say("size", { height, whole });
}

let revision = told()?.revision ?? -1;
function changed() {
  const now = told();
  if (!now || now.revision === revision) return;
  revision = now.revision;
  say("changed", now);
}

// An order's page is opened again and again; what it tells is told once.
function isNew(key) {
  try {
    if (sessionStorage.getItem(key)) return false;
    sessionStorage.setItem(key, "1");
  } catch {
    // the browser keeps nothing here: it may be told twice
  }
  return true;
}

// What this page tells at once: an order that was placed, a design put into the cart.
function happened() {
  for (const sign of document.querySelectorAll("[data-told]")) {
    const { told: type, ...detail } = sign.dataset;
    if (detail.number && !isNew(`customerize:${type}:${detail.number}`)) continue;
    say(type, detail);
  }
}

// What is paid in another tab leads on here, too: asked as soon as one comes back, and now and then.
const ASK_EVERY = 4000; // milliseconds
function followPayment() {
  let asking = false;
  const ask = async () => {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const answer = await fetch(window.location.href);
      if (answer.redirected) window.location.replace(answer.url);
    } catch {
      // no line at the moment: asked again
    } finally {
      asking = false;
    }
  };
  window.addEventListener("focus", ask);
  document.addEventListener("visibilitychange", ask);
  window.setInterval(ask, ASK_EVERY);
}

if (document.querySelector("[data-paid-elsewhere]")) followPayment();

if (window.parent !== window) {
  const missing = document.body.classList.contains("is-missing");
  const moved = document.referrer.startsWith(window.location.origin);
  say("ready", { ...told(), missing, moved });
  happened();
  measure();
  new ResizeObserver(measure).observe(document.body);
  document.addEventListener("htmx:afterSettle", () => {
    changed();
    measure();
  });
}

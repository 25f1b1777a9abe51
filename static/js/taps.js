import * as photos from "./photos.js";

// Taps that survive a lost network: kept in localStorage, sent in order, each counted once by its
// key however often it arrives.

const STORE = "bench.taps";
const RETRY = 4000; // milliseconds

let told = () => {};
let sending = false;

// A key that no other tap has; randomUUID is missing where the page is not served over HTTPS.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function kept() {
  try {
    const taps = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(taps) ? taps : [];
  } catch {
    return [];
  }
}

function keep(taps) {
  try {
    localStorage.setItem(STORE, JSON.stringify(taps));
    return true;
  } catch {
    return false; // full, or forbidden: the form is then sent as it is
  }
}

function head() {
  return document.querySelector("[data-who]");
}

// Who taps, and the page's token; both change when somebody else signs in.
function mine() {
  const who = head()?.dataset.who;
  return kept().filter((tap) => tap.who === who);
}

function forget(key) {
  keep(kept().filter((tap) => tap.key !== key));
}

// Whether a tap of the form with this address has not been answered yet.
export function waits(url) {
  return mine().some((tap) => tap.url === url);
}

// Keep a form's tap and send it; "" where nothing can be kept.
export function push(form) {
  const key = newKey();
  if (!keep([...kept(), tapOf(form, key)])) return "";
  send();
  return key;
}

// The same for a form of a move, with its photo if one was taken.
export async function pushWith(form, photo) {
  const key = newKey();
  const tap = { ...tapOf(form, key), form: true, photo: Boolean(photo) };
  try {
    if (photo) await photos.put(key, photo);
  } catch {
    return ""; // full, or forbidden
  }
  if (!keep([...kept(), tap])) return "";
  send();
  return key;
}

function tapOf(form, key) {
  const fields = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !["key", "csrfmiddlewaretoken"].includes(name),
  );
  return { key, url: form.action, fields, at: Date.now(), who: head().dataset.who };
}

// As text, or with the photo as a form has it.
async function bodyOf(tap) {
  const photo = tap.photo ? await photos.get(tap.key) : null;
  const body = photo ? new FormData() : new URLSearchParams();
  for (const [name, value] of tap.fields) body.append(name, value);
  body.set("key", tap.key);
  body.set("ago", String(Math.max(0, (Date.now() - tap.at) / 1000)));
  if (photo) body.set("photo", photo);
  return body;
}

async function post(tap) {
  const answer = await fetch(tap.url, {
    method: "POST",
    body: await bodyOf(tap),
    headers: { Accept: "application/json", "X-CSRFToken": head().dataset.token },
    credentials: "same-origin",
    signal: AbortSignal.timeout(tap.photo ? 60000 : 15000),
  });
  const plain = !(answer.headers.get("content-type") ?? "").startsWith("application/json");
  return { status: answer.status, plain, said: plain ? {} : await answer.json() };
}

// Send what is kept, one after the other; stop at the first that gets no answer.
export async function send() {
  if (sending || !head()) return;
  sending = true;
  let state = "online";
  try {
    for (let taps = mine(); taps.length; taps = mine()) {
      const tap = taps[0];
      told("sending", { left: taps.length });
      const answer = await post(tap);
      if (answer.status >= 500) throw new Error("the server is not there");
      if (answer.plain && answer.status !== 404) {
        state = "stuck"; // a sign-in page, or a token of yesterday
        break;
      }
      forget(tap.key);
      told("answered", { tap, ok: answer.status < 300, told: head().dataset.gone, ...answer.said });
    }
  } catch {
    state = "offline";
  } finally {
    sending = false;
  }
  told(state, { left: mine().length });
}

// Begin: `listener(state, facts)` hears of everything.
export function start(listener) {
  told = listener;
  addEventListener("online", send);
  addEventListener("offline", () => told("offline", { left: mine().length }));
  setInterval(() => {
    if (mine().length) send();
  }, RETRY);
  if (navigator.onLine) send();
  else told("offline", { left: mine().length });
}

// What people are told of the network and of what was refused, at the head of the page.
import { keep } from "./scanbox.js";

const by = (id) => document.getElementById(id);
export const words = () => document.querySelector("[data-who]")?.dataset ?? {};

export function say(state, left) {
  const net = by("net");
  if (!net) return;
  const said = words();
  const text = { offline: said.offline, sending: said.sending, stuck: said.stuck }[state] ?? "";
  net.dataset.state = state;
  by("net-told").textContent = left || state === "offline" ? text.replace("{n}", left) : "";
}

export function tell(text) {
  if (by("net-told")) by("net-told").textContent = text;
}

export function refuse(text) {
  const list = by("refusals");
  const item = document.createElement("li");
  item.className = "refusals__one";
  item.textContent = text;
  list.append(item);
  list.hidden = false;
  item.scrollIntoView({ block: "nearest" });
}

// To where it is said, from a form further down.
export function look() {
  by("net")?.scrollIntoView({ block: "nearest" });
}

export function clear() {
  by("refusals").hidden = true;
  by("refusals").replaceChildren();
}

// Another page in place of this one, without leaving it: between two the network might be lost.
export async function load(url, setUp) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("content");
    if (!page.querySelector("[data-who]") || !fresh) {
      location.assign(url); // a sign-in page, or one of another kind
      return;
    }
    const restore = keep();
    by("content").replaceWith(document.adoptNode(fresh));
    restore();
    htmx.process(fresh);
    history.replaceState(null, "", url);
    setUp();
  } catch {
    say("offline", 0);
  }
}

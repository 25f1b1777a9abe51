// The doctor's findings come after the page, which says for how long they have been awaited.

const page = document.querySelector(".doctor");
const link = page.querySelector("[data-again]");
const working = page.querySelector("[data-working]");
const found = page.querySelector("[data-found]");
const failed = page.querySelector("[data-failed]");

async function examine() {
  const began = Date.now();
  const elapsed = working.querySelector("[data-elapsed]");
  const clock = setInterval(() => {
    elapsed.textContent = Math.round((Date.now() - began) / 1000);
  }, 500);
  working.hidden = false;
  failed.hidden = true;
  found.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: { "X-Part": "found" } });
    if (!answer.ok) throw new Error(answer.statusText);
    found.innerHTML = await answer.text();
  } catch {
    failed.hidden = false;
  } finally {
    clearInterval(clock);
    working.hidden = true;
    found.removeAttribute("aria-busy");
  }
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  if (working.hidden) examine();
});
if ("empty" in found.dataset) examine();

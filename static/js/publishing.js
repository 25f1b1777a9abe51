// Shows that a publication is under way, and for how long.

document.querySelector("[data-publishing]")?.addEventListener("submit", ({ target }) => {
  const began = Date.now();
  const working = target.querySelector("[data-working]");
  const elapsed = target.querySelector("[data-elapsed]");
  target.querySelector("input[type=submit]").disabled = true;
  working.hidden = false;
  window.setInterval(() => {
    elapsed.textContent = String(Math.round((Date.now() - began) / 1000));
  }, 1000);
});

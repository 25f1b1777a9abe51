// "Why not?" opens in a dialog over the page; without this module it is a page of its own.
const dialog = () => document.getElementById("ask");

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const ask = dialog();
  if (!ask) return;
  if (detail.target === ask && ask.firstElementChild) {
    if (!ask.open) ask.showModal();
    ask.querySelector("h2")?.focus();
  } else if (detail.target?.id === "panel" && ask.open) {
    ask.close();
  }
});

document.addEventListener("click", (event) => {
  const ask = dialog();
  if (!ask?.open) return;
  if (event.target === ask || event.target.closest("#ask [data-close]")) {
    event.preventDefault();
    ask.close();
  }
});

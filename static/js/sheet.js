// The designs of a contact sheet come after its page.

const designs = document.getElementById("designs");

async function load() {
  try {
    const answer = await fetch(designs.dataset.load, { headers: { "X-Part": "designs" } });
    if (!answer.ok) throw new Error(answer.statusText);
    designs.innerHTML = await answer.text();
  } catch {
    designs.querySelector("[data-working]").textContent = designs.dataset.failed;
  }
}

if ("empty" in designs.dataset) load();

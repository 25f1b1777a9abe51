// Says now and then that this page is open, and shows who else is at the product and what they did.

const EVERY = 15_000;
const place = document.querySelector("[data-presence]");

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function tell() {
  if (document.hidden) return;
  const { presence, since, page } = place.dataset;
  try {
    const answer = await fetch(presence, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ since, page }),
    });
    if (!answer.ok || answer.redirected) return;
    const told = await answer.text();
    if (told.trim() !== place.innerHTML.trim()) place.innerHTML = told;
  } catch {
    // the next time will tell
  }
}

if (place) {
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
}

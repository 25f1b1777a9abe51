// Passing an address on: by the device's own sheet where there is one, or by copying it.
const said = (text) => {
  const place = document.getElementById("messages");
  if (!place) return;
  const message = document.createElement("div");
  message.className = "message message--success";
  message.textContent = text;
  place.replaceChildren(message);
};

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { share: url, title, text } = button.dataset;
    try {
      await navigator.share({ url, title, text });
    } catch (error) {
      if (error.name !== "AbortError") throw error; // somebody changed their mind
    }
  });
}

for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyLink);
    said(button.dataset.copied);
  });
}

for (const field of document.querySelectorAll("input[readonly]")) {
  field.addEventListener("focus", () => field.select());
}

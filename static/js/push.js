// "Show messages in this browser": the browser asks, subscribes, and the form tells where.
const form = document.querySelector("[data-push]");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function bytes(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

async function subscription() {
  const registered = await navigator.serviceWorker.register(form.dataset.worker);
  const options = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
  return (await registered.pushManager.getSubscription()) ?? registered.pushManager.subscribe(options);
}

async function begin(event) {
  event.preventDefault();
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      status.textContent = form.dataset.refused;
      return;
    }
    const { endpoint, keys } = (await subscription()).toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.public_key.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
    form.submit();
  } catch {
    status.textContent = form.dataset.failed;
  } finally {
    button.disabled = false;
  }
}

if (form && able) {
  form.hidden = false;
  document.querySelector("[data-push-without]").hidden = true;
  form.addEventListener("submit", begin);
}

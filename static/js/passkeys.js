// Signing in by a passkey, adding one, and showing once more who one is. Without this the page's
// other ways do.
const form = document.getElementById("passkey-form");
const go = document.getElementById("passkey-go");
const told = document.getElementById("passkey-no");

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const decoded = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

async function asked(options) {
  const key = options.publicKey;
  key.challenge = bytes(key.challenge);
  key.allowCredentials = decoded(key.allowCredentials);
  return navigator.credentials.get({ publicKey: key });
}

async function made(options) {
  const key = options.publicKey;
  key.challenge = bytes(key.challenge);
  key.user.id = bytes(key.user.id);
  key.excludeCredentials = decoded(key.excludeCredentials);
  key.authenticatorSelection = {
    ...key.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey: key });
}

// Of the device's answer, what the server reads; binary as URL-safe base64.
function written(found) {
  const response = { clientDataJSON: text(found.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[part]) response[part] = text(found.response[part]);
  }
  return JSON.stringify({
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    response,
    clientExtensionResults: found.getClientExtensionResults(),
  });
}

async function options() {
  const here = document.getElementById("passkey-data");
  if (here) {
    const data = JSON.parse(here.textContent);
    return data.creation_options || data.request_options;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

async function submitted(event) {
  event.preventDefault();
  go.disabled = true;
  try {
    const wanted = await options();
    const found = await (go.dataset.passkey === "add" ? made(wanted) : asked(wanted));
    document.getElementById("passkey-credential").value = written(found);
    form.submit();
  } catch {
    told.textContent = told.dataset.failed;
    told.hidden = false;
    told.setAttribute("role", "alert");
    go.disabled = false;
  }
}

if (form && window.PublicKeyCredential) {
  go.disabled = false;
  told.hidden = true;
  form.addEventListener("submit", submitted);
}

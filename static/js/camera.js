// Codes by the camera, in browsers that have a BarcodeDetector.

const FORMATS = ["qr_code", "code_128"];
const PAUSE = 150; // milliseconds between looks
let stream = null;

const part = (name) => document.getElementById(`camera-${name}`);
const tell = (what) => (part("told").textContent = part("told").dataset[what]);

export function close() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  if (part("dialog")?.open) part("dialog").close();
}

// The formats that this browser reads of those on our papers; none where it has no detector.
async function readable() {
  if (!("BarcodeDetector" in window)) return [];
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return FORMATS.filter((format) => known.includes(format));
}

async function opened() {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    tell(error.name === "NotAllowedError" ? "denied" : "missing");
    return null;
  }
}

// Open the camera and call `found(text)` with the first code that it sees; or say why it can't.
export async function look(found) {
  const dialog = part("dialog");
  const view = part("view");
  tell("hint");
  view.hidden = true;
  dialog.showModal();
  if (!window.isSecureContext || !navigator.mediaDevices) return void tell("insecure");
  const formats = await readable();
  if (!formats.length) return void tell("none");
  stream = await opened();
  if (!stream) return;
  view.hidden = false;
  view.srcObject = stream;
  await view.play().catch(() => {});
  const detector = new BarcodeDetector({ formats });
  // The dialog may be closed, or swapped away with the page, while the camera opens or looks.
  while (stream && dialog.open && dialog.isConnected) {
    const codes = await detector.detect(view).catch(() => []);
    if (codes.length) {
      close();
      found(codes[0].rawValue);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  close();
}

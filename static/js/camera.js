// Codes by the camera, in browsers that have a BarcodeDetector.

const FORMATS = ["qr_code", "code_128"];
const PAUSE = 150; // milliseconds between looks
let stream = null;

export function offered() {
  return "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);
}

const part = (name) => document.getElementById(`camera-${name}`);

export function close() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  if (part("dialog")?.open) part("dialog").close();
}

// Open the camera and call `found(text)` with the first code that it sees.
export async function look(found) {
  const dialog = part("dialog");
  dialog.showModal();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    part("told").textContent = part("told").dataset.denied;
    return;
  }
  const view = part("view");
  view.srcObject = stream;
  await view.play();
  const detector = new BarcodeDetector({ formats: FORMATS });
  while (stream && dialog.open) {
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

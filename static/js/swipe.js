// On a touch screen a swipe across the choices leads to the next or the previous step.
const FAR = 70; // px
const SLANT = 2; // so many times as far across as up or down
const OWN = ".steps, input, .look, dialog, [data-sideways]"; // what moves sideways by itself
let begun = null;

function edge() {
  return window.innerWidth * 0.06; // where browsers themselves go back
}

document.addEventListener("touchstart", (event) => {
  const [touch] = event.touches;
  const inside = event.target.closest?.(".choices") && !event.target.closest(OWN);
  const atEdge = touch.clientX < edge() || touch.clientX > window.innerWidth - edge();
  begun = inside && !atEdge && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
}, { passive: true });

document.addEventListener("touchend", (event) => {
  if (!begun) return;
  const [touch] = event.changedTouches;
  const across = touch.clientX - begun.x;
  const along = Math.abs(touch.clientY - begun.y);
  begun = null;
  if (Math.abs(across) < FAR || Math.abs(across) < along * SLANT) return;
  const forward = (across < 0) !== (document.documentElement.dir === "rtl");
  const link = document.getElementById(forward ? "go-next" : "go-back");
  if (link?.matches("[hx-get]")) link.click();
}, { passive: true });

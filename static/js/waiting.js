// Choices made while the line is down are kept, the last one of each option, and made once it is back.
// Only what may be said twice: setting a value again changes nothing, another undo would.
const AGAIN = /\/(choose|text|clear)\/$/;
const ASK_EVERY = 3000; // milliseconds
const kept = new Map(); // what was pressed, by the option
let timer = 0;
let sending = "";

const found = (press) => (press.id ? document.getElementById(press.id) : null);

function next() {
  if (sending || !navigator.onLine) return;
  for (const [option, press] of kept) {
    const again = found(press);
    if (!again) {
      kept.delete(option); // another step is shown by now
      continue;
    }
    sending = option;
    if (again instanceof HTMLFormElement) again.requestSubmit();
    else again.click();
    return;
  }
  window.clearInterval(timer);
  timer = 0;
}

// Whether what failed is kept for later.
export function keep({ requestConfig }) {
  const { path, elt, triggeringEvent, formData } = requestConfig;
  sending = "";
  if (!AGAIN.test(path)) return false;
  const press = triggeringEvent?.submitter?.id ? triggeringEvent.submitter : elt;
  if (!press.id) return false;
  const option = (formData?.get("set") ?? formData?.get("take") ?? formData?.get("clear") ?? formData?.get("option") ?? "").split(":")[0];
  kept.delete(option);
  kept.set(option, press);
  timer ||= window.setInterval(next, ASK_EVERY);
  return true;
}

// After an answer: whether the last of what was kept has now been made.
function arrived() {
  if (!sending) return false;
  kept.delete(sending);
  sending = "";
  next();
  return kept.size === 0;
}

export function goOn(tell) {
  window.addEventListener("online", next);
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status && arrived()) tell();
  });
}

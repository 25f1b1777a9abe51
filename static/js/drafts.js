// What is written into the forms of moves stays until the move is made: through a page that is
// loaded anew, through a lost network, and through a refusal.

const STORE = "bench.drafts";
const FORMS = "form[data-kept], form[data-tap=done]";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function write(drafts) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(drafts));
  } catch {
    // full or forbidden: then it is not kept
  }
}

// The fields that somebody writes into.
export function fieldsOf(form) {
  return [...form.elements].filter((field) => field.matches("input:not([type=hidden], [type=file], [type=checkbox]), select, textarea"));
}

const nameOf = (form) => `${document.querySelector("[data-who]")?.dataset.who} ${form.action}`;

function remember(form) {
  const written = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const drafts = read();
  if (Object.values(written).some(Boolean)) drafts[nameOf(form)] = written;
  else delete drafts[nameOf(form)];
  write(drafts);
}

export function forget(url) {
  const kept = Object.entries(read()).filter(([name]) => !name.endsWith(` ${url}`));
  write(Object.fromEntries(kept));
}

// Fill the forms of this page as they were left, except those whose move is on its way (`busy`).
export function restore(busy) {
  const drafts = read();
  for (const form of document.querySelectorAll(FORMS)) {
    const draft = drafts[nameOf(form)];
    if (!draft || busy(form.action)) continue;
    for (const field of fieldsOf(form)) if (!field.value) field.value = draft[field.name] ?? "";
    form.closest("details")?.setAttribute("open", "");
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.(FORMS);
  if (form) remember(form);
});

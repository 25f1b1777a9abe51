// While a rule is written: what it does is told beside it, and names are completed.

const panel = document.querySelector(".trying");
const form = panel.closest("form");
const button = panel.querySelector("[data-try]");
const working = panel.querySelector("[data-working]");
const tried = panel.querySelector("[data-tried]");
const failed = panel.querySelector("[data-failed]");
const text = form.querySelector("#id_text");
const fields = ["text", "table", "kind", "product"].map((name) => form.elements[name]);
let asked = 0;
let timer = 0;

async function tell() {
  const mine = (asked += 1);
  const body = new FormData(form);
  working.hidden = false;
  failed.hidden = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { "X-Part": "tried" } });
    const html = await answer.text();
    if (mine !== asked) return;
    if (!answer.ok) throw new Error(answer.statusText);
    tried.innerHTML = html;
  } catch {
    if (mine === asked) failed.hidden = false;
  } finally {
    if (mine === asked) working.hidden = true;
  }
}

button.addEventListener("click", (event) => {
  event.preventDefault();
  tell();
});
for (const field of fields) {
  field?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 900);
  });
}
if (text?.value.trim() || form.elements.table?.value.trim()) tell();

// Completion: the names that begin like the word before the caret; after “=” the option's values.

const names = JSON.parse(document.getElementById("rule-names")?.textContent || "[]") || [];
const list = document.createElement("ul");
list.className = "trying__list";
list.id = "rule-completions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", text?.labels?.[0]?.textContent.trim() || "");
list.hidden = true;
let chosen = -1;

// The values of an option of a product that has too many for the page to bring along.
async function ask(name) {
  name.values = [];
  try {
    const place = document.querySelector("[data-combinations]").dataset.values;
    const answer = await fetch(place.replace("/0/", `/${name.key}/`));
    name.values = (await answer.json()).values;
    show();
  } catch {
    name.values = null;
  }
}

function fitting() {
  const before = text.value.slice(0, text.selectionStart);
  const word = before.match(/[A-Za-z_][\w-]*$/)?.[0] ?? "";
  const rest = before.slice(0, before.length - word.length);
  const option = rest.match(/([A-Za-z_]\w*)\s*(?:!?=|≠|\s(?:is|is\s+not)\s|(?:not\s+)?in\s*\{[^}]*)\s*$/)?.[1];
  const named = names.find((name) => name.code === option);
  if (named && named.values === null) ask(named);
  const values = named?.values ?? [];
  const pool = values.length ? values : names;
  if (!word && !values.length) return { word, found: [] };
  const low = word.toLowerCase();
  const fits = (name) => name.code.toLowerCase().startsWith(low) || name.label.toLowerCase().startsWith(low);
  const found = pool.filter((name) => fits(name) && name.code !== word).slice(0, 8);
  return { word, found };
}

function show() {
  const { word, found } = fitting();
  chosen = -1;
  list.replaceChildren(
    ...found.map((name, index) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.id = `rule-completion-${index}`;
      const code = document.createElement("code");
      code.textContent = name.code;
      item.append(code, ` ${name.label}`);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(word, name.code);
      });
      return item;
    }),
  );
  list.hidden = !found.length;
  text.removeAttribute("aria-activedescendant");
}

function take(word, code) {
  const plain = /^[A-Za-z_]\w*$/.test(code) ? code : `"${code}"`;
  const end = text.selectionStart;
  text.setRangeText(plain, end - word.length, end, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  hide();
  text.focus();
}

function hide() {
  list.hidden = true;
  chosen = -1;
  text.removeAttribute("aria-activedescendant");
}

function mark(index) {
  const items = [...list.children];
  chosen = (index + items.length) % items.length;
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  text.setAttribute("aria-activedescendant", items[chosen].id);
}

function press(event) {
  if (list.hidden) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(chosen + (event.key === "ArrowDown" ? 1 : -1));
  else if (event.key === "Escape") hide();
  else if (event.key === "Enter" && chosen >= 0) {
    const { word, found } = fitting();
    take(word, found[chosen].code);
  } else return;
  event.preventDefault();
}

if (text && names.length) {
  text.after(list);
  text.setAttribute("aria-haspopup", "listbox"); // a text of several lines is no combobox
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", list.id);
  text.addEventListener("input", show);
  text.addEventListener("keydown", press);
  text.addEventListener("blur", hide);
}

// A condition has no table, and a table no condition: only what the kind asks for is shown.

const kind = form.elements.kind;
const rows = { text: [".field-text"], table: [".field-table"] };

function fit() {
  const table = kind.value !== "condition";
  const empty = !(table ? text?.value.trim() : form.elements.table?.value.trim());
  for (const row of table ? rows.table : rows.text) form.querySelector(row)?.removeAttribute("hidden");
  for (const row of table ? rows.text : rows.table) form.querySelector(row)?.toggleAttribute("hidden", empty);
}

if (kind) {
  kind.addEventListener("change", fit);
  fit();
}

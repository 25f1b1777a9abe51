// A table of combinations as a grid: what it says is written into the field of the form.

const place = document.querySelector("[data-combinations]");
const area = document.querySelector("#id_table");
const words = place.dataset;
const names = JSON.parse(document.getElementById("rule-names")?.textContent || "[]") || [];
const wrong = JSON.parse(document.getElementById("wrong-cells")?.textContent || "[]") || [];
const byCode = new Map(names.map((name) => [name.code.toLowerCase(), name]));
const byLabel = new Map(names.map((name) => [name.label.toLowerCase(), name]));
const known = (text) => byCode.get(text.trim().toLowerCase()) ?? byLabel.get(text.trim().toLowerCase());
const SEVERAL = "\u0000";
let columns = [];
let rows = [];

function read(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").filter((line) => line.trim());
  const cells = lines.map((line) => line.split("\t").map((cell) => cell.replace(/^"(.*)"$/, "$1").replaceAll('""', '"').trim()));
  columns = cells.shift() ?? [];
  while (columns.length && !columns.at(-1)) columns.pop();
  rows = cells.map((line) => columns.map((_each, at) => line[at] ?? ""));
}

function write() {
  const lines = [columns, ...rows];
  area.value = columns.length ? lines.map((line) => line.join("\t")).join("\n") : "";
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function button(text, label, act) {
  const made = make("button", { type: "button", class: "combinations__act", "aria-label": label, title: label }, text);
  made.addEventListener("click", act);
  return made;
}

// What a cell can be: [value, label].
function choicesOf(name) {
  const yesOrNo = [["yes", words.yes], ["no", words.no]];
  const own = name.kind === "toggle" ? yesOrNo : (name.values ?? []).map((each) => [each.code, each.label]);
  const none = name.optional ? [["none", words.inapplicable]] : [];
  return [...own, ...none, ["*", words.any]];
}

const codeOf = (name, text) => {
  const low = text.toLowerCase();
  const found = choicesOf(name).find(([code, label]) => code.toLowerCase() === low || label.toLowerCase() === low);
  return found ? found[0] : text;
};

async function valuesOf(name) {
  if (name.values !== null) return;
  name.values = [];
  const answer = await fetch(words.values.replace("/0/", `/${name.key}/`));
  name.values = (await answer.json()).values;
}

function describe(field, row, column) {
  const found = wrong.filter((each) => each.row === row && each.column === column && each.text === undefined);
  if (!found.length) return [];
  const note = make("span", { class: "sheet__error", id: `wrong-${row}-${column}` }, found.map((each) => each.message).join(" "));
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
  return [note];
}

function input(name, row, column) {
  const field = make("input", { "aria-label": `${name?.label ?? columns[column]}, ${words.row} ${row + 1}`, size: "12" });
  field.value = rows[row][column];
  field.addEventListener("change", () => {
    rows[row][column] = field.value.trim();
    write();
  });
  return field;
}

function select(name, row, column) {
  const field = make("select", { "aria-label": `${name.label}, ${words.row} ${row + 1}` });
  const value = rows[row][column];
  const label = choicesOf(name).find(([code]) => code === value)?.[1] ?? value;
  field.add(new Option(label, value, true, true));
  const unfold = async () => {
    if (field.dataset.full) return;
    field.dataset.full = "1";
    await valuesOf(name);
    const now = field.value;
    const all = choicesOf(name);
    const strange = now && !all.some(([code]) => code === now) ? [[now, now]] : [];
    const empty = now ? [] : [["", "—"]];
    field.replaceChildren(...[...empty, ...strange, ...all, [SEVERAL, words.several]].map(([code, text]) => new Option(text, code, false, code === now)));
  };
  field.addEventListener("focus", unfold);
  field.addEventListener("pointerdown", unfold);
  field.addEventListener("change", () => {
    if (field.value === SEVERAL) {
      const typed = input(name, row, column);
      typed.value = rows[row][column] ? `${rows[row][column]} | ` : "";
      field.replaceWith(typed);
      typed.focus();
      return;
    }
    rows[row][column] = field.value;
    write();
  });
  return field;
}

function cell(row, column) {
  const name = known(columns[column]);
  const value = rows[row][column];
  const typed = !name || name.kind === "number" || value.includes("|");
  const field = typed ? input(name, row, column) : select(name, row, column);
  field.dataset.at = `${row}-${column}`;
  return make("td", {}, field, ...describe(field, row, column));
}

function heading(column) {
  const name = known(columns[column]);
  const remove = button("×", `${words.removeColumn}: ${name?.label ?? columns[column]}`, () => {
    columns.splice(column, 1);
    for (const row of rows) row.splice(column, 1);
    if (!columns.length) rows = [];
    change();
  });
  const code = make("code", {}, name?.code ?? columns[column]);
  const made = make("th", { scope: "col" }, name ? `${name.label} ` : "", code, name?.unit ? `, ${name.unit} ` : " ", remove);
  made.append(...describe(made, -1, column));
  return made;
}

function line(row) {
  const remove = button("×", `${words.removeRow}: ${row + 1}`, () => {
    rows.splice(row, 1);
    change();
    grid.querySelector(`[data-at="${Math.min(row, rows.length - 1)}-0"]`)?.focus();
  });
  const last = make("td", {}, remove, ...describe(remove, row, null));
  return make("tr", {}, make("th", { scope: "row" }, String(row + 1)), ...columns.map((_each, column) => cell(row, column)), last);
}

const grid = make("div", { class: "sheet combinations" });

function draw() {
  const free = names.filter((name) => !columns.some((each) => known(each) === name));
  const adding = make("select", { "aria-label": words.addColumn }, new Option(words.addColumn, ""));
  for (const name of free) adding.add(new Option(`${name.label} (${name.code})`, name.code));
  adding.addEventListener("change", () => {
    columns.push(adding.value);
    for (const row of rows) row.push("");
    if (!rows.length) rows.push(columns.map(() => ""));
    change();
    grid.querySelector(`[data-at="0-${columns.length - 1}"]`)?.focus();
  });
  const head = make("thead", {}, make("tr", {}, make("td"), ...columns.map((_each, column) => heading(column)), make("td")));
  const body = make("tbody", {}, ...rows.map((_each, row) => line(row)));
  const table = make("div", { class: "sheet__scroll" }, make("table", {}, head, body));
  const add = button(words.addRow, words.addRow, () => {
    rows.push(columns.map(() => ""));
    change();
    grid.querySelector(`[data-at="${rows.length - 1}-0"]`)?.focus();
  });
  const all = button(words.all, words.all, fill);
  grid.replaceChildren(...(columns.length ? [table] : []), make("p", { class: "sheet__acts" }, adding, ...(columns.length ? [add, all] : [])));
}

async function fill() {
  const named = columns.map(known);
  if (named.some((name) => !name || name.kind === "number")) return;
  await Promise.all(named.map(valuesOf));
  const values = named.map((name) => choicesOf(name).map(([code]) => code).filter((code) => code !== "*"));
  if (values.reduce((count, each) => count * each.length, 1) > 2000) return;
  rows = values.reduce((made, each) => made.flatMap((row) => each.map((code) => [...row, code])), [[]]);
  change();
}

function change() {
  wrong.length = 0; // it stood beside other cells
  draw();
  write();
}

// A block from a spreadsheet; its first line may name the options.
grid.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n]/.test(text.trimEnd()) || !event.target.matches("input, select")) return;
  event.preventDefault();
  const block = text.replace(/\r\n?/g, "\n").split("\n").filter((each) => each.trim()).map((each) => each.split("\t").map((part) => part.trim()));
  const [row, column] = (event.target.dataset.at ?? "0-0").split("-").map(Number);
  if (block[0].every((part) => !part || known(part))) {
    read(text);
    rows = rows.map((each) => each.map((part, at) => (known(columns[at]) ? codeOf(known(columns[at]), part) : part)));
  } else {
    block.forEach((parts, down) => {
      rows[row + down] ??= columns.map(() => "");
      parts.slice(0, columns.length - column).forEach((part, right) => {
        const name = known(columns[column + right]);
        rows[row + down][column + right] = name ? codeOf(name, part) : part;
      });
    });
  }
  change();
  grid.querySelector(`[data-at="${row}-${column}"]`)?.focus();
});

grid.addEventListener("keydown", (event) => {
  if (!["ArrowUp", "ArrowDown", "Enter"].includes(event.key) || !event.target.dataset.at) return;
  if (event.target.matches("select") && event.key !== "Enter") return;
  event.preventDefault();
  const [row, column] = event.target.dataset.at.split("-").map(Number);
  const next = row + (event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey) ? -1 : 1);
  if (next === rows.length && event.key === "Enter") {
    event.target.dispatchEvent(new Event("change"));
    rows.push(columns.map(() => ""));
    change();
  }
  grid.querySelector(`[data-at="${next}-${column}"]`)?.focus();
});

if (area && names.length) {
  const text = make("details", {}, make("summary", {}, words.asText));
  const label = document.querySelector('label[for="id_table"]');
  area.before(grid);
  area.after(text);
  text.append(area, ...document.querySelectorAll(".field-table .help"));
  area.addEventListener("change", () => {
    read(area.value);
    wrong.length = 0;
    draw();
  });
  label?.addEventListener("click", () => (text.open = true));
  read(area.value);
  draw();
}

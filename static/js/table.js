// A table by hand: blocks of a spreadsheet are pasted into it, arrows go from row to row.

const form = document.querySelector("[data-sheet]");
const body = form.querySelector("[data-rows]");
const count = form.querySelector("[data-count]");
const fresh = document.querySelector("[data-new]").content.querySelector("tr");
let changed = false;

const cellsOf = (row) => [...row.querySelectorAll("td:not(:last-child) input, td:not(:last-child) select")];

function addRow() {
  const number = Number(count.value);
  const row = fresh.cloneNode(true);
  for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/^(key|c|v|d)0/, `$1${number}`);
  body.append(row);
  count.value = number + 1;
  return row;
}

// The cells of a block as spreadsheets copy it: quotes stand around cells with lines.
function parse(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < lines.length; at += 1) {
    const sign = lines[at];
    if (quoted) {
      if (sign === '"' && lines[at + 1] === '"') cell += lines[(at += 1)];
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1).push(cell);
  return rows.map((row) => row.map((text) => text.replace(/\s+/g, " ").trim()));
}

function fill(field, text) {
  if (field.tagName === "SELECT") {
    const low = text.toLowerCase();
    const known = [...field.options].find((each) => each.value.toLowerCase() === low || each.text.toLowerCase() === low);
    if (!known) field.add(new Option(text, text));
    field.value = known ? known.value : text;
  } else field.value = text;
  field.closest("td").classList.add("sheet__filled");
}

body.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const first = event.target.closest("input, select");
  if (!first || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const rows = [...body.querySelectorAll("[data-line]")];
  const start = rows.indexOf(first.closest("tr"));
  const column = cellsOf(rows[start]).indexOf(first);
  if (column < 0) return;
  parse(text).forEach((texts, down) => {
    const fields = cellsOf(rows[start + down] ?? addRow());
    texts.forEach((each, right) => fields[column + right] && fill(fields[column + right], each));
  });
  changed = true;
});

body.addEventListener("keydown", (event) => {
  if (!["ArrowUp", "ArrowDown", "Enter"].includes(event.key) || event.altKey) return;
  if (event.target.matches("select") && event.key !== "Enter") return;
  const row = event.target.closest("tr");
  const down = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
  const next = down ? (row.nextElementSibling ?? addRow()) : row.previousElementSibling;
  const place = [...row.querySelectorAll("input, select")].indexOf(event.target);
  event.preventDefault();
  next?.querySelectorAll("input, select")[place]?.focus();
});

form.querySelector("[data-more]").addEventListener("click", (event) => {
  event.preventDefault();
  cellsOf(addRow())[0].focus();
});

form.addEventListener("input", () => (changed = true));
form.addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => {
  if (changed || document.querySelector(".sheet__filled")) event.preventDefault();
});
form.addEventListener("submit", () => {
  for (const cell of document.querySelectorAll(".sheet__filled")) cell.classList.remove("sheet__filled");
});
document.querySelector('.sheet [aria-invalid="true"]')?.focus();

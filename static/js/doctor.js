// What the doctor found is marked at the rows of the outline and the lists, and stays unfolded.

const page = document.querySelector(".workspace");
const RANK = ["error", "warning", "hint", "gap"];
const folded = new Map();
let last = "";

function found() {
  const rows = new Map();
  for (const line of page.querySelectorAll("#doctor [data-at]")) {
    const { at, grade } = line.dataset;
    const known = rows.get(at) ?? { count: 0, grade, words: [] };
    known.count += 1;
    known.words.push(line.querySelector("p").textContent.trim());
    if (RANK.indexOf(grade) < RANK.indexOf(known.grade)) known.grade = grade;
    rows.set(at, known);
  }
  return rows;
}

function mark() {
  for (const old of page.querySelectorAll(".outline__line > .finding")) old.remove();
  for (const [row, { count, grade, words }] of found()) {
    const line = document.getElementById(row)?.querySelector(".outline__line");
    const name = line?.querySelector(".outline__name");
    if (!name) continue;
    const link = document.createElement("a");
    link.className = `finding finding--${grade}`;
    link.href = `#doctor-${grade}`;
    link.title = words.join("\n");
    link.setAttribute("aria-label", words.join(" "));
    link.textContent = count > 1 ? `! ${count}` : "!";
    name.after(link);
  }
}

page.addEventListener("toggle", (event) => folded.set(event.target.id, !event.target.open), true);

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "doctor") return;
  // A panel that says the same as before stays, and so does the focus within it.
  const strip = (text) => text.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "").trim();
  if (strip(event.detail.serverResponse) === last) event.detail.shouldSwap = false;
  last = strip(event.detail.serverResponse);
});

document.body.addEventListener("htmx:afterSettle", () => {
  for (const group of page.querySelectorAll("#doctor details")) {
    if (folded.has(group.id)) group.open = !folded.get(group.id);
  }
  mark();
});

mark();

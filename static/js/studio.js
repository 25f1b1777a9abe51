// The page of a product's pictures: forms are sent without leaving it, layers and what stands on
// the picture are dragged. Without this script every form works as a page of its own.

const page = document.querySelector(".studio");
const studio = document.getElementById("studio");
let asked = 0;

async function send(url, body, focus) {
  const mine = (asked += 1);
  page.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Part": "studio" } });
    const html = await answer.text();
    if (!answer.ok && answer.status !== 422 && answer.status !== 409) throw new Error(answer.statusText);
    const next = document.createElement("template");
    next.innerHTML = html;
    await loaded(next.content.getElementById("studio-picture")?.getAttribute("src"));
    if (mine !== asked) return;
    studio.replaceChildren(next.content);
    if (!body) history.replaceState(null, "", url);
    const back = focus && document.getElementById(focus);
    if (back && !back.disabled) back.focus();
    studio.querySelector(".layer__error, .layer__form .errornote")?.scrollIntoView({ block: "nearest" });
  } catch {
    if (mine === asked) studio.querySelector(".studio__said").textContent = page.dataset.failed;
  } finally {
    if (mine === asked) page.removeAttribute("aria-busy");
  }
}

// The picture is fetched before it is shown, so that nothing flickers.
function loaded(src) {
  if (!src) return Promise.resolve();
  const image = new Image();
  image.src = src;
  return image.decode ? image.decode().catch(() => {}) : Promise.resolve();
}

studio.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-send]")) {
    event.preventDefault();
    send(form.action, new FormData(form, event.submitter), document.activeElement?.id);
  } else if (form.matches("[data-design]")) {
    event.preventDefault();
    show(form);
  }
});

function show(form) {
  const query = new URLSearchParams(new FormData(form));
  send(`${form.action}?${query}`, null, document.activeElement?.id);
}

studio.addEventListener("change", (event) => {
  const form = event.target.closest("[data-design]");
  if (!form) return;
  // What was changed last is meant; the rest may give way to it.
  const name = event.target.name;
  const query = new URLSearchParams(location.search);
  query.delete("edit");
  query.set(name, event.target.value);
  send(`${form.action}?${query}`, null, event.target.id);
});

studio.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-get]");
  if (!link) return;
  event.preventDefault();
  send(link.href, null, link.id);
});

// What stands on the picture

const handles = () => studio.querySelector("[data-handles]");

function place(handle, by) {
  const form = studio.querySelector("form[data-send]");
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("design", form.querySelector("[name=design]").value);
  body.set("do", "place");
  body.set("code", handle.dataset.code);
  for (const [name, value] of Object.entries(by)) body.set(name, String(Math.round(value)));
  send(studio.querySelector("[data-layer-url]").dataset.layerUrl, body, (by.dw ?? by.dh) === undefined ? handle.id : `corner-${handle.dataset.code}`);
}

studio.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  event.preventDefault();
  handle.focus();
  handle.setPointerCapture(event.pointerId);
  const scale = handles().viewBox.baseVal.width / handles().getBoundingClientRect().width;
  const from = { x: event.clientX, y: event.clientY };
  const by = (now) => [(now.clientX - from.x) * scale, (now.clientY - from.y) * scale];
  const corner = event.target.closest(".handle__corner");
  const box = handle.querySelector(".handle__box");
  const size = { w: Number(box.getAttribute("width")), h: Number(box.getAttribute("height")) };
  const larger = ([x, y]) => ({ dw: Math.max(x, 8 - size.w), dh: Math.max(y, 8 - size.h) });
  const move = (now) => {
    if (corner) {
      const { dw, dh } = larger(by(now));
      grow(handle, dw, dh);
    } else {
      const [x, y] = by(now);
      handle.setAttribute("transform", `translate(${x} ${y})`);
    }
  };
  const end = (now) => {
    handle.removeEventListener("pointermove", move);
    const [x, y] = by(now);
    if (Math.abs(x) + Math.abs(y) < 1) return;
    place(handle, corner ? grown(corner, larger([x, y])) : { dx: x, dy: y });
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", () => handle.removeEventListener("pointermove", move), { once: true });
});

// The box grows while its corner is moved; a text does from its middle, to both sides.
function grow(handle, dw, dh) {
  const box = handle.querySelector(".handle__box");
  const corner = handle.querySelector(".handle__corner");
  const both = "middle" in corner.dataset ? 2 : 1;
  for (const [name, more] of [["width", dw], ["height", dh]]) {
    box.dataset[name] ??= box.getAttribute(name);
    box.setAttribute(name, Math.max(8, Number(box.dataset[name]) + both * more));
  }
  if (both === 2) box.setAttribute("transform", `translate(${-dw} ${-dh})`);
  corner.setAttribute("transform", `translate(${dw} ${dh})`);
}

// What is sent: of a text twice as much, and of its height what its letters have.
const grown = (corner, { dw, dh }) => ("middle" in corner.dataset ? { dw: 2 * dw, dh: (2 * dh) / 1.2 } : { dw, dh });

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const moved = { timer: 0, x: 0, y: 0, what: null };

// What was pressed so far is sent; with nothing, as after Escape, it is forgotten.
function settle(send = true) {
  clearTimeout(moved.timer);
  const { what, x, y } = moved;
  Object.assign(moved, { x: 0, y: 0, what: null });
  const handle = what?.closest(".handle");
  if (!handle?.isConnected) return;
  if (send && (x || y)) place(handle, what === handle ? { dx: x, dy: y } : grown(what, { dw: x, dh: y }));
  else if (what === handle) handle.removeAttribute("transform");
  else grow(handle, 0, 0);
}

studio.addEventListener("keydown", (event) => {
  const handle = event.target.closest(".handle");
  const step = STEPS[event.key];
  if (handle && event.key === "Escape") settle(false);
  if (!handle || !step) return;
  event.preventDefault();
  const what = event.target.closest(".handle__corner") ?? handle;
  if (moved.what !== what) settle();
  const far = event.shiftKey ? 10 : 1;
  moved.what = what;
  moved.x += step[0] * far;
  moved.y += step[1] * far;
  if (what === handle) handle.setAttribute("transform", `translate(${moved.x} ${moved.y})`);
  else grow(handle, moved.x, moved.y);
  clearTimeout(moved.timer);
  moved.timer = setTimeout(settle, 500);
});

// The order of the layers

studio.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip) return;
  event.preventDefault();
  const row = grip.closest(".layer");
  const list = row.parentElement;
  const before = [...list.children].indexOf(row);
  row.classList.add("layer--dragged");
  const move = (now) => {
    const over = [...list.children].find((other) => {
      const box = other.getBoundingClientRect();
      return now.clientY >= box.top && now.clientY <= box.bottom;
    });
    if (!over || over === row) return;
    const box = over.getBoundingClientRect();
    if (now.clientY < box.top + box.height / 2) over.before(row);
    else over.after(row);
  };
  const end = () => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    row.classList.remove("layer--dragged");
    if ([...list.children].indexOf(row) === before) return;
    const form = row.querySelector(".layer__moves");
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "design"]) body.set(name, form.elements[name].value);
    for (const each of list.children) body.append("order", each.dataset.code);
    send(form.action, body, "");
  };
  // Not captured by the grip, which would lose it as its row changes its place.
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
});

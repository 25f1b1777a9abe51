// Shows a product of the workshop within a page of a brand:
//   <script src="https://…/in/SHOP/embed.js" data-product="…" data-lang="en"></script>
// Events come to the frame, and bubble: customerize:ready, :changed, :added, :ordered.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script) return;
  const source = new URL(script.src);
  const shop = source.pathname.split("/").at(-2);
  const { product = "", lang = "", theme = "", design = "", title = "", top = "0" } = script.dataset;
  const language = (lang || document.documentElement.lang || "en").slice(0, 2).toLowerCase();
  const store = `customerize:${shop}:${product}`;

  function kept() {
    try {
      return window.localStorage.getItem(store) ?? "";
    } catch {
      return ""; // the browser keeps nothing: begin anew
    }
  }

  function keep(id) {
    try {
      if (id) window.localStorage.setItem(store, id);
      else window.localStorage.removeItem(store);
    } catch {
      // then nothing is kept
    }
  }

  const begun = design || kept();
  const page = begun ? `d/${encodeURIComponent(begun)}/` : product ? `p/${encodeURIComponent(product)}/` : "";
  const named = theme ? `.${encodeURIComponent(theme)}` : "";
  const frame = document.createElement("iframe");
  frame.src = `${source.origin}/in/${shop}${named}/${language}/${page}`;
  frame.title = title || "Design your own";
  frame.allow = "clipboard-write; camera; fullscreen";
  frame.style.cssText = "display:block;inline-size:100%;block-size:40rem;border:0";
  script.after(frame);

  function fit({ height, whole }) {
    const room = Math.max(480, window.innerHeight - (Number(top) || 0));
    const wanted = whole ? room : Math.min(Math.max(Number(height) || 0, 200), 20000);
    frame.style.blockSize = `${Math.round(wanted)}px`;
  }

  function tell(type, detail) {
    frame.dispatchEvent(new CustomEvent(`customerize:${type}`, { detail, bubbles: true }));
  }

  // A choice sent before the frame's scripts ran comes back as a whole page: changed, all the same.
  const told = ({ missing, moved, ...state }) => state;
  let shown = {};
  function hasChanged({ design, revision }) {
    const before = shown;
    if (design) shown = { design, revision };
    return Boolean(design) && before.design === design && before.revision !== revision;
  }

  let last = null;
  window.addEventListener("resize", () => last?.whole && fit(last));
  window.addEventListener("message", ({ origin, source: from, data }) => {
    if (origin !== source.origin || from !== frame.contentWindow) return;
    if (data?.source !== "customerize") return;
    const { type, ...detail } = data;
    delete detail.source;
    if (type === "size") {
      last = detail;
      fit(detail);
      return;
    }
    if (!["ready", "changed", "added", "ordered"].includes(type)) return;
    if (type === "ready" && detail.missing && begun && !design) keep("");
    if (detail.design) keep(detail.design);
    if (type === "ordered") keep("");
    if (type === "ready" && detail.moved) {
      const box = frame.getBoundingClientRect();
      if (box.top < 0 || box.top > window.innerHeight / 2) frame.scrollIntoView({ block: "start" });
    }
    tell(type, detail);
    if (hasChanged(detail) && type === "ready") tell("changed", told(detail));
  });
  frame.addEventListener("load", () => {
    frame.contentWindow?.postMessage({ source: "customerize", type: "hello" }, source.origin);
  });
})();

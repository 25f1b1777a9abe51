// The picture follows the design: the new one is loaded first and then shown, so nothing flickers.
let wanted = "";

function show(source) {
  const picture = document.getElementById("picture");
  const { key, src, srcset, alt } = source.dataset;
  if (!picture || !key) return;
  picture.alt = alt;
  if (key === (wanted || picture.dataset.key)) return;
  wanted = key;
  const next = new Image();
  next.sizes = picture.sizes;
  next.srcset = srcset;
  next.src = src;
  picture.closest(".stage__frame")?.classList.add("is-loading");
  const ready = next.decode ? next.decode() : Promise.resolve();
  ready.catch(() => {}).then(() => {
    if (wanted !== key) return; // a newer choice was made meanwhile
    picture.srcset = srcset;
    picture.src = src;
    picture.dataset.key = key;
    picture.closest(".stage__frame")?.classList.remove("is-loading");
  });
}

export function followPicture() {
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const source = document.getElementById("picture-source");
    if (source && event.detail.target?.id === "picture-source") show(source);
  });
}

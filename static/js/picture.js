// The picture follows the design: the new one is loaded first and then shown, so nothing flickers.
let wanted = "";

function show(source) {
  const picture = document.getElementById("picture");
  const { key, src, srcset, alt, large } = source.dataset;
  if (!picture || !key) return;
  picture.alt = alt;
  const look = document.getElementById("look");
  if (look) look.href = large;
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

// A picture of what is not saved yet, shown as soon as it is there.
export function tryPicture(src) {
  const picture = document.getElementById("picture");
  if (!picture) return;
  const key = `try ${src}`;
  wanted = key;
  const next = new Image();
  next.src = src;
  next.decode().then(() => {
    if (wanted !== key) return;
    picture.srcset = "";
    picture.src = src;
    picture.dataset.key = key;
  }).catch(() => {
    if (wanted === key) wanted = ""; // it can't be written: the picture stays as it was
  });
}

// The stage takes up the colors of the picture's ground.
function blend(picture) {
  const canvas = document.createElement("canvas");
  canvas.width = 8;
  canvas.height = 64;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, 8, 64);
  const color = (row) => {
    const { data } = context.getImageData(0, row, 8, 1);
    const mean = (channel) => Math.round([0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, x) => sum + data[4 * x + channel], 0) / 8);
    return `rgb(${mean(0)} ${mean(1)} ${mean(2)})`;
  };
  const stage = picture.closest(".stage");
  stage.style.setProperty("--ground-top", color(3));
  stage.style.setProperty("--ground-bottom", color(61));
}

export function followPicture() {
  const picture = document.getElementById("picture");
  if (picture?.complete && picture.naturalWidth) blend(picture);
  else picture?.addEventListener("load", () => blend(picture), { once: true });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const source = document.getElementById("picture-source");
    if (source && event.detail.target?.id === "picture-source") show(source);
  });
}

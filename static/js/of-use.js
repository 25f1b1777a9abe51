// Of a form, only the fields that are of use beside what is chosen: data-when="kind=price day".
// Without this all of them are there, and those that are of no use count for nothing.
const WAYS = { price: ["", "down", "up"], day: ["", "sooner", "later"], weather: ["<", ">"] };
const fields = [...document.querySelectorAll("[data-when]")];

function show() {
  for (const field of fields) {
    const [name, values] = field.dataset.when.split("=");
    const chosen = field.form.elements[name];
    const place = field.closest(".field");
    place.hidden = !values.split(" ").includes(chosen.value) && !place.querySelector(".field__error");
    if (field.name === "way" && WAYS[chosen.value]) offer(field, WAYS[chosen.value]);
  }
}

function offer(select, known) {
  for (const option of select.options) {
    option.hidden = option.disabled = !known.includes(option.value);
  }
  if (!known.includes(select.value)) select.value = known[0];
}

if (fields.length) {
  fields[0].form.addEventListener("change", show);
  show();
}

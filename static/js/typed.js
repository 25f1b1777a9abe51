// What someone is typing while an answer arrives stays, with the cursor where it was.
export function keepTyped() {
  let kept = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const field = document.activeElement;
    kept = null;
    if (!field?.matches?.("#panel :is(input[type=text], input[type=number], input[type=range])")) return;
    const sent = event.detail.requestConfig?.parameters?.[field.name || "value"];
    const own = event.detail.requestConfig?.elt === field.form;
    if ((own && sent === field.value) || (!own && field.value === field.defaultValue)) return;
    kept = { id: field.id, value: field.value };
    if (field.type === "text") Object.assign(kept, { from: field.selectionStart, to: field.selectionEnd });
  });
  document.addEventListener("htmx:afterSwap", () => {
    const field = kept && document.getElementById(kept.id);
    if (!field) return;
    field.value = kept.value;
    field.focus({ preventScroll: true });
    if (field.type === "text") field.setSelectionRange(kept.from, kept.to);
    kept = null;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

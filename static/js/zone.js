// Where nobody has said by which clock they live, the browser's own is chosen; it counts when saved.
const select = document.querySelector("[data-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && !select.value && [...select.options].some((option) => option.value === own)) {
  select.value = own;
}

// The box into which codes are scanned; what is typed into it while an answer arrives stays.

export const box = () => document.querySelector("[data-scan] input[name=code]");

// Remember what is being typed, without what was `sent` already; call the answer after the swap.
export function keep(sent = "") {
  const scan = box();
  const typing = scan && document.activeElement === scan && scan.value !== scan.defaultValue;
  const value = typing ? scan.value.slice(scan.value.startsWith(sent) ? sent.length : 0) : "";
  return () => {
    const fresh = box();
    if (!value || !fresh) return;
    fresh.value = value;
    fresh.focus({ preventScroll: true });
  };
}

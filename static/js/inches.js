// Lengths in inches, as configurator/catalog/measures.py reads and writes them.
const INCH = 25.4; // mm
const FINEST = 64;
const WRITTEN = /^(?:(\d+)\s*(?:'|′|ft)(?!['′]))?\s*(\d+(?:[.,]\d+)?)?(?:(?:\s+|\s*-\s*|^)?(\d+)\s*[/⁄]\s*(\d+))?\s*(mm|cm|m|in|inch|inches|"|″|”)?$/i;
const UNITS = { mm: 1, cm: 10, m: 1000 };

export function toInches(value, step, factor) {
  const exact = (Number(value) * factor) / INCH;
  const needed = INCH / (Number(step) * factor);
  let bottom = 8;
  while (bottom <= needed && bottom <= FINEST) bottom *= 2;
  if (bottom > FINEST) return String(Number(exact.toFixed(4)));
  let top = Math.round(exact * bottom);
  const whole = Math.floor(top / bottom);
  top -= whole * bottom;
  while (top && top % 2 === 0) {
    top /= 2;
    bottom /= 2;
  }
  if (!top) return String(whole);
  return whole ? `${whole} ${top}/${bottom}` : `${top}/${bottom}`;
}

// In the option's own unit; NaN for what is no measure.
export function fromInches(text, factor) {
  const half = text.replace("½", " 1/2").replace("¼", " 1/4").replace("¾", " 3/4").trim();
  const match = WRITTEN.exec(half);
  if (!match || !(match[1] || match[2] || match[3])) return NaN;
  const part = match[3] ? Number(match[3]) / Number(match[4]) : 0;
  const number = Number((match[2] ?? "0").replace(",", ".")) + part;
  const unit = UNITS[(match[5] ?? "").toLowerCase()];
  return (unit ? number * unit : (number + 12 * Number(match[1] ?? 0)) * INCH) / factor;
}

// How figures, moments and names are written.

const integers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const countries = new Intl.DisplayNames(["en"], { type: "region" });
const byteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

export const absent = "–";

export function count(value) {
  return value == null ? absent : integers.format(value);
}

/** Octets with a decimal prefix and three digits. */
export function bytes(value) {
  if (value == null) return absent;
  let unit = 0;
  let scaled = value;
  while (scaled >= 999.5 && unit < byteUnits.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const digits = unit === 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return `${scaled.toFixed(digits)} ${byteUnits[unit]}`;
}

/** Octets on an axis: 5 MB, 2.5 MB. */
export function roundBytes(value) {
  return bytes(value).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");
}

/** A fraction of one in per cent. Only the whole is 100 %, only nothing is 0 %. */
export function share(value) {
  if (value == null) return absent;
  if (value > 0 && value < 0.001) return "< 0.1 %";
  if (value < 1 && value > 0.999) return "> 99.9 %";
  return `${(100 * value).toFixed(value === 0 || value === 1 ? 0 : 1)} %`;
}

export function figure(value, unit) {
  return unit === "BYTES" ? bytes(value) : unit === "SHARE" ? share(value) : count(value);
}

/** 2026-11-09 08:00 */
export function moment(value) {
  return value ? new Date(value).toISOString().slice(0, 16).replace("T", " ") : absent;
}

/** From one moment to another, the day once if it is the same. */
export function interval(from, to) {
  const start = moment(from);
  const end = moment(to);
  return start.slice(0, 10) === end.slice(0, 10) ? `${start}–${end.slice(11)}` : `${start} – ${end}`;
}

/** Minutes in words: 3 h, 2 d 4 h, 25 min. */
export function duration(minutes) {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = Math.round(minutes % 60);
  const parts = [];
  if (days) parts.push(`${days} d`);
  if (hours) parts.push(`${hours} h`);
  if (rest && !days) parts.push(`${rest} min`);
  return parts.join(" ") || "0 min";
}

export function country(code) {
  try {
    return countries.of(code) ?? code;
  } catch {
    return code;
  }
}

/** new-endpoint -> new endpoint */
export function words(name) {
  return String(name).replaceAll(/[-_]/g, " ");
}

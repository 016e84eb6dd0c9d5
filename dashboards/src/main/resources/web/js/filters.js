// The filters live in the address of the page, so that a link shows what its sender saw.

import { el, replace } from "./dom.js";

const names = ["from", "to", "site", "device"];
const day = 24 * 3600 * 1000;

export function current() {
  const given = new URLSearchParams(location.search);
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = given.get(name);
    if (value) kept.set(name, value);
  }
  return kept;
}

function address(parameters) {
  const text = parameters.toString().replaceAll("%3A", ":");
  return text ? `?${text}` : location.pathname;
}

/** 2026-11-09T08:00Z, as addresses hold it. */
function stamp(date) {
  return `${new Date(date).toISOString().slice(0, 16)}Z`;
}

export function start(onChange) {
  const form = document.getElementById("filters");
  const go = (to) => {
    history.pushState(null, "", to);
    onChange();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const before = shown;
    const chosen = new URLSearchParams();
    for (const name of names) {
      const value = form.elements[name]?.value;
      const isTime = name === "from" || name === "to";
      // A time that nobody touched stays open, so that a link to "everything" keeps meaning everything.
      if (isTime && value === before[name] && !current().has(name)) continue;
      if (value) chosen.set(name, isTime ? `${value.slice(0, 16)}Z` : value);
    }
    go(address(chosen));
  });
  form.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter], #reset");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.id === "reset" ? location.pathname : link.getAttribute("href"));
  });
  addEventListener("popstate", onChange);
}

/** A link to the page as it is now, with some filters changed; null removes one. */
export function link(changes, ...content) {
  const parameters = current();
  for (const [name, value] of Object.entries(changes)) {
    if (value == null) parameters.delete(name);
    else parameters.set(name, value);
  }
  return el("a", { href: address(parameters), "data-filter": true }, content);
}

let shown = {};

export function show(overview) {
  const form = document.getElementById("filters");
  const { range, filter, holdings } = overview;
  shown = { from: range.from.slice(0, 16), to: range.to.slice(0, 16) };
  form.elements.from.value = shown.from;
  form.elements.to.value = shown.to;
  options(form.elements.site, "all sites", holdings.sites.map((site) => [site, site]), filter.site);
  if (form.elements.device) devices(form.elements.device, holdings, filter);
  presets(holdings);
}

function devices(select, holdings, filter) {
  const known = holdings.devices
    .filter((device) => !filter.site || device.site === filter.site || device.id === filter.device)
    .map((device) => [device.id, `${[device.maker, device.model].filter(Boolean).join(" ") || "unknown device"} · ${device.id}`]);
  options(select, "all devices", known, filter.device);
}

function options(select, all, values, chosen) {
  const known = values.some(([value]) => value === chosen);
  const entries = chosen && !known ? [[chosen, chosen], ...values] : values;
  replace(select, el("option", { value: "" }, all), entries.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen ?? "";
}

function presets(holdings) {
  const nav = document.getElementById("presets");
  if (!holdings.last) {
    replace(nav);
    return;
  }
  const hour = 3600 * 1000;
  const end = Math.ceil(Date.parse(holdings.last) / hour) * hour;
  const begin = Math.floor(Date.parse(holdings.first) / hour) * hour;
  const entries = [
    ["Last day", { from: stamp(end - day), to: stamp(end) }],
    ["Last 7 days", { from: stamp(end - 7 * day), to: stamp(end) }],
    ["All data", { from: stamp(begin), to: stamp(end) }],
  ];
  const now = current();
  replace(
    nav,
    entries.map(([text, changes]) => {
      const anchor = link(changes, text);
      const same = now.get("from") === changes.from && now.get("to") === changes.to;
      if (same) anchor.setAttribute("aria-current", "true");
      return anchor;
    }),
  );
}

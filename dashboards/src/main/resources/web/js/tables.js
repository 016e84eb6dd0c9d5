// Tables of documents and of places.

import { el, replace } from "./dom.js";
import * as format from "./format.js";

const rowsAtFirst = matchMedia("(max-width: 720px)").matches ? 6 : 20;

/** What the catalogue does not know it calls so; no reader needs the word twice. */
function known(row, field) {
  const value = first(row, field);
  return value === "unknown" ? undefined : value;
}

function all(row, field) {
  return row[field] ?? [];
}

function first(row, field) {
  return row[field]?.[0];
}

function stacked(main, below) {
  return [el("div", {}, main || format.absent), below ? el("div", { class: "faint" }, below) : null];
}

/** Where an address answers, with its doubt: a country is never shown without the state beside it. */
function place(row) {
  const state = first(row, "observatory.place.state") ?? "unknown";
  const codes = all(row, "observatory.place.countries");
  const names = codes.map(format.country).join(" or ");
  return [names ? el("span", {}, names, " ") : null, el("span", { class: `tag ${state}` }, state)];
}

function jurisdictions(row) {
  const operator = all(row, "observatory.jurisdiction.operator");
  const host = all(row, "observatory.jurisdiction.host");
  return stacked(
    operator.length ? `operator: ${operator.join(", ")}` : "operator: not known",
    host.length ? `host: ${host.join(", ")}` : "host: not known",
  );
}

/** A long name breaks after its dots, not in the middle of a label. */
function breakable(name) {
  return name.split(/(?<=[./ ])/).flatMap((part) => [part, el("wbr")]);
}

function service(row) {
  const parts = [known(row, "observatory.service.name"), known(row, "observatory.service.purpose")];
  return parts.filter(Boolean).join(", ");
}

const endpointColumns = [
  ["First seen", (row) => stacked(format.moment(first(row, "observatory.first_seen")), `last ${format.moment(first(row, "observatory.last_seen"))}`), "moment"],
  ["Endpoint", (row) => el("span", { class: "endpoint" }, breakable(first(row, "observatory.endpoint") ?? format.absent))],
  ["Service", (row) => stacked(known(row, "observatory.service.vendor") ?? "not in the catalogue", service(row))],
  ["Operator", (row) => first(row, "observatory.operator") ?? format.absent],
  ["Host network", (row) => first(row, "destination.as.organization.name") ?? format.absent],
  ["Place", place],
  ["Jurisdictions", jurisdictions],
  ["Scope", (row) => first(row, "observatory.scope.kind") ?? format.absent],
  ["Devices", (row) => format.count(first(row, "observatory.devices")), "number"],
  ["Bytes out", (row) => format.bytes(first(row, "source.bytes")), "number"],
  ["Bytes in", (row) => format.bytes(first(row, "destination.bytes")), "number"],
];

function bullets(items) {
  return el("ul", { class: "evidence" }, items.slice(0, 20).map((item) => el("li", {}, item)));
}

/** What was seen may be folded away; what was missing may not. */
function evidence(row) {
  const seen = all(row, "observatory.finding.evidence");
  const missing = all(row, "observatory.finding.missing").map((item) => `missing: ${item}`);
  if (!seen.length && !missing.length) return format.absent;
  if (seen.length <= 2) return bullets([...seen, ...missing]);
  const more = el("span", { class: "faint" }, ` (${seen.length - 1} more)`);
  return [el("details", {}, el("summary", {}, seen[0], more), bullets(seen)), bullets(missing)];
}

function seen(row) {
  return stacked(format.moment(first(row, "event.start")), `last ${format.moment(first(row, "event.end"))}`);
}

function severity(row) {
  const name = first(row, "observatory.finding.severity") ?? "unknown";
  return el("span", { class: `severity ${name}` }, name);
}

const findingColumns = [
  ["Severity", severity],
  ["Kind", (row) => format.words(first(row, "observatory.finding.kind") ?? format.absent)],
  ["Message", (row) => stacked(first(row, "message"), first(row, "observatory.finding.reason")), "message"],
  ["Evidence", evidence, "evidence-cell"],
  ["First seen", seen, "moment"],
  ["State", (row) => first(row, "observatory.finding.state") ?? format.absent],
  ["Times", (row) => format.count(first(row, "observatory.finding.count")), "number"],
];

function draw(container, columns, result, nothing) {
  if (!result.rows.length) {
    replace(container, el("p", { class: "empty" }, nothing));
    return;
  }
  const body = el("tbody");
  const line = (row) => el("tr", {}, columns.map(([heading, cell, kind]) => el("td", { class: kind, "data-label": heading }, el("div", {}, cell(row)))));
  body.append(...result.rows.slice(0, rowsAtFirst).map(line));
  const table = el(
    "table",
    { class: "rows" },
    el("thead", {}, el("tr", {}, columns.map(([heading, , kind]) => el("th", { scope: "col", class: kind }, heading)))),
    body,
  );
  const more = el("p", { class: "faint more" });
  const say = () => {
    const listed = body.rows.length;
    replace(more, listed < result.total ? `${format.count(listed)} of ${format.count(result.total)} shown. ` : `${format.count(result.total)} shown, that is all. `);
    if (listed < result.rows.length) {
      const show = el("button", { type: "button" }, `Show ${result.rows.length - listed} more`);
      show.addEventListener("click", () => {
        body.append(...result.rows.slice(listed).map(line));
        say();
      });
      more.append(show);
    }
  };
  say();
  replace(container, el("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" }, table), more);
}

export function endpoints(container, result) {
  draw(container, endpointColumns, result, "No endpoint was seen for the first time in this range.");
}

export function findings(container, result) {
  draw(container, findingColumns, result, "No finding in this range. See the coverage above before taking that for good news.");
}

const doubts = {
  other: "agreed, further countries",
  disputed: "disputed: one of several countries",
  anycast: "anycast: many places",
  unknown: "unknown: no evidence",
  local: "local: not on the Internet",
};

export function places(container, figures) {
  const total = figures.totals.bytes_out ?? 0;
  const line = (name, values, note) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, name, note ? el("div", { class: "faint" }, note) : null),
      el("td", { class: "number" }, format.bytes(values.bytes_out)),
      el("td", { class: "number" }, format.share(total ? (values.bytes_out ?? 0) / total : null)),
      el("td", { class: "number" }, format.bytes(values.bytes_in)),
      el("td", { class: "number" }, format.count(values.flows)),
      el("td", { class: "number" }, format.count(values.devices)),
    );
  const head = (text) => el("tr", { class: "group" }, el("th", { scope: "colgroup", colspan: 6 }, text));
  const agreed = figures.groups.filter((group) => group.kind === "agreed");
  const doubtful = figures.groups.filter((group) => group.kind !== "agreed");
  if (!figures.groups.length) {
    replace(container, el("p", { class: "empty" }, "No traffic in this range."));
    return;
  }
  const heads = ["Place", "Bytes out", "Share", "Bytes in", "Flows", "Devices"];
  replace(
    container,
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, heads.map((text, i) => el("th", { scope: "col", class: i ? "number" : "" }, text)))),
      el("tbody", {}, head("Agreed"), agreed.map((group) => line(format.country(group.name), group.values))),
      el("tbody", {}, head("Not one country"), doubtful.map((group) => line(doubts[group.kind] ?? group.name, group.values, group.kind === "disputed" ? among(figures) : null))),
    ),
  );
}

function among(figures) {
  const names = figures.contested.map((entry) => entry.country).sort();
  return names.length ? `among ${names.join(", ")}` : null;
}

/** Everything that left, in one bar, each kind of place with its share. */
export function split(container, figures) {
  const total = figures.totals.bytes_out ?? 0;
  const kinds = ["agreed", "disputed", "anycast", "unknown", "local"];
  const sums = new Map(kinds.map((kind) => [kind, 0]));
  for (const group of figures.groups) {
    const kind = group.kind === "other" ? "agreed" : group.kind;
    sums.set(kind, (sums.get(kind) ?? 0) + (group.values.bytes_out ?? 0));
  }
  if (!total) {
    replace(container);
    return;
  }
  const bar = el("div", { class: "split-bar", "aria-hidden": "true" });
  for (const kind of kinds) {
    if (!sums.get(kind)) continue;
    const part = el("div", { class: `part ${kind}` });
    part.style.flexGrow = sums.get(kind) / total;
    bar.append(part);
  }
  replace(
    container,
    bar,
    el(
      "ul",
      { "aria-label": "Bytes out by certainty of the place" },
      kinds.map((kind) =>
        el("li", { "data-kind": kind }, el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), el("b", {}, kind), ` ${format.share(sums.get(kind) / total)}`, el("span", { class: "faint" }, ` ${format.bytes(sums.get(kind))}`)),
      ),
    ),
  );
}

/** What each sensor delivered, with its silence drawn over the range. */
export function sensors(container, overview) {
  if (!overview.sensors.length) {
    replace(container, el("p", { class: "empty" }, "No sensor kept a ledger in this range: how complete the figures are cannot be said."));
    return;
  }
  const heads = ["Sensor", "Site", "Coverage", "When", "Records", "Flows stored", "Duplicate", "Late", "Filtered", "Rejected", "Lost"];
  const numeric = new Set(["Coverage", "Records", "Flows stored", "Duplicate", "Late", "Filtered", "Rejected", "Lost"]);
  replace(
    container,
    el(
      "div",
      { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Sensors" },
      el(
        "table",
        { class: "rows" },
        el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col", class: numeric.has(text) ? "number" : "" }, text)))),
        el("tbody", {}, overview.sensors.map((sensor) => sensorLine(sensor, overview.range, heads, numeric))),
      ),
    ),
    el(
      "ul",
      { class: "key-line faint" },
      el("li", {}, el("span", { class: "swatch receiving", "aria-hidden": "true" }), "receiving"),
      el("li", {}, el("span", { class: "swatch silent", "aria-hidden": "true" }), "silent"),
      el("li", {}, el("span", { class: "swatch none", "aria-hidden": "true" }), "no ledger kept"),
    ),
  );
}

function sensorLine(sensor, range, heads, numeric) {
  const cells = [
    stacked(sensor.name, sensor.type),
    sensor.site || format.absent,
    format.share(sensor.coverage.share),
    timeline(sensor, range),
    ...[sensor.records, sensor.stored, sensor.duplicate, sensor.late, sensor.filtered, sensor.rejected, sensor.lost].map(format.count),
  ];
  return el("tr", { "data-sensor": sensor.name }, cells.map((cell, i) => el("td", { "data-label": heads[i], class: numeric.has(heads[i]) ? "number" : heads[i] === "When" ? "when" : "" }, el("div", {}, cell))));
}

export function timeline(sensor, range) {
  const from = Date.parse(range.from);
  const length = Date.parse(range.to) - from;
  const part = (kind, start, end, text) => {
    const piece = el("div", { class: `stretch ${kind}`, title: text });
    const left = Math.max(0, (Date.parse(start) - from) / length);
    const right = Math.min(1, (Date.parse(end) - from) / length);
    piece.style.left = `${100 * left}%`;
    piece.style.width = `max(2px, ${100 * (right - left)}%)`;
    return piece;
  };
  const strip = el("div", { class: "timeline", "aria-hidden": "true" }, part("receiving", sensor.coverage.first, sensor.coverage.last, `receiving ${format.interval(sensor.coverage.first, sensor.coverage.last)} UTC`));
  for (const gap of sensor.gaps) strip.append(part("silent", gap.from, gap.to, `silent ${format.interval(gap.from, gap.to)} UTC`));
  const listed = sensor.gaps.slice(0, 3).map((gap) => `silent ${silence(gap)}`);
  if (sensor.gaps.length > 3) listed.push(`and ${sensor.gaps.length - 3} more`);
  return [strip, el("div", { class: "faint" }, listed.join("; ") || "never silent")];
}

export function silence(gap) {
  return `${format.interval(gap.from, gap.to)} (${format.duration((Date.parse(gap.to) - Date.parse(gap.from)) / 60000)})`;
}

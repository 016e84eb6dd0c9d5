// The page of ledgers: who delivers, who is silent, who loses data.

import { el, replace } from "./dom.js";
import * as filters from "./filters.js";
import * as format from "./format.js";
import { load, simulated } from "./page.js";
import { timeline } from "./tables.js";

const minute = 60 * 1000;
const silentAfter = 30 * minute;
const skewed = minute;

/** Live data are compared with now, an archive with its own end. */
function reference(overview) {
  return Date.parse(overview.silentSince ? overview.holdings.last : overview.asked);
}

/** How bad it is, in words; the first that applies is what an operator mends first. */
function judge(sensor, now) {
  const heard = sensor.heard ? Date.parse(sensor.heard) : null;
  if (heard == null) return { rank: 0, state: "silent", text: "not heard here" };
  if (now - heard >= silentAfter) return { rank: 0, state: "silent", text: `silent for ${format.duration((now - heard) / minute)}` };
  const missing = Math.max(0, sensor.lost) + sensor.delivery.dropped;
  if (missing > 0) return { rank: 1, state: "losing", text: "loses data" };
  if (sensor.delivery.noTemplate > 0) return { rank: 1, state: "losing", text: "lacks templates" };
  if (Math.abs(sensor.delivery.skewMillis) >= skewed) return { rank: 2, state: "losing", text: "clock is wrong" };
  if (sensor.coverage.silentMinutes > 0) return { rank: 3, state: "receiving", text: "receiving again" };
  return { rank: 4, state: "receiving", text: "receiving" };
}

function lost(sensor) {
  const all = sensor.records + Math.max(0, sensor.lost);
  if (!sensor.delivery.datagrams) return el("span", { class: "faint" }, "not numbered");
  return sensor.lost > 0 ? [format.count(sensor.lost), el("div", { class: "faint" }, `${format.share(sensor.lost / all)} in ${format.count(sensor.delivery.gaps)} gaps`)] : "0";
}

function skew(sensor) {
  const millis = sensor.delivery.skewMillis;
  if (!sensor.delivery.datagrams) return format.absent;
  if (Math.abs(millis) < 1000) return millis ? `${millis} ms` : "none";
  return `${millis > 0 ? "+" : "\u2212"}${format.duration(Math.abs(millis) / minute)}`;
}

function sampling(sensor) {
  if (!sensor.delivery.datagrams) return format.absent;
  const interval = sensor.delivery.samplingInterval;
  return interval > 1 ? `1 in ${format.count(interval)}` : interval === 1 ? "every packet" : "not stated";
}

const columns = [
  ["State", ({ verdict }) => el("span", { class: `delivery ${verdict.state}` }, verdict.text)],
  ["Exporter", ({ sensor }) => [el("div", {}, sensor.name), el("div", { class: "faint" }, sensor.type)]],
  ["Site", ({ sensor }) => sensor.site || format.absent],
  ["Last seen", ({ sensor }) => (sensor.heard ? format.moment(sensor.heard) : format.absent), "moment"],
  ["Received", ({ sensor }) => [format.count(sensor.records), sensor.delivery.datagrams ? el("div", { class: "faint" }, `${format.count(sensor.delivery.datagrams)} datagrams`) : null], "number"],
  ["Lost", ({ sensor }) => lost(sensor), "number"],
  ["Dropped", ({ sensor }) => format.count(sensor.delivery.dropped), "number"],
  ["No template", ({ sensor }) => format.count(sensor.delivery.noTemplate), "number"],
  ["Rejected", ({ sensor }) => format.count(sensor.rejected), "number"],
  ["Duplicate", ({ sensor }) => format.count(sensor.duplicate + sensor.delivery.repeated), "number"],
  ["Skew", ({ sensor }) => skew(sensor), "number"],
  ["Sampling", ({ sensor }) => sampling(sensor), "number"],
  ["Restarts", ({ sensor }) => format.count(sensor.delivery.restarts), "number"],
  ["When", ({ sensor, range }) => timeline(sensor, range), "when"],
];

function draw(overview) {
  filters.show(overview);
  simulated(overview.holdings);
  const now = reference(overview);
  const rows = overview.sensors
    .map((sensor) => ({ sensor, range: overview.range, verdict: judge(sensor, now) }))
    .sort((one, other) => one.verdict.rank - other.verdict.rank || one.sensor.name.localeCompare(other.sensor.name));
  verdict(rows, overview);
  exporters(rows);
  document.getElementById("as-of").textContent = `As of ${format.moment(overview.asked)} UTC. All times are UTC.`;
}

function verdict(rows, overview) {
  const silent = rows.filter((row) => row.verdict.state === "silent").length;
  const losing = rows.filter((row) => row.verdict.state === "losing").length;
  const fine = rows.length - silent - losing;
  const part = (state, count, text) => el("li", { class: `delivery ${state}`, "data-count": state }, el("b", {}, format.count(count)), ` ${text}`);
  replace(
    document.getElementById("verdict"),
    rows.length
      ? el("ul", {}, part("silent", silent, "silent"), part("losing", losing, "with losses or a wrong clock"), part("receiving", fine, "receiving"))
      : el("p", { class: "empty" }, "Nobody kept a ledger in this range: nothing was delivered, or nothing is stored here."),
    overview.silentSince ? el("p", { class: "warn" }, `No data since ${format.moment(overview.silentSince)} UTC; the exporters are compared with that moment.`) : null,
  );
}

function exporters(rows) {
  replace(
    document.getElementById("exporters"),
    rows.length
      ? el(
          "div",
          { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Exporters" },
          el(
            "table",
            { class: "rows" },
            el("thead", {}, el("tr", {}, columns.map(([heading, , kind]) => el("th", { scope: "col", class: kind }, heading)))),
            el("tbody", {}, rows.map((row) => el("tr", { "data-sensor": row.sensor.name }, columns.map(([heading, cell, kind]) => el("td", { class: kind, "data-label": heading }, el("div", {}, cell(row))))))),
          ),
        )
      : null,
  );
}

load("api/coverage", draw);

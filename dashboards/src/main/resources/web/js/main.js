// The first page: asks once for everything, then draws panel by panel.

import * as charts from "./charts.js";
import { el, replace } from "./dom.js";
import * as filters from "./filters.js";
import * as format from "./format.js";
import * as map from "./map.js";
import { get, load, say, simulated } from "./page.js";
import * as tables from "./tables.js";

let panels = [];
let latest = null;

function result(overview, id) {
  return overview.answers.find((answer) => answer.panel === id).result;
}

async function draw(overview) {
  if (!panels.length) panels = await get("api/panels");
  latest = overview;
  filters.show(overview);
  simulated(overview.holdings);
  coverageLine(overview);
  if (!overview.holdings.documents) say("There is no data yet: no index holds a document. Replay logs or start the demo; this page then fills by itself when it is loaded again.");
  for (const section of document.querySelectorAll("[data-panel]")) head(section, overview);
  figures(overview);
  const section = (id) => document.querySelector(`[data-panel="${id}"]`);
  const gaps = overview.sensors.flatMap((sensor) => sensor.gaps);
  const places = result(overview, "places");
  tables.split(document.getElementById("place-split"), places);
  tables.places(document.getElementById("place-table"), places);
  charts.draw(section("bytes-by-place"), result(overview, "bytes-by-place"), "BYTES", gaps, overview.range);
  charts.draw(section("bytes-by-service"), result(overview, "bytes-by-service"), "BYTES", gaps, overview.range);
  tables.findings(section("findings").querySelector("[data-table]"), result(overview, "findings"));
  tables.endpoints(section("newest-endpoints").querySelector("[data-table]"), result(overview, "newest-endpoints"));
  tables.sensors(document.getElementById("sensors"), overview);
  document.getElementById("as-of").textContent = `As of ${format.moment(overview.asked)} UTC. All times are UTC.`;
  await map.draw(document.getElementById("map"), document.getElementById("map-legend"), places);
}

/** Title, question and coverage of a panel; its words in a fold. */
function head(section, overview) {
  const panel = panels.find((candidate) => candidate.id === section.dataset.panel);
  section.querySelector(".panel-head")?.remove();
  const id = `title-${panel.id}`;
  section.setAttribute("aria-labelledby", id);
  section.prepend(
    el(
      "header",
      { class: "panel-head" },
      el("div", {}, el("h2", { id }, panel.title), el("p", { class: "question" }, panel.question, " ", el("span", { class: "faint" }, panel.help))),
      el("p", { class: "panel-coverage", title: "The share of the input that these figures were built from" }, "coverage ", el("b", {}, format.share(overview.coverage.share))),
    ),
  );
}

function coverageLine(overview) {
  const { coverage, sensors, silentSince, range } = overview;
  const line = document.getElementById("coverage-line");
  const gaps = sensors.flatMap((sensor) => sensor.gaps.map((gap) => ({ ...gap, sensor: sensor.name })));
  line.classList.toggle("incomplete", coverage.share == null || coverage.share < 1);
  const listed = gaps.slice(0, 4).map((gap) => el("li", {}, el("b", {}, gap.sensor), ` silent ${tables.silence(gap)}`));
  if (gaps.length > 4) listed.push(el("li", {}, el("a", { href: "#sensors" }, `and ${gaps.length - 4} more silences`)));
  const starts = coverage.first && Date.parse(coverage.first) - Date.parse(range.from) > 3600000;
  replace(
    line,
    el(
      "p",
      {},
      el("b", { class: "coverage-share" }, coverage.share == null ? "Coverage unknown" : `Coverage ${format.share(coverage.share)}`),
      ` of what ${sensors.length === 1 ? "1 sensor" : `${sensors.length} sensors`} should have delivered, ${format.interval(range.from, range.to)} UTC`,
      coverage.share == null ? ": no ledger was kept, so how complete the figures are cannot be said." : coverage.silentMinutes ? "." : "; no silent minute.",
    ),
    silentSince ? el("p", { class: "warn", id: "silent-since" }, `No data since ${format.moment(silentSince)} UTC.`) : null,
    starts ? el("p", {}, `The ledgers begin only at ${format.moment(coverage.first)} UTC.`) : null,
    listed.length ? el("ul", {}, listed) : null,
  );
}

function figures(overview) {
  const places = result(overview, "places");
  const possible = places.contested.filter((entry) => !places.groups.some((group) => group.kind === "agreed" && group.name === entry.country));
  const agreed = places.groups.filter((group) => group.kind === "agreed" || group.kind === "other").reduce((sum, group) => sum + (group.values.bytes_out ?? 0), 0);
  const notes = {
    countries: possible.length ? `agreed; ${possible.length} more possible` : "agreed",
    "bytes-out": places.totals.bytes_out ? `${format.share(agreed / places.totals.bytes_out)} to agreed countries` : null,
    named: "by the device's own evidence",
    coverage: overview.coverage.silentMinutes ? `${format.duration(overview.coverage.silentMinutes)} silent` : null,
  };
  replace(
    document.getElementById("figures"),
    panels
      .filter((panel) => panel.chart === "METRIC")
      .map((panel) => {
        const measure = panel.content.measures[0];
        const value = result(overview, panel.id).totals[measure.id];
        return el(
          "div",
          { class: "figure", "data-figure": panel.id, title: panel.help },
          el("div", { class: "figure-label" }, panel.title),
          el("div", { class: "figure-value", "data-value": value ?? "" }, format.figure(value, measure.unit)),
          el("div", { class: "figure-note faint" }, notes[panel.id] ?? " "),
        );
      }),
  );
}

charts.follow(() => latest && draw(latest));
load("api/overview", draw);

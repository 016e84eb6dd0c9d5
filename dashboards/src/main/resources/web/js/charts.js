// Traffic over time: stacked steps, with the sensors' silence marked where zero means "not seen".

import * as echarts from "../vendor/echarts.js";
import { el, replace } from "./dom.js";
import * as format from "./format.js";

const charts = new Map();

function variable(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour of a group: a hue for what is named, a grey or amber of its own for every kind of doubt. */
function colour(group, number) {
  const kinds = {
    disputed: "--disputed",
    anycast: "--anycast",
    unknown: "--unknown",
    local: "--local",
    other: "--other",
    missing: "--unknown",
  };
  return variable(kinds[group.kind] ?? `--hue-${(number % 10) + 1}`);
}

function label(group) {
  if (group.kind === "agreed") return format.country(group.name);
  return group.kind === "disputed" || group.kind === "anycast" || group.kind === "unknown" || group.kind === "local"
    ? `${group.name}${group.kind === "local" ? "" : " place"}`
    : group.name;
}

export function draw(section, figures, unit, gaps, range) {
  const container = section.querySelector("[data-chart]");
  const legend = section.querySelector("[data-legend]");
  const groups = figures.groups.map((group, i) => ({ ...group, text: label(group), colour: colour(group, i) }));
  if (!groups.length) {
    charts.get(container)?.dispose();
    charts.delete(container);
    replace(container, el("p", { class: "empty" }, "No traffic in this range."));
    replace(legend);
    return;
  }
  if (!charts.has(container)) {
    replace(container);
    charts.set(container, echarts.init(container, null, { renderer: "svg" }));
  }
  const chart = charts.get(container);
  const total = groups.reduce((sum, group) => sum + Object.values(group.values)[0], 0);
  const hidden = new Set();
  const render = () => chart.setOption(option(container, figures, groups, unit, gaps, range, hidden), true);
  drawLegend(legend, groups, total, unit, hidden, render);
  render();
}

/** Follows the width of the page and its colours. */
export function follow(redraw) {
  new ResizeObserver(() => charts.forEach((chart) => chart.resize())).observe(document.getElementById("main"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => charts.forEach((chart) => chart.resize()));
}

function option(container, figures, groups, unit, gaps, range, hidden) {
  const times = figures.times.map((time) => Date.parse(time));
  const end = Date.parse(range.to);
  const muted = variable("--muted");
  const rule = variable("--rule");
  const shown = groups.filter((group) => !hidden.has(group.text));
  const silence = {
    silent: true,
    itemStyle: { color: variable("--silence"), borderColor: variable("--disputed"), borderWidth: 0.5, borderType: "dashed" },
    label: { show: false },
    data: gaps.map((gap) => [{ xAxis: Date.parse(gap.from) }, { xAxis: Date.parse(gap.to) }]),
  };
  return {
    animation: false,
    useUTC: true,
    aria: { enabled: true },
    textStyle: { fontFamily: "inherit" },
    grid: { left: 62, right: 12, top: 10, bottom: 24 },
    xAxis: {
      type: "time",
      min: Date.parse(range.from),
      max: end,
      splitNumber: container.clientWidth < 500 ? 3 : 7,
      axisLine: { lineStyle: { color: rule } },
      axisTick: { lineStyle: { color: rule } },
      axisLabel: {
        color: muted,
        fontSize: 11,
        hideOverlap: true,
        alignMinLabel: "left",
        alignMaxLabel: "right",
        formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM}", hour: "{HH}:{mm}", minute: "{HH}:{mm}" },
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      splitNumber: 4,
      axisLabel: { color: muted, fontSize: 11, formatter: (value) => (unit === "BYTES" ? format.roundBytes(value) : format.figure(value, unit)) },
      splitLine: { lineStyle: { color: rule } },
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      transitionDuration: 0,
      className: "tooltip chart-tooltip",
      // Set here because the library writes its own colours into the element.
      backgroundColor: variable("--surface"),
      borderColor: rule,
      textStyle: { color: variable("--ink"), fontSize: 12 },
      axisPointer: { lineStyle: { color: muted } },
      formatter: (points) => describe(points, figures, times, shown, unit, gaps),
    },
    series: [...shown].reverse().map((group, i) => ({
      id: group.text,
      name: group.text,
      type: "line",
      stack: "all",
      step: "end",
      symbol: "none",
      lineStyle: { width: 0 },
      areaStyle: { color: group.colour, opacity: 1 },
      itemStyle: { color: group.colour },
      emphasis: { disabled: true },
      data: [...times.map((time, at) => [time, group.series[at]]), [Math.max(end, times.at(-1)), group.series.at(-1)]],
      markArea: i === shown.length - 1 ? silence : undefined,
    })),
  };
}

function describe(points, figures, times, shown, unit, gaps) {
  const at = Math.min(points[0].dataIndex, times.length - 1);
  const from = times[at];
  const step = times.length > 1 ? times[1] - times[0] : 3600000;
  const silent = gaps.some((gap) => Date.parse(gap.from) < from + step && Date.parse(gap.to) > from);
  const rows = shown.filter((group) => group.series[at] > 0);
  return el(
    "div",
    {},
    el("div", { class: "tooltip-head" }, `${format.interval(from, from + step)} UTC`),
    silent ? el("div", { class: "warn" }, "a sensor was silent here") : null,
    rows.length ? null : el("div", {}, "nothing seen"),
    el(
      "table",
      {},
      el("tbody", {}, rows.map((group) => el("tr", {}, el("td", {}, swatch(group.colour), group.text), el("td", { class: "number" }, format.figure(group.series[at], unit))))),
    ),
  );
}

function swatch(colour) {
  const mark = el("span", { class: "swatch", "aria-hidden": "true" });
  mark.style.backgroundColor = colour;
  return mark;
}

/** The legend is the chart's table as well: name, amount and share, each a switch. */
function drawLegend(legend, groups, total, unit, hidden, render) {
  replace(
    legend,
    groups.map((group) => {
      const value = Object.values(group.values)[0];
      const button = el(
        "button",
        { type: "button", "aria-pressed": "true", title: "Show or hide" },
        swatch(group.colour),
        el("span", { class: "legend-name" }, group.text),
        el("span", { class: "number" }, format.figure(value, unit)),
        el("span", { class: "number faint" }, format.share(total ? value / total : null)),
      );
      button.addEventListener("click", () => {
        if (!hidden.delete(group.text)) hidden.add(group.text);
        button.setAttribute("aria-pressed", String(!hidden.has(group.text)));
        render();
      });
      return el("li", { "data-group": group.name, "data-kind": group.kind }, button);
    }),
  );
}

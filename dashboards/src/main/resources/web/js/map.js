// The map of the world: Equal Earth projection, agreed countries shaded by bytes out, contested ones hatched.

import feature from "../vendor/topojson-client/feature.js";
import { lettersByNumber } from "./countries.js";
import { explain, replace, svg, el } from "./dom.js";
import * as format from "./format.js";

const width = 960;
const height = 440;
const smallest = 9; // Square pixels below which a country gets a dot as well.

/** Equal Earth (Savric, Patterson, Jenny 2018): areas are true, so that shading does not favour the north. */
function project([longitude, latitude]) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const m = Math.sqrt(3) / 2;
  const t = Math.asin(m * Math.sin((latitude * Math.PI) / 180));
  const t2 = t * t;
  const t6 = t2 * t2 * t2;
  const x = ((longitude * Math.PI) / 180) * Math.cos(t) / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)));
  const y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
  const scale = width / 5.42;
  return [width / 2 + x * scale, height * 0.545 - y * scale];
}

function area(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += (ring[j][0] - ring[i][0]) * (ring[j][1] + ring[i][1]);
  }
  return Math.abs(sum / 2);
}

/** The same ring without the jump at the 180th meridian: longitudes may run past it, so that the line stays whole. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([longitude, latitude], i) => {
    const step = i === 0 ? 0 : longitude - ring[i - 1][0];
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [longitude + turn, latitude];
  });
}

/** The ring, and once more on the other side of the map if it runs past an edge; what sticks out is clipped. */
function copies(ring) {
  const whole = unwrapped(ring);
  const longitudes = whole.map((point) => point[0]);
  const shifts = [0];
  if (Math.max(...longitudes) > 180) shifts.push(-360);
  if (Math.min(...longitudes) < -180) shifts.push(360);
  return shifts.map((shift) => whole.map(([longitude, latitude]) => project([longitude + shift, latitude])));
}

/** The edge of the map. */
function outline() {
  const latitudes = Array.from({ length: 61 }, (_, i) => -90 + 3 * i);
  const east = latitudes.map((latitude) => project([180, latitude]));
  const west = latitudes.reverse().map((latitude) => project([-180, latitude]));
  return line([...east, ...west]);
}

function line(points) {
  return "M" + points.map((point) => `${point[0].toFixed(1)},${point[1].toFixed(1)}`).join("L") + "Z";
}

/** The shape of one country: its path, and the middle and size of its largest part. */
function shape(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  let path = "";
  let largest = { size: -1, x: 0, y: 0 };
  for (const polygon of polygons) {
    for (const [number, ring] of polygon.entries()) {
      const drawn = copies(ring);
      path += drawn.map(line).join("");
      const points = drawn[0];
      const size = area(points);
      if (number === 0 && size > largest.size) {
        const xs = points.map((point) => point[0]);
        const ys = points.map((point) => point[1]);
        largest = {
          size,
          x: (Math.min(...xs) + Math.max(...xs)) / 2,
          y: (Math.min(...ys) + Math.max(...ys)) / 2,
        };
      }
    }
  }
  return { path, ...largest };
}

let shapes;

async function load() {
  const response = await fetch("vendor/countries.json");
  const atlas = await response.json();
  const found = new Map();
  for (const country of feature(atlas, atlas.objects.countries).features) {
    const code = lettersByNumber.get(country.id) ?? country.properties.name;
    // Antarctica has no endpoints and takes a fifth of the height.
    if (code !== "AQ") found.set(code, shape(country.geometry));
  }
  return found;
}

/** Upper ends of the shades: powers of ten below the largest value, at most four. */
function classes(values) {
  const largest = Math.max(...values, 1);
  const top = Math.ceil(Math.log10(largest));
  const lowest = Math.floor(Math.log10(Math.max(1, Math.min(...values))));
  const ends = [];
  for (let exponent = Math.max(lowest + 1, top - 3); exponent <= top; exponent++) ends.push(10 ** exponent);
  return ends.length ? ends : [10];
}

export async function draw(container, legend, figures) {
  shapes ??= load();
  const atlas = await shapes;
  const agreed = new Map(figures.groups.filter((group) => group.kind === "agreed").map((group) => [group.name, group.values]));
  const contested = new Map(figures.contested.map((entry) => [entry.country, entry]));
  const ends = classes([...agreed.values()].map((values) => values.bytes_out ?? 0));
  const shade = (values) => ends.findIndex((end) => (values.bytes_out ?? 0) <= end) + 1 + (4 - ends.length);

  const land = svg("g", { class: "land" });
  const marked = svg("g", { class: "marked" });
  const dots = svg("g", { class: "dots" });
  for (const [code, form] of atlas) {
    const values = agreed.get(code);
    const doubt = contested.get(code);
    if (!values && !doubt) {
      land.append(svg("path", { d: form.path }));
      continue;
    }
    const parts = [];
    const fill = values ? `shade-${shade(values)}` : "shade-0";
    parts.push(svg("path", { d: form.path, class: fill }));
    if (doubt) parts.push(svg("path", { d: form.path, class: "contested" }));
    const group = svg("g", { "data-country": code, class: "country" }, parts);
    if (form.size < smallest) {
      const dot = svg("g", { "data-country": code, class: "country dot" });
      dot.append(svg("circle", { cx: form.x, cy: form.y, r: 5, class: fill }));
      if (doubt) dot.append(svg("circle", { cx: form.x, cy: form.y, r: 5, class: "contested" }));
      describe(dot, code, values, doubt);
      dots.append(dot);
    }
    describe(group, code, values, doubt);
    marked.append(group);
  }
  const definitions = svg(
    "defs",
    {},
    svg("clipPath", { id: "globe" }, svg("path", { d: outline() })),
    svg(
      "pattern",
      { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 2, height: 5, class: "hatch" }),
    ),
  );
  const summary = `Map of the world. Agreed: ${[...agreed.keys()].map(format.country).join(", ") || "none"}. Contested: ${[...contested.keys()].map(format.country).join(", ") || "none"}. The table says how much.`;
  replace(container, svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": summary }, definitions, svg("g", { "clip-path": "url(#globe)" }, land, marked), dots));
  drawLegend(legend, ends, contested.size > 0);
}

function describe(group, code, values, doubt) {
  explain(group, () => {
    const lines = [`${format.country(code)} (${code})`];
    lines.push(values ? `agreed: ${format.bytes(values.bytes_out)} out, ${format.bytes(values.bytes_in)} in` : "nothing agreed to be here");
    if (values) lines.push(`${format.count(values.flows)} flows of ${format.count(values.devices)} devices to ${format.count(values.endpoints)} endpoints`);
    if (doubt) {
      const others = doubt.with.map(format.country).join(" or ");
      lines.push(`disputed: up to ${format.bytes(doubt.values.bytes_out)} out more, or it is in ${others || "another country"}`);
    }
    return lines;
  });
}

function drawLegend(legend, ends, anyContested) {
  const key = (className, text) =>
    el("li", {}, svg("svg", { viewBox: "0 0 18 12", class: "key", "aria-hidden": "true" }, svg("rect", { width: 18, height: 12, class: className })), text);
  replace(
    legend,
    el(
      "ul",
      { "aria-label": "Agreed: bytes out" },
      el("li", { class: "legend-title" }, "Agreed, bytes out"),
      ends.map((end, i) => key(`shade-${i + 1 + (4 - ends.length)}`, `to ${format.bytes(end)}`)),
    ),
    el(
      "ul",
      { "aria-label": "Disputed" },
      el("li", { class: "legend-title" }, "Disputed"),
      anyContested ? key("contested", "one of several possible places; added to no country") : el("li", {}, "none"),
    ),
  );
}

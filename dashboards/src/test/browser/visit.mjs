// Opens the console in a real browser and tells, as one JSON object on standard output, what a person would find.
// Usage: node visit.mjs ADDRESS FOLDER-FOR-SCREENSHOTS

import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sparticuz, { inflate, setupLambdaEnvironment } from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const [address, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

// The package brings the browser, its libraries and its fonts; nothing of the machine's own is needed or looked at.
const executablePath = await sparticuz.executablePath();
await inflate(join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "bin", "al2023.tar.br"));
setupLambdaEnvironment(join(tmpdir(), "al2023", "lib"));

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-zygote", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
  headless: true,
});

const errors = [];
const foreign = [];

async function open(query, options) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Asia/Tokyo", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) foreign.push(url);
  });
  await page.goto(new URL(query, address).href);
  await settled(page);
  return page;
}

async function settled(page) {
  await page.waitForSelector('main[aria-busy="false"]');
  await page.waitForFunction(() => document.querySelector("#map svg, [data-count]") || document.querySelector("#notice:not([hidden])"));
}

const read = (page) =>
  page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const text = (selector) => document.querySelector(selector)?.textContent?.trim() ?? null;
    const shown = (selector) => document.querySelector(selector)?.checkVisibility() ?? false;
    return {
      title: document.title,
      simulated: shown("#simulated") ? text("#simulated") : null,
      notice: shown("#notice") ? text("#notice") : null,
      coverageLine: text("#coverage-line"),
      figures: Object.fromEntries(all("[data-figure]").map((f) => [f.dataset.figure, { text: f.querySelector(".figure-value").textContent, value: f.querySelector("[data-value]").dataset.value, height: f.offsetHeight }])),
      countries: all("#map g.marked g.country").map((g) => g.dataset.country),
      dots: all("#map g.dot").map((g) => g.dataset.country),
      hatched: all("#map g.marked g.country").filter((g) => g.querySelector(".contested")).map((g) => g.dataset.country),
      landShapes: all("#map .land path").length,
      split: Object.fromEntries(all("#place-split li").map((li) => [li.dataset.kind, li.textContent.trim()])),
      placeRows: all("#place-table tbody tr:not(.group)").map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
      legends: Object.fromEntries(all("[data-legend]").map((l) => [l.closest("[data-panel]").dataset.panel, [...l.children].map((li) => [li.dataset.kind, li.querySelector(".legend-name").textContent, li.querySelector(".number").textContent])])),
      chartShapes: all("[data-chart] svg path").length,
      findings: all('[data-panel="findings"] tbody tr').map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
      endpoints: all('[data-panel="newest-endpoints"] tbody tr').map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
      sensors: all("[data-sensor]").map((row) => ({ name: row.dataset.sensor, text: row.textContent, silent: row.querySelectorAll(".stretch.silent").length })),
      panelCoverage: all(".panel-coverage").map((p) => p.textContent),
      footer: text("footer"),
      unlabelled: all("input, select").filter((field) => !field.labels?.length).length,
      headings: all("h1, h2").map((h) => h.textContent),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });

const readLedgers = (page) =>
  page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
      title: document.title,
      counts: Object.fromEntries(all("[data-count]").map((item) => [item.dataset.count, Number(item.querySelector("b").textContent)])),
      exporters: all("[data-sensor]").map((row) => Object.fromEntries([...row.cells].map((cell) => [cell.dataset.label, cell.textContent.trim()]))),
      unlabelled: all("input, select").filter((field) => !field.labels?.length).length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });

async function focusRing(page) {
  const seen = [];
  for (let i = 0; i < 16; i++) {
    await page.keyboard.press("Tab");
    seen.push(
      await page.evaluate(() => {
        const at = document.activeElement;
        const style = getComputedStyle(at);
        return { what: at.tagName + (at.name ? `[${at.name}]` : ""), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 };
      }),
    );
  }
  return seen;
}

const report = {};
try {
  const wide = await open("", { viewport: { width: 1440, height: 900 } });
  report.wide = await read(wide);
  await wide.screenshot({ path: join(folder, "console-1440.png"), fullPage: true });
  report.focus = await focusRing(wide);
  await wide.emulateMedia({ media: "print" });
  await wide.screenshot({ path: join(folder, "console-print.png"), fullPage: true });
  await wide.emulateMedia({ media: "screen" });

  // A person narrows the page, shares the link, goes back.
  await wide.selectOption("select[name=site]", "leipzig");
  await wide.waitForFunction(() => location.search.includes("site=leipzig"));
  await settled(wide);
  report.leipzig = await read(wide);
  report.leipzigAddress = new URL(wide.url()).search;
  await wide.goBack();
  await wide.waitForFunction(() => !location.search.includes("site="));
  await settled(wide);
  await wide.waitForFunction((before) => document.querySelector('[data-figure="flows"] .figure-value').textContent === before, report.wide.figures.flows.text);
  report.back = (await read(wide)).figures;
  await wide.context().close();

  const shared = await open("?device=p-3f1c09aa&from=2026-11-13T00:00Z&to=2026-11-14T00:00Z", { viewport: { width: 1024, height: 800 } });
  report.phone = await read(shared);
  await shared.screenshot({ path: join(folder, "console-device-1024.png"), fullPage: true });
  await shared.context().close();

  const narrow = await open("", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true });
  report.narrow = await read(narrow);
  await narrow.screenshot({ path: join(folder, "console-390.png"), fullPage: true });
  await narrow.context().close();

  const dark = await open("", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
  report.darkBackground = await dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await dark.screenshot({ path: join(folder, "console-dark-1440.png"), fullPage: true });
  await dark.context().close();

  const ledgers = await open("coverage.html", { viewport: { width: 1440, height: 900 } });
  report.ledgers = await readLedgers(ledgers);
  await ledgers.screenshot({ path: join(folder, "coverage-1440.png"), fullPage: true });
  await ledgers.click("nav.pages a:first-child");
  await ledgers.waitForSelector("#map svg");
  report.fromLedgersTo = new URL(ledgers.url()).pathname;
  await ledgers.context().close();

  const narrowLedgers = await open("coverage.html", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true });
  report.narrowLedgers = await readLedgers(narrowLedgers);
  await narrowLedgers.screenshot({ path: join(folder, "coverage-390.png"), fullPage: true });
  await narrowLedgers.context().close();

  report.errors = [...errors];
  report.foreign = [...foreign];

  // Wrong words in the address are said, not swallowed. The 400 itself is an error of the console's log.
  const wrong = await open("?from=yesterday", { viewport: { width: 1440, height: 900 } });
  report.wrong = (await read(wrong)).notice;
  await wrong.context().close();
} finally {
  await browser.close();
}
console.log(JSON.stringify(report));

// What every page does: asks the server, shows what went wrong, says when figures are simulated.

import * as filters from "./filters.js";

const main = document.getElementById("main");
const notice = document.getElementById("notice");
let asked = 0;

export async function get(path) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" } });
  } catch {
    throw new Error("The console's server does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => ({ error: `The server answered ${response.status} without saying why.` }));
  if (!response.ok) throw new Error(body.error);
  return body;
}

/** Asks now and whenever the filters change, and draws the answer. */
export function load(path, draw) {
  const ask = async () => {
    const number = ++asked;
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await get(`${path}?${filters.current()}`);
      // A slow answer to an older question must not replace a newer one.
      if (number !== asked) return;
      say(null);
      await draw(answer);
    } catch (error) {
      if (number === asked) say(error.message, "bad");
    } finally {
      if (number === asked) main.setAttribute("aria-busy", "false");
    }
  };
  filters.start(ask);
  ask();
}

export function say(text, kind) {
  notice.hidden = !text;
  notice.className = `notice ${kind ?? ""}`;
  notice.textContent = text ?? "";
}

export function simulated(holdings) {
  const banner = document.getElementById("simulated");
  banner.hidden = !holdings.simulated;
  const every = holdings.simulated === holdings.documents;
  banner.textContent = every
    ? "SIMULATED DATA: every device, flow and finding on this page was made by the simulator."
    : "PARTLY SIMULATED DATA: this page mixes what the simulator made with what was observed.";
}

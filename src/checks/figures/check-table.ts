/** The table of checks: what was found at the build, and, on a click, what this browser finds. */
import {html} from "htl";
import {runCheck} from "../check.js";
import type {Check, Tally} from "../check.js";
import {allChecks} from "../checks.js";
import type {CheckSummary} from "../summary.js";
import {fetchFixtures} from "./fixture-files.js";

const labels = {
  caption: "Every algorithm beside its reference",
  columns: ["Algorithm", "Reference", "Cases", "Numbers", "Largest error at the build", "In your browser"],
  check: "Check",
  all: "Check all here",
  running: "checking…",
  within: "within",
  over: "MORE THAN"
};

/** Milliseconds of work before the page gets a turn. */
const slice = 12;

export function checkTable(summaries: readonly CheckSummary[], rooms: readonly string[]): HTMLElement {
  const rows = summaries.map((summary) => {
    const button = html`<button type="button" aria-label=${`${labels.check}: ${summary.algorithm}`}>${labels.check}</button>` as
      HTMLButtonElement;
    const result = html`<span class="number" role="status"></span>`;
    const run = async () => {
      button.disabled = true;
      result.textContent = labels.running;
      try {
        result.textContent = words(summary, ...(await timed(() => checkHere(summary.id))));
      } catch (error) {
        result.textContent = String(error);
      }
      button.disabled = false;
    };
    button.addEventListener("click", () => void run());
    const {algorithm, room, reference, built} = summary;
    // A room's algorithm may be here before its page is.
    const name = rooms.includes(room) ? html`<a href=${`..${room}`}>${algorithm}</a>` : algorithm;
    const element = html`<tr data-check=${summary.id}><th scope="row">${name}</th><td>${reference}</td><td>${built.cases}</td>
      <td>${built.numbers.toLocaleString("en")}</td><td><span class="number">${errorText(built.error)}</span></td>
      <td>${button} ${result}</td></tr>`;
    return {element, run};
  });
  const all = html`<button type="button" class="primary">${labels.all}</button>` as HTMLButtonElement;
  all.addEventListener("click", () => void runAll());
  const runAll = async () => {
    all.disabled = true;
    for (const {run} of rows) await run();
    all.disabled = false;
  };
  return html`<div class="check-table"><p>${all}</p><div class="wide-table" tabindex="0" role="group" aria-label=${labels.caption}>
    <table><thead><tr>${labels.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
    <tbody>${rows.map(({element}) => element)}</tbody></table></div></div>`;
}

async function checkHere(id: string): Promise<Tally> {
  const check = (await allChecks()).find((each) => each.id === id) as Check;
  const fixtures = await fetchFixtures(check.fixtures);
  let turn = performance.now();
  return runCheck(check, fixtures, async () => {
    if (performance.now() - turn < slice) return;
    await new Promise((resolve) => setTimeout(resolve));
    turn = performance.now();
  });
}

async function timed<T>(run: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  return [await run(), performance.now() - start];
}

function words({tolerance}: CheckSummary, {cases, error}: Tally, milliseconds: number): string {
  const verdict = error <= tolerance ? labels.within : labels.over;
  return `${errorText(error)}, ${verdict} ${errorText(tolerance)}: ${cases} cases in ${Math.round(milliseconds)} ms`;
}

const errorText = (error: number): string => (error === 0 ? "0" : error.toExponential(1).replace("e-", "·10⁻").replace(/⁻(\d+)$/, superscript));

const superscript = (_: string, digits: string): string => `⁻${[...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;

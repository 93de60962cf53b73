/**
 * `npm run soak [-- --minutes 30 --figure lstm/train-memory]`: figures that train, trained again and again; what the page
 * holds on to must level off, and the reader's state must stay. The tests have a short form (endurance.site.test.ts).
 */
import {existsSync} from "node:fs";
import {parseArgs} from "node:util";
import {chromium} from "playwright-core";
import {chromiumFlags} from "./chromium-flags.js";
import {findOrInstallChromium} from "./chromium.js";
import {meter} from "./meter.js";
import type {Holdings} from "./meter.js";
import {serveStatic} from "./static-server.js";

const {values} = parseArgs({
  options: {minutes: {type: "string", default: "30"}, figure: {type: "string", multiple: true}}
});
if (!existsSync("dist/index.html")) throw new Error("There is no built site yet: npm run build");
const usual = ["relu/train-ensemble", "focal-loss/remedies", "lstm/train-memory", "iou/regression-experiment", "tree-of-thought/judge"];
const figures = values.figure ?? usual;
const minutesEach = Number(values.minutes) / figures.length;

const site = await serveStatic({directory: "dist"});
const browser = await chromium.launch({executablePath: findOrInstallChromium().executablePath, args: chromiumFlags()});
let failed = false;
for (const id of figures) failed = !(await soak(id)) || failed;
await browser.close();
await site.close();
process.exit(failed ? 1 : 0);

/** @returns whether everything levelled off */
async function soak(id: string): Promise<boolean> {
  const page = await browser.newPage({viewport: {width: 1200, height: 1000}, serviceWorkers: "block"});
  const held = await meter(page);
  await page.goto(`${site.url}embed/${id}/`);
  await page.locator("figure[data-ready]").waitFor();
  const state = () => page.locator("figure").evaluate((figure) => JSON.stringify((figure as HTMLElement & {value: unknown}).value));
  const bar = page.locator(".run-bar:visible").first();
  const main = bar.locator("button").first();
  // Some figures train when they are asked to, one shows a few steps before.
  let idle = 0;
  for (let polls = 0; idle < 10 && polls < 60; polls++) {
    await page.waitForTimeout(300);
    idle = (await main.innerText()) === "Pause" ? 0 : idle + 1;
  }
  if (idle > 0 && !/again/i.test(await main.innerText())) await main.click();
  const [opening, start] = [await state(), performance.now()];
  const readings: Holdings[] = [];
  let runs = 0;
  while (performance.now() - start < minutesEach * 60_000) {
    const again = bar.locator("button", {hasText: /again/i});
    await again.waitFor({timeout: 600_000});
    readings.push(await held.read());
    console.log(`${id} · run ${runs++} · ${JSON.stringify(readings.at(-1))}`);
    await again.click();
    // The button says so a frame later.
    await again.waitFor({state: "detached", timeout: 10_000});
  }
  const kept = (await state()) === opening;
  await page.close();
  const grown = growth(readings);
  console.log(`${id}: ${runs} runs; growth from the middle third to the last: ${JSON.stringify(grown)}; state kept: ${kept}`);
  return kept && Object.values(grown).every((ratio) => ratio < 1.1);
}

/** Means of the last third over means of the middle third. */
function growth(readings: readonly Holdings[]): Record<keyof Holdings, number> {
  const third = Math.floor(readings.length / 3);
  const mean = (part: readonly Holdings[], key: keyof Holdings) => part.reduce((sum, each) => sum + each[key], 0) / part.length;
  const ratio = (key: keyof Holdings) => {
    const [middle, last] = [readings.slice(third, 2 * third), readings.slice(-third)].map((part) => mean(part, key));
    return third === 0 ? NaN : Number((last! / Math.max(1, middle!)).toFixed(3));
  };
  return {listeners: ratio("listeners"), nodes: ratio("nodes"), heap: ratio("heap"), buffers: ratio("buffers")};
}

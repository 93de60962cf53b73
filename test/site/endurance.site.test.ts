import {rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {loseDevice, meter} from "../meter.js";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {figureIds, stateOf} from "./figure-page.js";
import {host} from "./host.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

// A training is known by its bar; a figure hides it while there is nothing to run.
const bar = (page: Page) => page.locator(".run-bar:visible:has([aria-label=Cancel])").first();
const share = (page: Page) => bar(page).locator("progress").evaluate((element) => (element as HTMLProgressElement).value);
const isDone = async (page: Page) => /again/i.test(await bar(page).locator("button").first().innerText());

/** Whether nothing is done for half a second. */
async function stands(page: Page): Promise<boolean> {
  const before = await share(page);
  await page.waitForTimeout(500);
  return (await share(page)) === before;
}

/** Hides the page, or shows it again, as far as the page can tell. */
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((now) => {
    Object.defineProperty(document, "hidden", {configurable: true, get: () => now});
    Object.defineProperty(document, "visibilityState", {configurable: true, get: () => (now ? "hidden" : "visible")});
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);

/** Starts the figure's work where it is done already, or waits to be asked for, until some of it is done. */
async function underWay(page: Page): Promise<void> {
  const main = bar(page).locator("button").first();
  const isRunning = async () => !(await bar(page).getByRole("button", {name: "Cancel"}).isDisabled());
  await page.waitForTimeout(500);
  if (!(await isRunning())) await main.press("Enter");
  const begun = async () => (await share(page)) > 0 || (await isDone(page));
  await expect.poll(begun, {timeout: 30_000, interval: 20}).toBe(true);
}

describe.each(figureIds)("%s, if it trains", (id) => {
  it("rests while its page is hidden, goes on after a lost GPU, and keeps its state", async () => {
    const page = await site.browser.newPage({viewport: {width: 1200, height: 1000}});
    await meter(page);
    const troubles = watchTroubles(page);
    await page.goto(`${site.url}embed/${id}/`);
    await page.locator("figure[data-ready]").waitFor();
    if ((await bar(page).count()) === 0) return page.close();
    await underWay(page);
    const state = await stateOf(page);
    await hide(page, true);
    // What was under way ends; nothing begins.
    await expect.poll(async () => (await stands(page)) && (await stands(page)), {timeout: 30_000}).toBe(true);
    await hide(page, false);
    if (await loseDevice(page)) {
      await expect.poll(() => page.locator("[data-backend]").getAttribute("data-backend"), {timeout: 30_000}).toBe("webgpu");
    }
    const before = await share(page);
    await expect.poll(async () => (await isDone(page)) || (await share(page)) > before, {timeout: 60_000}).toBe(true);
    expect(await stateOf(page)).toBe(state);
    expect(troubles).toEqual([]);
    await page.close();
  });
});

it("a minute behind another tab, frozen as browsers freeze such pages, costs no training its place", async () => {
  const ids = ["relu/train-ensemble", "lstm/train-memory", "tree-of-thought/judge"];
  const context = await site.browser.newContext({viewport: {width: 1200, height: 1000}});
  const trainings = await Promise.all(
    ids.map(async (id) => {
      const page = await context.newPage();
      const troubles = watchTroubles(page);
      await page.goto(`${site.url}embed/${id}/`);
      await page.locator("figure[data-ready]").waitFor();
      await underWay(page);
      await hide(page, true);
      await expect.poll(async () => (await stands(page)) && (await stands(page)), {timeout: 30_000}).toBe(true);
      const session = await context.newCDPSession(page);
      const [before, state] = [await share(page), await stateOf(page)];
      await session.send("Page.setWebLifecycleState", {state: "frozen"});
      return {page, troubles, session, before, state};
    })
  );
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  for (const {page, troubles, session, before, state} of trainings) {
    await session.send("Page.setWebLifecycleState", {state: "active"});
    expect(await share(page)).toBe(before);
    await hide(page, false);
    await expect.poll(async () => (await isDone(page)) || (await share(page)) > before, {timeout: 60_000}).toBe(true);
    expect(await stateOf(page)).toBe(state);
    expect(troubles).toEqual([]);
  }
  await context.close();
});

it("a worker starts in a sandbox, in another origin's page and in a file from disk", async () => {
  const query = "rows=100&seeds=2";
  const module = `import {mount} from "${site.url}embed/boosting/missing-values.js"; mount("main", {state: "${query}"});`;
  const other = await host(`<main></main><script type="module">${module}</script>
    <iframe sandbox="allow-scripts" src="${site.url}embed/boosting/missing-values/?${query}" width="900" height="700"></iframe>`);
  const page = await site.browser.newPage({viewport: {width: 1200, height: 1000}});
  await page.goto(other.url);
  await page.locator("main").getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await page.frameLocator("iframe").getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  await page.getByRole("button", {name: /^More/}).press("Enter");
  const standalone = page.getByRole("button", {name: "Download standalone HTML", exact: true});
  const [file] = await Promise.all([page.waitForEvent("download"), standalone.click()]);
  const path = join(tmpdir(), `workings-${process.pid}-worker.html`);
  await file.saveAs(path);
  await page.goto(pathToFileURL(path).href);
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  await page.close();
  other.close();
  rmSync(path);
});

it("mounting and unmounting figures leaves nothing behind", async () => {
  const other = await host("<main></main>");
  const page = await site.browser.newPage();
  const held = await meter(page);
  await page.goto(other.url);
  const ids = ["iou/box-playground", "boosting/round-by-round", "lstm/train-memory"];
  const rounds = async (count: number) => {
    for (let i = 0; i < count; i++) {
      for (const id of ids) {
        // As text: the test runner would rewrite the import.
        await page.evaluate(`(async () => {
          const {mount} = await import(${JSON.stringify(`${site.url}embed/${id}.js`)});
          const {element, unmount} = mount("main");
          while (!element.shadowRoot.querySelector("figure[data-ready]")) await new Promise(requestAnimationFrame);
          await new Promise((resolve) => setTimeout(resolve, 150));
          unmount();
        })()`);
      }
    }
    await page.waitForTimeout(1500);
    return held.read();
  };
  await rounds(3);
  const early = await rounds(3);
  const late = await rounds(6);
  expect(late.listeners).toBeLessThanOrEqual(early.listeners + 20);
  expect(late.nodes).toBeLessThanOrEqual(early.nodes * 1.1 + 100);
  expect(late.buffers).toBeLessThanOrEqual(early.buffers + 20);
  await page.close();
  other.close();
});

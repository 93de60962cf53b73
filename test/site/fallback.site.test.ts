import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Figures that train: without WebGPU they run, slower, and the page says why. */
const training = [
  "relu/train-ensemble", "relu/one-network", "relu/born-dead", "focal-loss/remedies", "focal-loss/prior", "lstm/train-memory"
];

describe("without WebGPU", () => {
  it.each(training)("%s trains on the CPU, and the page says why", async (id) => {
    const page = await site.browser.newPage({viewport: {width: 1200, height: 1000}});
    const troubles = watchTroubles(page);
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "gpu", {get: () => undefined}));
    await page.goto(`${site.url}embed/${id}/`);
    await page.locator("figure[data-ready]").waitFor();
    const bar = page.locator(".run-bar").first();
    const share = () => bar.locator("progress").evaluate((element) => (element as HTMLProgressElement).value);
    const begun = async () => (await share()) > 0 || /again/i.test(await bar.locator("button").first().innerText());
    await expect.poll(begun, {timeout: 60_000}).toBe(true);
    const badge = page.locator("[data-backend]");
    expect(await badge.innerText()).toMatch(/^CPU fallback: .+|^$/);
    expect(troubles).toEqual([]);
    await page.close();
  });

  for (const figure of ["loss-surface", "regression-experiment"]) {
    it(`${figure} computes on the CPU, and the page says why`, async () => {
      const page = await site.browser.newPage();
      const troubles = watchTroubles(page);
      await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "gpu", {get: () => undefined}));
      await page.goto(`${site.url}embed/iou/${figure}/`);
      const badge = page.locator('[data-backend="cpu"]');
      await badge.waitFor();
      expect(await badge.innerText()).toMatch(/^CPU fallback: .+/);
      const painted = () =>
        page.locator(".figure-body canvas").first().evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const {data} = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        });
      await expect.poll(painted, {timeout: 60_000}).toBeGreaterThan(8);
      expect(troubles).toEqual([]);
      await page.close();
    });
  }
});

import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe("without WebGPU", () => {
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

import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {axeSource, openSite, pages, showAllFigures, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly {readonly html: string; readonly failureSummary: string}[];
  }[];
}

for (const path of pages) {
  describe(`/${path}`, () => {
    it("loads without errors, failed requests or third parties, on WebGPU where it computes", async () => {
      const page = await site.browser.newPage();
      const troubles = watchTroubles(page);
      await page.goto(site.url + path);
      await showAllFigures(page);
      await page.waitForFunction(
        () => !["starting", "lost"].includes(document.querySelector<HTMLElement>("[data-backend]")?.dataset.backend ?? "")
      );
      const backend = await page.evaluate(
        () => document.querySelector<HTMLElement>("[data-backend]")?.dataset.backend ?? "idle"
      );
      expect(["webgpu", "idle"]).toContain(backend);
      expect(await page.title()).not.toBe("");
      expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
      expect(troubles).toEqual([]);
      await page.close();
    });

    it("draws every figure", async () => {
      const page = await site.browser.newPage();
      await page.goto(site.url + path);
      await showAllFigures(page);
      for (const figure of await page.locator("figure.figure").all()) {
        const drawn = () =>
          figure.evaluate((element) => {
            const shapes = element.querySelectorAll(
              ".figure-body svg:not([data-icon]) :is(path, rect, circle, line, text)"
            ).length;
            const painted = [...element.querySelectorAll<HTMLCanvasElement>(".figure-body canvas")].some((canvas) => {
              const {data} = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
              return new Set(new Uint32Array(data.buffer)).size > 8;
            });
            return shapes > 5 || painted;
          });
        await expect.poll(drawn, {timeout: 20_000}).toBe(true);
        expect(await figure.innerText()).not.toMatch(/\bNaN\b/);
      }
      await page.close();
    });

    it("fits a phone's width", async () => {
      const page = await site.browser.newPage({viewport: {width: 390, height: 844}});
      await page.goto(site.url + path);
      await showAllFigures(page);
      await page.waitForTimeout(300);
      const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(width).toBeLessThanOrEqual(room!);
      await page.close();
    });

    it.each(["light", "dark"] as const)("has no serious accessibility fault (%s)", async (colorScheme) => {
      const page = await site.browser.newPage({colorScheme, viewport: {width: colorScheme === "dark" ? 390 : 1200, height: 900}});
      await page.goto(site.url + path);
      await showAllFigures(page);
      await page.evaluate(axeSource);
      const {violations} = await page.evaluate(
        () => (globalThis as unknown as {axe: {run(): Promise<unknown>}}).axe.run() as Promise<AxeResult>
      );
      const serious = violations.filter(({impact}) => impact === "serious" || impact === "critical");
      expect(serious.map(({id, nodes}) => `${id}: ${nodes[0]!.html}\n${nodes[0]!.failureSummary}`)).toEqual([]);
      await page.close();
    });
  });
}

/** Pages that are not as ours are, with a figure among their own text. */
import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {host} from "./host.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("a page without a doctype has the figure and its formulas, too", async () => {
  const element = `<script type="module" src="${site.url}embed/element.js"></script>
    <workings-figure figure="focal-loss/loss-opened" state="gamma=5"></workings-figure>`;
  const other = await host(element, "");
  const page = await site.browser.newPage({viewport: {width: 1000, height: 900}});
  const troubles = watchTroubles(page);
  await page.goto(other.url);
  await page.locator("figure[data-ready]").waitFor();
  expect(await page.evaluate(() => document.compatMode)).toBe("BackCompat");
  const formula = page.locator("figure .katex math").first();
  await expect.poll(async () => (await formula.boundingBox())?.width ?? 0).toBeGreaterThan(20);
  expect(troubles).toEqual([]);
  await page.close();
  other.close();
});

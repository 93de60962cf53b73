import {gzipSync} from "node:zlib";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

for (const path of ["", "iou/"]) {
  it(`/${path} loads at most 200 kB gzipped before its first figure is interactive`, async () => {
    const page = await site.browser.newPage();
    const bodies: Promise<number>[] = [];
    page.on("response", (response) =>
      bodies.push(
        response.body().then(
          (body) => (response.url().endsWith(".woff2") ? body.length : gzipSync(body).length),
          () => 0
        )
      )
    );
    await page.goto(site.url + path, {waitUntil: "commit"});
    // Reported from inside, at the moment itself: what loads afterwards, formulas for instance, is not counted.
    await page.waitForFunction(() => document.querySelector("figure[data-ready]"), undefined, {polling: "raf"});
    const total = (await Promise.all(bodies)).reduce((sum, size) => sum + size, 0);
    console.log(`/${path}: ${(total / 1000).toFixed(0)} kB gzipped in ${bodies.length} responses`);
    expect(total).toBeLessThanOrEqual(200_000);
    await page.close();
  });
}

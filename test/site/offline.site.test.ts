import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {press} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("a page that was read opens again without a network, its figures alive", async () => {
  const context = await site.browser.newContext({serviceWorkers: "allow"});
  const page = await context.newPage();
  await page.goto(`${site.url}iou/?box-playground.kind=giou`);
  await page.locator("figure[data-ready]").first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  // What was loaded before the worker ran is handed to it.
  const missing = () =>
    page.evaluate(async () => {
      const loaded = performance.getEntriesByType("resource").filter(({name}) => name.startsWith(location.origin));
      const addresses = [location.href, ...loaded.map(({name}) => name)].map((url) => url.split(/[?#]/)[0]!);
      const kept = await Promise.all(addresses.map((address) => caches.match(address)));
      return addresses.filter((_, i) => !kept[i]);
    });
  await expect.poll(missing, {timeout: 30_000}).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await page.locator("figure[data-ready]").first().waitFor();
  const {kind} = await page.locator("#box-playground").evaluate((figure) => (figure as HTMLElement & {value: {kind: string}}).value);
  expect(kind).toBe("giou");
  await context.close();
});

it("the whole site can be kept: pages never opened open without a network", async () => {
  const context = await site.browser.newContext({serviceWorkers: "allow"});
  const page = await context.newPage();
  await page.goto(site.url);
  await page.locator("figure[data-ready]").first().waitFor();
  await press(page, "Keep the whole site for reading offline");
  await expect.poll(() => page.getByText(/files are kept/).count(), {timeout: 90_000}).toBe(1);
  await context.setOffline(true);
  const troubles = watchTroubles(page);
  for (const path of ["lstm/", "embed/relu/functions/", "checks/"]) {
    await page.goto(site.url + path);
    await page.locator("figure[data-ready], tr[data-check]").first().waitFor();
  }
  expect(troubles).toEqual([]);
  const caches = await page.evaluate(() => globalThis.caches.keys());
  expect(caches).toHaveLength(1);
  await context.close();
});

it("says what an installed app needs: name, start, icons that are there", async () => {
  const page = await site.browser.newPage();
  await page.goto(`${site.url}lstm/`);
  const href = await page.locator("link[rel=manifest]").evaluate((link) => (link as HTMLLinkElement).href);
  const response = await page.request.get(href);
  const manifest = (await response.json()) as {name: string; start_url: string; display: string; icons: readonly {src: string; sizes: string}[]};
  expect(manifest).toMatchObject({name: "Workings", display: "standalone"});
  expect(new URL(manifest.start_url, href).href).toBe(site.url);
  expect(manifest.icons.map(({sizes}) => sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  for (const {src} of manifest.icons) expect((await page.request.get(new URL(src, href).href)).status()).toBe(200);
  await page.close();
});

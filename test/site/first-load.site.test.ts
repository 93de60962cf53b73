import {afterAll, beforeAll, expect, it} from "vitest";
import {firstLoad} from "../first-load.js";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it.each(["", "iou/"])("/%s loads at most 200 kB gzipped before its first figure is interactive", async (path) => {
  const {bytes, responses} = await firstLoad(site.browser, site.url + path);
  console.log(`/${path}: ${(bytes / 1000).toFixed(0)} kB gzipped in ${responses} responses`);
  expect(bytes).toBeLessThanOrEqual(200_000);
});

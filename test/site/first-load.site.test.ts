import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {rooms} from "../../src/rooms.js";
import {firstLoad} from "../first-load.js";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Before the first figure is interactive; a third party would be found by every page's test. */
const budgets = {"": {bytes: 200_000, responses: 90}, "iou/": {bytes: 200_000, responses: 90}};
// What a slower machine has loaded by then varies: TensorFlow.js may be on its way.
const otherRooms = {bytes: 400_000, responses: 130};
const paths = ["", ...rooms.map(({path}) => path.slice(1))];

describe.each(paths)("/%s", (path) => {
  const {bytes: most, responses: mostResponses} = budgets[path as keyof typeof budgets] ?? otherRooms;
  it(`loads at most ${most / 1000} kB gzipped in ${mostResponses} responses before its first figure is interactive`, async () => {
    const {bytes, responses, origins} = await firstLoad(site.browser, site.url + path);
    console.log(`/${path}: ${(bytes / 1000).toFixed(0)} kB gzipped in ${responses} responses`);
    expect(bytes).toBeLessThanOrEqual(most);
    expect(responses).toBeLessThanOrEqual(mostResponses);
    expect(origins).toEqual([new URL(site.url).origin]);
  });
});

import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite, pages, showAllFigures, sourceOf, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const guided = pages.filter((path) => sourceOf(path).includes('class="try"'));

describe.each(guided.map((path) => [path]))("/%s", (path) => {
  it("has only try links that set their figure, with nothing clamped or unknown", async () => {
    const page = await site.browser.newPage();
    const troubles = watchTroubles(page);
    await page.goto(site.url + path);
    await showAllFigures(page);
    for (const link of await page.locator("a.try").all()) {
      const [name, query] = (await link.getAttribute("href"))!.slice(1).split("?") as [string, string];
      const figure = page.locator(`figure#${name}`);
      await link.click();
      const state = JSON.parse(await stateOf(page, `figure#${name}`)) as Record<string, unknown>;
      for (const [key, value] of new URLSearchParams(query)) expect(shape(state[key])).toBe(value);
      expect(await figure.locator("> .figure-note").innerText()).toBe("");
    }
    expect(troubles).toEqual([]);
    await page.close();
  });
});

/** A state's value as an address has it. */
const shape = (value: unknown): string => (typeof value === "boolean" ? String(Number(value)) : String(value));

import type {Page} from "playwright-core";
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

describe("a try link's address", () => {
  const kind = async (page: Page) => (JSON.parse(await stateOf(page, "figure#box-playground")) as {kind: string}).kind;

  it("sets the figure in a page that it opens, and when it is given to an open one, once", async () => {
    const page = await site.browser.newPage();
    const troubles = watchTroubles(page);
    await page.goto(`${site.url}iou/#box-playground?kind=giou&target=60,60,240,220`);
    await page.locator("figure#box-playground[data-ready]").waitFor();
    await expect.poll(() => kind(page)).toBe("giou");
    await page.evaluate(() => (location.hash = "box-playground?kind=diou"));
    await expect.poll(() => kind(page)).toBe("diou");
    await page.getByRole("button", {name: "Draw CIoU", exact: true}).click();
    await page.getByRole("button", {name: "Draw IoU", exact: true}).click();
    await expect.poll(() => page.url()).toMatch(/kind=iou.*#box-playground$/);
    await page.reload();
    await page.locator("figure#box-playground[data-ready]").waitFor();
    expect(await kind(page)).toBe("iou");
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("is opened in a tab of its own with the Control key, and leaves this one alone", async () => {
    const page = await site.browser.newPage();
    await page.goto(`${site.url}iou/`);
    await page.locator("figure#box-playground[data-ready]").waitFor();
    const before = await kind(page);
    const [tab] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("link", {name: "One box inside the other"}).click({modifiers: ["Control"]})
    ]);
    await tab.locator("figure#box-playground[data-ready]").waitFor();
    await expect.poll(() => kind(tab)).toBe("giou");
    expect(await kind(page)).toBe(before);
    await tab.close();
    await page.close();
  });
});

/** A state's value as an address has it. */
const shape = (value: unknown): string => (typeof value === "boolean" ? String(Number(value)) : String(value));

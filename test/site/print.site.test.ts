/** On paper: figures that the reader never scrolled to are pictures, and those that were seen are as they were. */
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite, pages, sourceOf} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const rooms = pages.filter((path) => !path.startsWith("embed/") && sourceOf(path).includes('figure("'));

/** What stands in each figure's place: alive, a picture that was loaded, or nothing. */
const places = (page: Page): Promise<string[]> =>
  page.locator(".figure-place").evaluateAll((all) =>
    all.map((place) => {
      const picture = place.querySelector<HTMLImageElement>(".figure-on-paper img");
      return picture === null ? "alive" : picture.naturalWidth > 0 ? "picture" : "nothing";
    })
  );

describe.each(rooms)("/%s", (path) => {
  it("prints a picture of every figure that has not loaded", async () => {
    const page = await site.browser.newPage({viewport: {width: 1200, height: 900}});
    await page.goto(site.url + path);
    await page.locator("figure[data-ready]").first().waitFor();
    expect(await places(page)).toContain("nothing");
    const pdf = (await page.pdf({format: "A4"})).toString("latin1");
    const printed = await places(page);
    expect(printed).not.toContain("nothing");
    expect(pdf.match(/\/Subtype \/Image/g)?.length ?? 0).toBeGreaterThanOrEqual(printed.filter((what) => what === "picture").length);
    await page.close();
  });
});

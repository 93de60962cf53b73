import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {changeSomething, figureIds, openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const svgStart = /^(<\?xml[^>]*\?>\s*)?<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

describe.each(figureIds)("%s", (id) => {
  it("copies a link that opens the same figure in the same state on its topic's page", async () => {
    const page = await openFigure(site, id);
    await changeSomething(page);
    const changed = await stateOf(page);
    await press(page, "Copy link");
    await expect.poll(() => page.locator("figure > .figure-note").innerText()).toBe("Link copied.");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const [topic, name] = id.split("/") as [string, string];
    expect(link.startsWith(`${site.url}${topic}/?`)).toBe(true);
    await page.goto(link);
    const figure = `figure[data-figure="${id}"]`;
    const place = page.locator(`#${name}, #${name}-place`).first();
    await place.waitFor();
    await place.scrollIntoViewIfNeeded();
    await page.locator(`${figure}[data-ready]`).waitFor();
    expect(await stateOf(page, figure)).toBe(changed);
    await page.context().close();
  });

  it("downloads its picture as SVG and PNG and its numbers as CSV", async () => {
    const page = await openFigure(site, id);
    const download = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
      return readFileSync(await file.path());
    };
    await page.waitForTimeout(500);
    const picture = (await download("Download SVG")).toString();
    expect(picture).toMatch(svgStart);
    const fault = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      return parsed.querySelector("parsererror")?.textContent ?? "";
    }, picture);
    expect(fault).toBe("");
    const png = await download("Download PNG");
    expect(png.subarray(0, 8)).toEqual(pngSignature);
    expect(png.length).toBeGreaterThan(2000);
    const lines = async () => (await download("Download data as CSV")).toString().split("\r\n").length;
    await expect.poll(lines).toBeGreaterThan(2);
    await page.context().close();
  });
});

import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import type {Locator, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {changeSomething, figureIds, openFigure, press, stateOf} from "./figure-page.js";
import {host} from "./host.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const svgStart = /^(<\?xml[^>]*\?>\s*)?<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const valueOf = (figure: Locator): Promise<string> =>
  figure.evaluate((element) => JSON.stringify((element as HTMLElement & {value: unknown}).value));

// One page a figure makes every form of it, in a state that is not the opening one; the tests then use the forms.
describe.each(figureIds)("%s", (id) => {
  const fileName = id.replace("/", "-");
  let page: Page;
  let state: string;
  beforeAll(async () => {
    page = await openFigure(site, id);
    await changeSomething(page);
    state = await stateOf(page);
  });
  afterAll(() => page.context().close());

  const more = async (name: string) => {
    await page.getByRole("button", {name: /^More/}).press("Enter");
    await press(page, name);
  };
  const copied = async (run: () => Promise<void>): Promise<string> => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await run();
    const text = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(text, {interval: 20}).not.toBe("");
    return text();
  };
  const saved = async (kind: string, run: () => Promise<void>): Promise<Buffer> => {
    const [file] = await Promise.all([page.waitForEvent("download"), run()]);
    expect(file.suggestedFilename()).toBe(`${fileName}.${kind}`);
    return readFileSync(await file.path());
  };

  it("saves its picture as SVG and PNG, its numbers as CSV and JSON", async () => {
    await page.waitForTimeout(300);
    const picture = (await saved("svg", () => press(page, "Download SVG"))).toString();
    expect(picture).toMatch(svgStart);
    const fault = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      return parsed.querySelector("parsererror")?.textContent ?? "";
    }, picture);
    expect(fault).toBe("");
    const png = await saved("png", () => press(page, "Download PNG"));
    expect(png.subarray(0, 8)).toEqual(pngSignature);
    expect(png.length).toBeGreaterThan(2000);
    const lines = async () => (await saved("csv", () => press(page, "Download data as CSV"))).toString().split("\r\n").length;
    await expect.poll(lines).toBeGreaterThan(2);
    const json = JSON.parse((await saved("json", () => more("Download data as JSON"))).toString()) as {rows: unknown[]};
    expect(json).toMatchObject({figure: id, state: JSON.parse(state) as unknown});
    expect(json.rows.length).toBeGreaterThan(0);
  });

  it("is alive in another origin's page as a frame, in a sandbox, as a module and as an element, each in its state", async () => {
    const frame = await copied(() => press(page, "Copy embed"));
    const module = await copied(() => more("Copy ES module"));
    const element = await copied(() => more("Copy custom element"));
    const sandboxed = frame.replace("<iframe ", '<iframe sandbox="allow-scripts" ');
    const other = await host([frame, sandboxed, module, element].join("<hr>"));
    const guest = await site.browser.newPage({viewport: {width: 1000, height: 900}});
    const troubles = watchTroubles(guest);
    await guest.goto(other.url);
    const frames = [guest.locator("iframe").first(), guest.locator("iframe").last()];
    const inside = frames.map((each) => each.contentFrame());
    const own = [guest.locator("div[id] > [data-workings] figure"), guest.locator("workings-figure figure")];
    for (const [i, figure] of [...inside.map((each) => each.locator("figure.figure")), ...own].entries()) {
      await frames[i]?.scrollIntoViewIfNeeded();
      await figure.scrollIntoViewIfNeeded();
      await expect.poll(() => figure.getAttribute("data-ready")).toBe("");
      expect(await valueOf(figure)).toBe(state);
    }
    for (const width of [1000, 390]) {
      await guest.setViewportSize({width, height: 900});
      for (const [i, each] of inside.entries()) {
        // A browser lays out a frame of another origin when it comes into sight.
        await frames[i]!.scrollIntoViewIfNeeded();
        const hidden = () => each.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight);
        await expect.poll(hidden).toBeLessThanOrEqual(1);
      }
      for (const figure of own) {
        const wider = () => figure.evaluate((drawn) => drawn.scrollWidth - drawn.parentElement!.clientWidth);
        await expect.poll(wider).toBeLessThanOrEqual(0);
      }
    }
    const message = {type: "workings:size", figure: id, height: expect.any(Number) as number};
    expect(await guest.evaluate("messages")).toContainEqual(message);
    // What happens in one does not happen in the other, nor in the host's address.
    await own[0]!.getByRole("button", {name: "Reset"}).press("Enter");
    await expect.poll(() => valueOf(own[0]!)).not.toBe(state);
    expect(await valueOf(own[1]!)).toBe(state);
    expect(guest.url()).toBe(other.url);
    expect(troubles).toEqual([]);
    await guest.close();
    other.close();
  });

  it("works from disk, without a network, in its state", async () => {
    const path = join(tmpdir(), `workings-${process.pid}-${fileName}.html`);
    writeFileSync(path, await saved("html", () => more("Download standalone HTML")));
    const context = await site.browser.newContext({viewport: {width: 1000, height: 900}, offline: true});
    const guest = await context.newPage();
    const troubles = watchTroubles(guest);
    await guest.goto(pathToFileURL(path).href);
    const figure = guest.locator("figure[data-ready]");
    await figure.waitFor();
    expect(await valueOf(figure)).toBe(state);
    expect(troubles).toEqual([]);
    await context.close();
    rmSync(path);
  });

  it("has an oEmbed document that its page names", () => {
    const html = readFileSync(`dist/embed/${id}/index.html`, "utf8");
    expect(html).toMatch(/<link rel="alternate" type="application\/json\+oembed" href="oembed.json"/);
    const oembed = JSON.parse(readFileSync(`dist/embed/${id}/oembed.json`, "utf8")) as Record<string, unknown>;
    expect(oembed).toMatchObject({version: "1.0", type: "rich", width: 800, height: expect.any(Number) as number});
    expect(oembed.html).toContain(`/embed/${id}/"`);
  });

  it("copies a link, and Markdown whose picture is that link, to the same state on its topic's page", async () => {
    const link = await copied(() => press(page, "Copy link"));
    expect(await page.locator("figure > .figure-note").innerText()).toBe("Link copied.");
    let markdown = "";
    await saved("png", async () => {
      markdown = await copied(() => more("Copy Markdown, download picture"));
    });
    const [, picture, target] = /^\[!\[.+\]\(([^)]+)\)\]\(([^)]+)\)$/.exec(markdown)!;
    expect(picture).toBe(`${fileName}.png`);
    expect(target).toBe(link.replaceAll("(", "%28").replaceAll(")", "%29"));
    const [topic, name] = id.split("/") as [string, string];
    expect(link.startsWith(`${site.url}${topic}/?`)).toBe(true);
    await page.goto(link);
    const figure = `figure[data-figure="${id}"]`;
    const place = page.locator(`#${name}, #${name}-place`).first();
    await place.waitFor();
    await place.scrollIntoViewIfNeeded();
    await page.locator(`${figure}[data-ready]`).waitFor();
    expect(await stateOf(page, figure)).toBe(state);
  });
});

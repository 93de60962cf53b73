import {readFileSync, writeFileSync} from "node:fs";
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

const valueOf = (figure: Locator): Promise<string> =>
  figure.evaluate((element) => JSON.stringify((element as HTMLElement & {value: unknown}).value));

/** What the figure's menu copies and saves. */
async function takeAway(page: Page, id: string) {
  const copied = async (name: string) => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await press(page, name);
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const more = async <T>(run: () => Promise<T>): Promise<T> => {
    await page.getByRole("button", {name: /^More/}).click();
    return run();
  };
  const saved = async (name: string, run: () => Promise<unknown>) => {
    const [file] = await Promise.all([page.waitForEvent("download"), run()]);
    expect(file.suggestedFilename()).toBe(`${id.replace("/", "-")}.${name}`);
    return file.path();
  };
  const frame = await copied("Copy embed");
  const module = await more(() => copied("Copy ES module"));
  const element = await more(() => copied("Copy custom element"));
  await saved("png", () => more(() => press(page, "Copy Markdown, download picture")));
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  const json = await saved("json", () => more(() => press(page, "Download data as JSON")));
  const html = await saved("html", () => more(() => press(page, "Download standalone HTML")));
  const standalone = join(tmpdir(), `${id.replace("/", "-")}.html`);
  return {frame, module, element, markdown, json: readFileSync(json, "utf8"), html: readFileSync(html), standalone};
}

describe.each(figureIds)("%s", (id) => {
  let state: string;
  let taken: Awaited<ReturnType<typeof takeAway>>;
  beforeAll(async () => {
    const page = await openFigure(site, id);
    await changeSomething(page);
    state = await stateOf(page);
    taken = await takeAway(page, id);
    await page.context().close();
  });

  it("is alive in another origin's page as a frame, in a sandbox, as a module and as an element, each in its state", async () => {
    const sandboxed = taken.frame.replace("<iframe ", '<iframe sandbox="allow-scripts" ');
    const other = await host([taken.frame, sandboxed, taken.module, taken.element].join("<hr>"));
    const page = await site.browser.newPage({viewport: {width: 1000, height: 900}});
    const troubles = watchTroubles(page);
    await page.goto(other.url);
    const [frame, sandbox] = [page.frameLocator("iframe >> nth=0"), page.frameLocator("iframe >> nth=1")];
    const inFrames = [frame.locator("figure.figure"), sandbox.locator("figure.figure")];
    const own = [page.locator("div[id] > [data-workings] figure"), page.locator("workings-figure figure")];
    const frames = [page.locator("iframe").first(), page.locator("iframe").last()];
    for (const [i, figure] of [...inFrames, ...own].entries()) {
      await frames[i]?.scrollIntoViewIfNeeded();
      await figure.scrollIntoViewIfNeeded();
      await expect.poll(() => figure.getAttribute("data-ready")).toBe("");
      expect(await valueOf(figure)).toBe(state);
    }
    for (const width of [1000, 390]) {
      await page.setViewportSize({width, height: 900});
      for (const [i, each] of [frame, sandbox].entries()) {
        // A browser lays out a frame of another origin when it comes into sight.
        await frames[i]!.scrollIntoViewIfNeeded();
        const hidden = () => each.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight);
        await expect.poll(hidden).toBeLessThanOrEqual(1);
      }
      for (const figure of own) {
        const wider = () => figure.evaluate((element) => element.scrollWidth - element.parentElement!.clientWidth);
        await expect.poll(wider).toBeLessThanOrEqual(0);
      }
    }
    const message = {type: "workings:size", figure: id, height: expect.any(Number) as number};
    expect(await page.evaluate("messages")).toContainEqual(message);
    // What happens in one does not happen in the other, nor in the host's address.
    await own[0]!.getByRole("button", {name: "Reset"}).press("Enter");
    await expect.poll(() => valueOf(own[0]!)).not.toBe(state);
    expect(await valueOf(own[1]!)).toBe(state);
    expect(page.url()).toBe(other.url);
    expect(troubles).toEqual([]);
    await page.close();
    other.close();
  });

  it("works from disk, without a network, in its state", async () => {
    writeFileSync(taken.standalone, taken.html);
    const context = await site.browser.newContext({viewport: {width: 1000, height: 900}, offline: true});
    const page = await context.newPage();
    const troubles = watchTroubles(page);
    await page.goto(pathToFileURL(taken.standalone).href);
    const figure = page.locator("figure[data-ready]");
    await figure.waitFor();
    expect(await valueOf(figure)).toBe(state);
    expect(troubles).toEqual([]);
    await context.close();
  });

  it("says its data and its state in JSON, and where it is alive in Markdown", () => {
    const json = JSON.parse(taken.json) as Record<string, unknown>;
    expect(json).toMatchObject({figure: id, state: JSON.parse(state) as unknown, rows: expect.any(Array) as unknown[]});
    const [, picture, link] = /^\[!\[.+\]\(([^)]+)\)\]\(([^)]+)\)$/.exec(taken.markdown)!;
    expect(picture).toBe(`${id.replace("/", "-")}.png`);
    expect(link!.startsWith(site.url + id.split("/")[0]!)).toBe(true);
    expect(json.source).toBe(link!.replaceAll("%28", "(").replaceAll("%29", ")"));
  });

  it("has an oEmbed document that its page names", () => {
    const page = readFileSync(`dist/embed/${id}/index.html`, "utf8");
    expect(page).toMatch(/<link rel="alternate" type="application\/json\+oembed" href="oembed.json"/);
    const oembed = JSON.parse(readFileSync(`dist/embed/${id}/oembed.json`, "utf8")) as Record<string, unknown>;
    expect(oembed).toMatchObject({version: "1.0", type: "rich", width: 800, height: expect.any(Number) as number});
    expect(oembed.html).toContain(`/embed/${id}/"`);
  });
});

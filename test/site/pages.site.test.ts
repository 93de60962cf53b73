import type {BrowserContextOptions, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {axeFaults} from "./axe.js";
import {openSite, pages, showAllFigures, sourceOf, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

/** Figures that compute on the GPU as soon as they are seen: a page that has one must say WebGPU. */
const computing = [
  "iou/loss-surface",
  "iou/regression-experiment",
  "relu/signal-depth",
  "relu/train-ensemble",
  "relu/one-network",
  "focal-loss/remedies",
  "focal-loss/prior",
  "lstm/train-memory",
  "lstm/gradient-flow",
  "lstm/parallel",
  "tree-of-thought/many-puzzles"
];

const computes = (path: string): boolean =>
  computing.some((id) => path === `embed/${id}/` || sourceOf(path).includes(`figure("${id}"`));

const isEmbed = (path: string): boolean => path.startsWith("embed/");

/** A figure draws for a new width when it is told of it, so this may take a moment. */
const expectToFit = (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

/** The pages of notes and checks show figures' forms and numbers, but make no figure. */
const hasFigures = (path: string): boolean => isEmbed(path) || /figure\("|\bview\(/.test(sourceOf(path));

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function open(path: string, options: BrowserContextOptions): Promise<readonly [Page, readonly string[]]> {
  const page = await site.browser.newPage(options);
  const troubles = watchTroubles(page);
  await page.goto(site.url + path);
  await showAllFigures(page, hasFigures(path));
  return [page, troubles];
}

describe.each(pages.map((path) => [path]))("/%s", (path) => {
  let page: Page;
  let troubles: readonly string[];
  beforeAll(async () => {
    [page, troubles] = await open(path, {colorScheme: "light", viewport: {width: 1200, height: 900}});
  });
  afterAll(() => page.close());

  it("has a title and a language", async () => {
    expect(await page.title()).not.toBe("");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("draws every figure", async () => {
    for (const figure of await page.locator("figure.figure").all()) {
      await expect.poll(() => figure.evaluate(isDrawn), {timeout: 20_000}).toBe(true);
      expect(await figure.innerText()).not.toMatch(/\bNaN\b/);
    }
  });

  if (computes(path)) {
    it("computes on WebGPU, and says so", async () => {
      const badge = page.locator("[data-backend]");
      await expect.poll(() => badge.getAttribute("data-backend"), {timeout: 30_000}).toBe("webgpu");
      expect(await badge.innerText()).toMatch(/^WebGPU · \S+/);
    });
  }

  it("has no serious accessibility fault", async () => {
    expect(await axeFaults(page)).toEqual([]);
  });

  if (isEmbed(path)) {
    it("fits a phone's width, and has no serious accessibility fault in the dark", async () => {
      await page.emulateMedia({colorScheme: "dark"});
      await page.setViewportSize({width: 390, height: 844});
      await expectToFit(page);
      expect(await axeFaults(page)).toEqual([]);
    });
  }

  it("has met no error, no failed request and no third party by then", () => {
    expect(troubles).toEqual([]);
  });
});

/** A room's page is loaded at a phone's width; an embed's, whose figure is on that page, too, becomes narrow and dark. */
const rest = pages.filter((path) => !isEmbed(path));

describe.each(rest.map((path) => [path]))("/%s on a phone, dark", (path) => {
  let page: Page;
  beforeAll(async () => {
    [page] = await open(path, {colorScheme: "dark", viewport: {width: 390, height: 844}});
  });
  afterAll(() => page.close());

  it("fits its width", () => expectToFit(page));

  it("has no serious accessibility fault", async () => {
    expect(await axeFaults(page)).toEqual([]);
  });
});

/** In the page: more than a handful of shapes, or a canvas of more than a few colours. */
function isDrawn(figure: Element): boolean {
  const shape = ".figure-body svg:not([data-icon]) :is(path, rect, circle, line, text)";
  const painted = [...figure.querySelectorAll<HTMLCanvasElement>(".figure-body canvas")].some((canvas) => {
    if (canvas.width * canvas.height === 0) return false;
    const {data} = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 8;
  });
  return figure.querySelectorAll(shape).length > 5 || painted;
}

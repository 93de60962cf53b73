import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {chapters} from "../../src/questions.js";
import {rooms} from "../../src/rooms.js";
import {openSite, pages, sourceOf, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {figureIds, press} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const questions = chapters.flatMap((chapter) => chapter.questions);
const isOpen = (room: string) => rooms.some(({path}) => path === `/${room}/`);

it("lists every question of the source list, and links those whose room is open", () => {
  expect(questions.map(({id}) => id)).toEqual([
    ...numbered("L", 10), ...numbered("V", 5), ...numbered("M", 6), ...numbered("C", 5), ...numbered("G", 10), ...numbered("D", 5)
  ]);
  const html = sourceOf("");
  for (const {id, room, answer} of questions) {
    const item = new RegExp(`<li data-question="${id}">.*?</li>`).exec(html)![0];
    expect(item.includes(`href="./${room}/"`), id).toBe(isOpen(room));
    expect(item.includes("not yet"), id).toBe(!isOpen(room));
    if (isOpen(room)) expect(answer, id).toBeTruthy();
  }
});

it("names a figure that there is beside every question whose room is open", () => {
  for (const {id, room, figures = []} of questions) {
    if (isOpen(room)) expect(figures.some((figure) => figureIds.includes(figure)), id).toBe(true);
  }
});

it("shows a live figure at once, finds questions by their words, and leads to the figure that answers", async () => {
  const page = await site.browser.newPage({viewport: {width: 1200, height: 900}});
  const troubles = watchTroubles(page);
  await page.goto(site.url);
  const figure = page.locator("figure[data-ready]").first();
  await figure.waitFor();
  expect((await figure.boundingBox())!.y).toBeLessThan(600);
  const search = page.getByRole("searchbox", {name: "Search the questions"});
  await search.fill("loss yolov4");
  await expect.poll(() => page.locator("li[data-question]:visible").count()).toBe(1);
  expect(await page.locator(".filter-count").innerText()).toBe(`1 of ${questions.length} questions`);
  await page.getByRole("link", {name: "The loss as a landscape"}).click();
  const inView = () => page.locator("#loss-surface").evaluate((element) => element.getBoundingClientRect().top);
  await page.locator("#loss-surface[data-ready]").waitFor();
  await expect.poll(inView).toBeLessThan(900);
  expect(troubles).toEqual([]);
  await page.close();
});

it("without JavaScript gives the prose, every question, and a picture of each figure", async () => {
  const page = await site.browser.newPage({javaScriptEnabled: false});
  await page.goto(site.url);
  expect(await page.locator("li[data-question]").count()).toBe(questions.length);
  for (const {path} of rooms) {
    await page.goto(site.url + path.slice(1));
    expect(await page.locator("h2").count()).toBeGreaterThan(3);
    const pictures = page.locator("noscript img, main img");
    const names = [...sourceOf(path.slice(1)).matchAll(/pictures\/[\w-]+\/([\w-]+)\.webp/g)].map(([, name]) => name);
    const room = figureIds.filter((id) => `/${id.split("/")[0]!}/` === path).map((id) => id.split("/")[1]);
    expect(names.sort()).toEqual(room.sort());
    await expect.poll(() => isShown(page)).toBe(await pictures.count());
  }
  await page.close();
});

/** How many pictures came. */
const isShown = async (page: Page): Promise<number> => {
  let shown = 0;
  for (const image of await page.locator("main img").all()) {
    await image.scrollIntoViewIfNeeded();
    const box = await image.boundingBox();
    if (box && box.width > 100 && box.height > 50) shown++;
  }
  return shown;
};

it("recomputes the checks in the browser, within their tolerance", async () => {
  const page = await site.browser.newPage();
  const troubles = watchTroubles(page);
  await page.goto(`${site.url}checks/`);
  await press(page, "Check all here");
  const results = page.locator("tr[data-check] [role=status]");
  const done = async () => (await results.allInnerTexts()).filter((text) => /within .* cases in \d+ ms/.test(text)).length;
  await expect.poll(done, {timeout: 60_000}).toBe(await results.count());
  expect(troubles).toEqual([]);
  await page.close();
});

it("shows each form of a figure at work", async () => {
  const page = await site.browser.newPage({viewport: {width: 1000, height: 900}});
  const troubles = watchTroubles(page);
  await page.goto(`${site.url}notes/`);
  // Each button goes once its code runs.
  const run = page.getByRole("button", {name: "Run this code here"});
  await run.nth(1).press("Enter");
  await run.first().press("Enter");
  await expect.poll(() => page.locator("[data-workings] figure[data-ready]").count()).toBe(2);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await page.frameLocator("iframe").locator("figure[data-ready]").waitFor();
  for (const figure of await page.locator("[data-workings] figure").all()) {
    const {distance} = await figure.evaluate((element) => (element as HTMLElement & {value: {distance: string}}).value);
    expect(distance).toBe("l1-center");
  }
  expect(troubles).toEqual([]);
  await page.close();
});

it("runs under a policy without eval or other origins, on every page", () => {
  for (const path of pages) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(sourceOf(path))?.[1] ?? "";
    expect(policy, path).toContain("default-src 'none'");
    const script = /script-src ([^;]+);/.exec(policy)![1]!;
    expect(script, path).toMatch(/^'self'( 'sha256-[\w+/=]+')+$/);
    // The tree of thoughts alone may ask a server elsewhere: the reader's own, once they name it.
    const asks = path.startsWith("tree-of-thought/") || path.startsWith("embed/tree-of-thought/tree/");
    expect(/connect-src ([^;]+);/.exec(policy)![1], path).toBe(asks ? "'self' http: https:" : "'self'");
    expect(policy.replace(/connect-src [^;]+;/, ""), path).not.toMatch(/https?:|\*|unsafe-eval/);
  }
  expect(readFileSync("dist/404.html", "utf8")).toContain("Content-Security-Policy");
});

const numbered = (letter: string, count: number): string[] => Array.from({length: count}, (_, i) => `${letter}${i + 1}`);

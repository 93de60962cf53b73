import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite, watchTroubles} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {changeSomething, figureIds, openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** What a reader, a broken link or an attacker may put in an address. */
const hostile = [
  "0", "1", "-1", "0.5", "1e99", "-1e99", "NaN", "Infinity", "", ",", "0,0,0,0", "9,9,1,1", "5,5,5,5", "1e99,-1e99,0,0",
  "1,2", "constructor", "__proto__", "true", "giou", "iou,l1,nonsense", "%", "<img src=x onerror=globalThis.injected=1>"
];

// One page a figure, in this order: it opens untouched, is given bad states, is changed and reloaded, is opened with a
// bad address.
describe.each(figureIds)("%s", (id) => {
  let page: Page;
  let troubles: readonly string[];
  let opening: string;
  beforeAll(async () => {
    page = await openFigure(site, id, "?nonsense=1");
    troubles = watchTroubles(page);
    opening = await stateOf(page);
  });
  afterAll(() => page.context().close());
  const note = () => page.locator("figure > .figure-note");

  it("ignores what it does not know", async () => {
    expect(await note().innerText()).toBe("");
  });

  it("shows no NaN, lets no markup in and throws nothing, whatever state it is given", async () => {
    const shown = await page.locator("figure.figure").evaluate(async (element, values) => {
      const figure = element as HTMLElement & {value: Record<string, unknown>};
      const first = figure.value;
      const bad: string[] = [];
      for (const key of Object.keys(first)) {
        for (const value of values) {
          figure.value = {...first, [key]: value};
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const text = figure.querySelector<HTMLElement>(".figure-body")!.innerText;
          if (/\bNaN\b|\bInfinity\b|\bnull\b/.test(text)) bad.push(`${key}=${value}`);
          if (figure.querySelector("[onerror]") ?? "injected" in globalThis) bad.push(`${key}: markup`);
        }
      }
      figure.value = first;
      return bad;
    }, hostile);
    expect(shown).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("keeps its state in the address over a reload, resets it and undoes that", async () => {
    await page.goto(`${site.url}embed/${id}/`);
    await page.locator("figure[data-ready]").waitFor();
    await changeSomething(page);
    const changed = await stateOf(page);
    expect(changed).not.toBe(opening);
    await page.reload();
    await page.locator("figure[data-ready]").waitFor();
    expect(await stateOf(page)).toBe(changed);
    await press(page, "Reset");
    expect(await stateOf(page)).toBe(opening);
    await press(page, "Undo");
    expect(await stateOf(page)).toBe(changed);
  });

  it("clamps what is out of range, and reads markup as text, with a visible note", async () => {
    const keys = Object.keys(JSON.parse(opening) as object);
    const bad = (key: string, i: number) => `${key}=${i % 2 ? encodeURIComponent(hostile.at(-1)!) : "1e99"}`;
    await page.goto(`${site.url}embed/${id}/?${keys.map(bad).join("&")}`);
    await page.locator("figure[data-ready]").waitFor();
    expect(await note().isVisible()).toBe(true);
    expect(await note().innerText()).not.toBe("");
    expect(Object.keys(JSON.parse(await stateOf(page)) as object)).toEqual(keys);
    expect(await page.evaluate(() => document.querySelector("[onerror]") ?? ("injected" in globalThis))).toBe(false);
    expect(troubles).toEqual([]);
  });
});

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
  "1,2", "constructor", "__proto__", "true", "giou", "iou,l1,nonsense", "%", "<script>alert(1)</script>"
];

describe.each(figureIds)("%s", (id) => {
  it("keeps its state in the address over a reload, resets it and undoes that", async () => {
    const page = await openFigure(site, id);
    const opening = await stateOf(page);
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
    await page.context().close();
  });

  it("clamps what is out of range with a visible note, and ignores what it does not know", async () => {
    const page = await openFigure(site, id, "?nonsense=1");
    const opening = await stateOf(page);
    expect(await page.locator("figure > .figure-note").innerText()).toBe("");
    const keys = Object.keys(JSON.parse(opening) as object);
    await page.goto(`${site.url}embed/${id}/?${keys.map((key) => `${key}=1e99`).join("&")}`);
    await page.locator("figure[data-ready]").waitFor();
    const note = page.locator("figure > .figure-note");
    expect(await note.isVisible()).toBe(true);
    expect(await note.innerText()).not.toBe("");
    expect(Object.keys(JSON.parse(await stateOf(page)) as object)).toEqual(keys);
    await page.context().close();
  });

  it("shows no NaN and throws nothing, whatever state it is given", async () => {
    const page = await openFigure(site, id);
    const troubles = watchTroubles(page);
    const shown = await page.locator("figure.figure").evaluate(async (element, values) => {
      const figure = element as HTMLElement & {value: Record<string, unknown>};
      const opening = figure.value;
      const bad: string[] = [];
      for (const key of Object.keys(opening)) {
        for (const value of values) {
          figure.value = {...opening, [key]: value};
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const text = figure.querySelector<HTMLElement>(".figure-body")!.innerText;
          if (/\bNaN\b|\bInfinity\b|\bnull\b/.test(text)) bad.push(`${key}=${value}`);
        }
      }
      return bad;
    }, hostile);
    expect(shown).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

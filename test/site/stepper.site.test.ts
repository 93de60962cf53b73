import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {figureIds, openFigure, press} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const slider = (page: Page) => page.getByRole("slider", {name: "Step", exact: true});
const step = async (page: Page) => Number(await slider(page).inputValue());

// A figure that has no steps, or steps without formulas, has nothing to fail here: each is opened once to find out.
describe.each(figureIds)("the steps of %s, if it has any", (id) => {
  let page: Page;
  beforeAll(async () => {
    page = await openFigure(site, id, "?step=0");
  });
  afterAll(() => page.context().close());

  it("have formulas, in numbers and in symbols", async () => {
    if ((await page.locator(".step-formula").count()) === 0) return;
    const steps = page.getByRole("group", {name: "Steps", exact: true});
    const formula = steps.locator(".step-formula");
    await expect.poll(() => formula.locator(".katex").count()).toBeGreaterThan(0);
    const last = Number(await slider(page).getAttribute("max"));
    const titles = new Set<string>();
    for (let i = 0; i <= last; i++) {
      await expect.poll(() => step(page)).toBe(i);
      titles.add(await steps.locator(".step-title").innerText());
      expect(await formula.innerText()).not.toMatch(/NaN|Infinity|undefined|ParseError/);
      if (i < last) await press(page, "Next step");
    }
    expect(titles.size).toBe(last + 1);
    // Formulas are set when the page rests.
    await page.waitForTimeout(500);
    const numbers = await formula.innerText();
    await press(page, "Symbols");
    await expect.poll(() => formula.innerText()).not.toBe(numbers);
    await press(page, "Numbers");
    await expect.poll(() => formula.innerText()).toBe(numbers);
  });

  it("are gone through by button and by key, play, and are kept over a reload", async () => {
    if ((await page.locator("[aria-label='Next step']").count()) === 0) return;
    const last = Number(await slider(page).getAttribute("max"));
    await press(page, "Last step");
    await expect.poll(() => step(page)).toBe(last);
    await press(page, "Previous step");
    await expect.poll(() => step(page)).toBe(last - 1);
    await press(page, "First step");
    await expect.poll(() => step(page)).toBe(0);
    await press(page, "Next step");
    await expect.poll(() => step(page)).toBe(1);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => step(page)).toBe(2);
    await page.keyboard.press("Home");
    await expect.poll(() => step(page)).toBe(0);
    await press(page, "Play");
    await expect.poll(() => step(page), {timeout: 10_000}).toBeGreaterThan(0);
    await press(page, "Pause");
    // The address follows a moment after the drawing.
    await page.waitForTimeout(500);
    const paused = await step(page);
    await page.reload();
    await page.locator("figure[data-ready]").waitFor();
    expect(await step(page)).toBe(paused);
  });
});

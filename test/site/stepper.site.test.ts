import type {Page} from "playwright-core";
import {afterAll, describe, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import {figureIds, openFigure, press} from "./figure-page.js";

const site = await openSite();
afterAll(() => site.close());

/** The figures that have what `selector` names. */
async function figuresWith(selector: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of figureIds) {
    const page = await openFigure(site, id);
    if ((await page.locator(selector).count()) > 0) found.push(id);
    await page.context().close();
  }
  return found;
}

const slider = (page: Page) => page.getByRole("slider", {name: "Step", exact: true});
const step = async (page: Page) => Number(await slider(page).inputValue());

describe.each(await figuresWith("[aria-label='Next step']"))("the steps of %s", (id) => {
  it("are gone through by button and by key, play, and are kept over a reload", async () => {
    const page = await openFigure(site, id);
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
    await page.context().close();
  });
});

describe.each(await figuresWith(".step-formula"))("the formulas of %s", (id) => {
  it("are shown for each step, in numbers and in symbols", async () => {
    const page = await openFigure(site, id, "?step=0");
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
    await page.context().close();
  });
});

import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("an input dragged or moved by key changes the cell that is drawn, and picks its time step", async () => {
  const page = await openFigure(site, "lstm/one-step");
  const picture = page.locator(".cell-diagram");
  const before = await picture.getAttribute("aria-label");
  await page.getByRole("slider", {name: /^Input at step 4/}).focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => picture.getAttribute("aria-label")).not.toBe(before);
  const state = JSON.parse(await stateOf(page)) as {time: number; inputs: readonly number[]};
  expect(state.time).toBe(4);
  expect(state.inputs[3]).toBeCloseTo(0.3);
  await page.context().close();
});

it("trains a little by itself, then as long as it is let, and says how far it is", async () => {
  const page = await openFigure(site, "lstm/train-memory", "?length=10&hidden=8");
  const message = page.locator(".run-message");
  await expect.poll(() => message.innerText(), {timeout: 40_000}).toMatch(/^Step 12 of 600/);
  await press(page, "Train 600 steps");
  await expect.poll(() => message.innerText(), {timeout: 40_000}).toMatch(/^Step (1[3-9]|[2-9]\d|\d{3})/);
  await press(page, "Pause");
  await page.getByRole("button", {name: "Resume"}).waitFor();
  await press(page, "Cancel");
  await page.getByRole("button", {name: "Train 600 steps"}).waitFor();
  await page.context().close();
});

import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("reads the loss where the reader points, and puts the prediction where they press or nudge it", async () => {
  const page = await openFigure(site, "iou/loss-surface");
  const readings = () => page.locator(".surface-name .number").allInnerTexts();
  const before = await readings();
  const at = async () => (JSON.parse(await stateOf(page)) as {at: readonly number[]}).at;
  const placed = await at();
  const panel = page.getByRole("application").first();
  const {x, y, width, height} = (await panel.boundingBox())!;
  await page.mouse.move(x + 0.7 * width, y + 0.6 * height);
  await expect.poll(readings).not.toEqual(before);
  expect(await at()).toEqual(placed);
  await page.mouse.down();
  await page.mouse.up();
  const pressed = await at();
  expect(pressed[0]).toBeCloseTo(0.7 * 8, 0);
  expect(pressed[1]).toBeCloseTo(0.6 * 5.6, 0);
  await panel.focus();
  await page.keyboard.press("ArrowRight");
  expect((await at())[0]).toBeCloseTo(pressed[0]! + 0.05, 5);
  await page.context().close();
});

import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("a finger drags a box on a phone without scrolling the page away", async () => {
  const page = await site.browser.newPage({hasTouch: true, isMobile: true, viewport: {width: 390, height: 844}});
  await page.goto(`${site.url}iou/`);
  await page.locator("figure[data-ready]").first().waitFor();
  const box = page.locator(".box-inside").last();
  await box.scrollIntoViewIfNeeded();
  const before = JSON.parse(await stateOf(page, "figure#box-playground")) as {prediction: readonly number[]};
  const {x, y, width, height} = (await box.boundingBox())!;
  const scroll = await page.evaluate(() => scrollY);
  const touch = await page.context().newCDPSession(page);
  const [cx, cy] = [x + width / 2, y + height / 2];
  await touch.send("Input.dispatchTouchEvent", {type: "touchStart", touchPoints: [{x: cx, y: cy}]});
  for (let i = 1; i <= 5; i++) {
    await touch.send("Input.dispatchTouchEvent", {type: "touchMove", touchPoints: [{x: cx + 6 * i, y: cy + 8 * i}]});
  }
  await touch.send("Input.dispatchTouchEvent", {type: "touchEnd", touchPoints: []});
  const {prediction} = JSON.parse(await stateOf(page, "figure#box-playground")) as typeof before;
  expect(prediction[0]).toBeGreaterThan(before.prediction[0]! + 10);
  expect(prediction[1]).toBeGreaterThan(before.prediction[1]! + 10);
  expect(await page.evaluate(() => scrollY)).toBe(scroll);
  await page.close();
});

import {readFileSync} from "node:fs";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("the opened loss follows the arrow keys and the pointer, and says how many easy examples a hard one outweighs", async () => {
  const page = await openFigure(site, "focal-loss/loss-opened");
  const logit = async () => (JSON.parse(await stateOf(page)) as {logit: number}).logit;
  const chart = page.getByRole("application").first();
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  expect(await logit()).toBeCloseTo(1.5, 6);
  const {x, y, width, height} = (await chart.boundingBox())!;
  await page.mouse.click(x + 0.2 * width, y + 0.5 * height);
  expect(await logit()).toBeLessThan(0);
  expect(await page.locator(".focal-verdict").innerText()).toMatch(/1,770 examples .* under cross-entropy, 21\.9/);
  await page.context().close();
});

it("the remedies train, can be paused and cancelled, and end with who wins, maps, curves and numbers", async () => {
  const page = await openFigure(site, "focal-loss/remedies", "?steps=300&seeds=2&remedies=plain,focal,over");
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  expect(await page.locator(".run-message").innerText()).toMatch(/^6 networks on 4000 points/);
  expect(await page.locator(".focal-verdict").innerText()).toMatch(/Best average precision: .* Focal loss: /);
  expect(await page.locator(".remedy-map").count()).toBe(3);
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download data as CSV")]);
  expect(readFileSync(await file.path(), "utf8").trim().split("\r\n")).toHaveLength(1 + 6);
  await page.getByLabel("Steps, exact").fill("12000");
  await page.getByLabel("Steps, exact").press("Tab");
  await page.getByRole("button", {name: "Pause"}).click({timeout: 20_000});
  await page.getByRole("button", {name: "Resume"}).click({timeout: 20_000});
  await press(page, "Cancel");
  await page.getByRole("button", {name: "Run all seeds", exact: true}).waitFor({timeout: 5000});
  await page.context().close();
});

it("the real set trains, too", async () => {
  const page = await openFigure(site, "focal-loss/remedies", "?data=snow&steps=200&seeds=2&remedies=plain,focal");
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  expect(await page.locator(".run-message").innerText()).toMatch(/^4 networks on 1461 points/);
  await page.context().close();
});

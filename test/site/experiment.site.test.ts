import {readFileSync} from "node:fs";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, press} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("runs, shows its progress, ends with who is ahead under either gradient, and gives its curves away", async () => {
  const page = await openFigure(site, "iou/regression-experiment", "?points=100");
  await press(page, "Run");
  const progress = page.getByRole("progressbar");
  await expect.poll(() => progress.evaluate((bar) => (bar as HTMLProgressElement).value)).toBeGreaterThan(0);
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  expect(await page.locator(".run-message").innerText()).toMatch(/^34,300 boxes a loss/);
  const verdict = await page.locator(".experiment-verdict").innerText();
  expect(verdict).toMatch(/true gradient, DIoU ends behind GIoU.*script's sign, DIoU ends ahead of GIoU/);
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download data as CSV")]);
  const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
  expect(lines.length).toBe(1 + 6 * 201);
  await page.context().close();
});

it("pauses, goes on and is cancelled at once, even with all 1,715,000 boxes under way", async () => {
  const page = await openFigure(site, "iou/regression-experiment", "?points=100");
  await press(page, "Run all 1,715,000 boxes");
  const progress = () => page.getByRole("progressbar").evaluate((bar) => (bar as HTMLProgressElement).value);
  await expect.poll(progress, {timeout: 30_000}).toBeGreaterThan(0);
  await press(page, "Pause");
  await page.getByRole("button", {name: "Resume"}).waitFor({timeout: 10_000});
  await page.waitForTimeout(300);
  const paused = await progress();
  await page.waitForTimeout(500);
  expect(await progress()).toBe(paused);
  await press(page, "Resume");
  await expect.poll(progress, {timeout: 30_000}).toBeGreaterThan(paused);
  await press(page, "Cancel");
  await page.getByRole("button", {name: "Run", exact: true}).waitFor({timeout: 10_000});
  await page.context().close();
});

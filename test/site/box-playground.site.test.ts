import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

interface State {
  readonly prediction: readonly number[];
  readonly target: readonly number[];
  readonly pair: number;
  readonly kind: string;
  readonly step: number;
}

const stateOf = (page: Page) =>
  page.locator("figure.figure").first().evaluate((figure) => (figure as HTMLElement & {value: unknown}).value as State);

async function open(path: string): Promise<Page> {
  const page = await site.browser.newPage({viewport: {width: 1200, height: 1000}});
  await page.goto(site.url + path);
  await page.locator("figure[data-ready]").first().waitFor();
  return page;
}

it("moves and resizes a box by keyboard", async () => {
  const page = await open("embed/iou/box-playground/");
  const box = page.getByRole("application", {name: /^Prediction/});
  const {prediction: before} = await stateOf(page);
  await box.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  expect((await stateOf(page)).prediction).toEqual([before[0]! + 1, before[1], before[2]! + 1, before[3]! + 1]);
  await page.close();
});

it("moves a box by dragging it, resizes it by a corner, and takes both back", async () => {
  const page = await open("embed/iou/box-playground/");
  const {prediction: before} = await stateOf(page);
  const drag = async (selector: string, dx: number, dy: number) => {
    const {x, y, width, height} = (await page.locator(selector).last().boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, {steps: 4});
    await page.mouse.up();
  };
  await drag(".box-inside", 40, 20);
  const {prediction: moved} = await stateOf(page);
  expect(moved[0]).toBeGreaterThan(before[0]! + 20);
  expect(moved[2]! - moved[0]!).toBeCloseTo(before[2]! - before[0]!, 0);
  await page.waitForTimeout(700);
  await drag(".box-corner.se .box-handle", 30, 0);
  const {prediction: wider} = await stateOf(page);
  expect(wider[2]! - wider[0]!).toBeGreaterThan(moved[2]! - moved[0]! + 10);
  await page.getByRole("button", {name: "Undo"}).click();
  expect((await stateOf(page)).prediction).toEqual(moved);
  await page.getByRole("button", {name: "Undo"}).click();
  expect((await stateOf(page)).prediction).toEqual(before);
  await page.close();
});

it("shows a real COCO pair and brings its boxes", async () => {
  const page = await open("embed/iou/box-playground/");
  await page.getByRole("button", {name: "Real COCO detections"}).click();
  await expect.poll(async () => (await stateOf(page)).pair).toBe(1);
  await expect.poll(() => page.locator(".pair-text").innerText()).toMatch(/by GIoU|by IoU/);
  const {prediction} = await stateOf(page);
  expect(prediction).not.toEqual([250, 130, 470, 290]);
  await page.close();
});

it("steps through CIoU with its numbers, and a link to a step opens there", async () => {
  const page = await open("embed/iou/box-playground/?kind=ciou&step=6");
  await expect.poll(() => page.locator(".step-title").innerText()).toBe("Aspect ratios as angles");
  await page.getByRole("button", {name: "Last step"}).click();
  await expect.poll(() => page.locator(".step-title").innerText()).toBe("CIoU loss");
  const formula = page.locator(".step-formula");
  const loss = await page.locator('tr[aria-current] td.number').last().innerText();
  await expect.poll(() => formula.locator('[data-slot="loss"]').innerText()).toBe(loss);
  await page.getByRole("button", {name: "Symbols"}).click();
  await expect.poll(() => formula.locator('[data-slot="loss"]').innerText()).toBe("L");
  await page.close();
});

it("explains boxes without area instead of showing NaN", async () => {
  const page = await open("embed/iou/box-playground/?prediction=100,100,100,100&target=200,200,200,200&shown=iou,giou,diou,ciou,eiou,siou,alpha-iou,mpdiou");
  const text = await page.locator("figure").innerText();
  expect(text).not.toContain("NaN");
  expect(text).toContain("undefined");
  expect(text).toMatch(/0\/0/);
  // A measure is undefined, by whatever name; the losses, with their eps, are not.
  const rows = await page.locator(".readings tbody tr:visible").evaluateAll((all) => all.map((row) => row.children[1]!.textContent));
  expect(rows.filter((value) => value !== "")).toEqual(Array(8).fill("undefined"));
  await page.close();
});

it("says in its page's prose what its table says, in a photograph's size where there is one", async () => {
  const page = await open("iou/?box-playground.kind=mpdiou");
  const said = page.locator("main p", {hasText: "With the boxes as they stand"}).locator(".number");
  const shown = page.locator("#box-playground tr[aria-current] td.number");
  const agree = async () => {
    await expect.poll(() => shown.count()).toBe(2);
    const loss = await shown.last().innerText();
    await expect.poll(() => said.last().innerText()).toBe(loss);
    return loss;
  };
  const free = await agree();
  await page.getByRole("button", {name: "Real COCO detections"}).click();
  await expect.poll(() => shown.last().innerText()).not.toBe(free);
  await agree();
  await page.close();
});

it("a page's try link sets the figure and leaves the rest of its state", async () => {
  const page = await open("iou/");
  await page.getByRole("link", {name: "One box inside the other"}).click();
  await expect.poll(async () => (await stateOf(page)).kind).toBe("giou");
  expect((await stateOf(page)).target).toEqual([120, 80, 520, 400]);
  await page.close();
});

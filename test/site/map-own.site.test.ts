import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const json = (name: string, value: unknown) => ({name, mimeType: "application/json", buffer: Buffer.from(typeof value === "string" ? value : JSON.stringify(value))});
const text = (name: string, lines: string) => ({name, mimeType: "text/plain", buffer: Buffer.from(lines)});
const status = (page: Page) => page.locator(".own-data .own-status").innerText();
const drop = (page: Page, which: "truth" | "found") => page.locator("input[type=file]").nth(which === "truth" ? 0 : 1);

it("the mean in mAP: evaluated in a worker as pycocotools does; cells are walked by key, numbers show what they are means of", async () => {
  const page = await openFigure(site, "map/mean");
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.reload();
  await expect.poll(() => page.locator(".coco-stats").innerText()).toMatch(/AP\s+0\.505\s+AP50\s+0\.697\s+AP75\s+0\.573/);
  expect(workers.join()).toMatch(/coco-worker/);
  await page.locator(".mean-heat").focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => page.locator(".mean-cell").innerText()).toMatch(/^person, IoU ≥ 0\.55: average precision 0\.\d+, with 250 objects/);
  await page.getByRole("button", {name: /^AR small/}).click();
  await expect.poll(() => stateOf(page)).toMatch(/"quantity":"recall","area":"small","limit":"100"/);
  expect(await page.locator(".mean-heat").getAttribute("aria-valuetext")).toMatch(/^person, IoU ≥ 0\.55: 0\./);
  await page.context().close();
});

it("bring your own: starts with the sample; a bad file is refused by name, record and reason, and what was there stays", async () => {
  const page = await openFigure(site, "map/bring-your-own");
  await expect.poll(() => page.locator(".coco-stats").innerText()).toMatch(/AP\s+0\.505/);
  await drop(page, "truth").setInputFiles(json("broken.json", '{"images": [\n'));
  await expect.poll(() => status(page)).toMatch(/^Not read: broken\.json.*not valid JSON.*stays\.$/);
  await drop(page, "found").setInputFiles(json("strange.json", [{image_id: 42, category_id: 1, bbox: [0, 0, 5, "x"], score: 1}]));
  await expect.poll(() => status(page)).toMatch(/strange\.json, \[0\]: bbox holds something/);
  expect(await page.locator(".coco-stats").innerText()).toMatch(/AP\s+0\.505/);
  await page.context().close();
});

it("bring your own: ground truth waits for its detections, then both are judged; results go out as JSON", async () => {
  const page = await openFigure(site, "map/bring-your-own");
  await expect.poll(() => page.locator(".coco-stats").innerText()).toMatch(/AP\s+0\.505/);
  const truth = (id: number, category_id: number, x: number) => ({id, image_id: 7, category_id, bbox: [x, 0, 40, 40], area: 1600, iscrowd: 0});
  await drop(page, "truth").setInputFiles(json("gt.json", {
    images: [{id: 7, width: 200, height: 100, file_name: "seven.jpg"}],
    categories: [{id: 1, name: "cat"}, {id: 2, name: "dog"}],
    annotations: [truth(1, 1, 0), truth(2, 2, 60), truth(3, 2, 120)]
  }));
  await expect.poll(() => status(page)).toMatch(/^The ground truth reads well and waits/);
  await drop(page, "found").setInputFiles(json("dt.json", [
    {image_id: 7, category_id: 1, bbox: [0, 0, 40, 40], score: 0.9}, {image_id: 7, category_id: 1, bbox: [60, 0, 40, 40], score: 0.8}
  ]));
  await expect.poll(() => status(page)).toBe("gt.json, dt.json: 1 images, 2 classes, 3 objects, 2 detections.");
  await expect.poll(() => page.locator(".coco-stats").innerText()).toMatch(/AP\s+0\.500/);
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download results as JSON")]);
  const results = JSON.parse(readFileSync(await file.path(), "utf8")) as {errors: {counts: unknown}; confusion: {counts: number[]}};
  expect(results.errors.counts).toEqual({class: 1, localisation: 0, both: 0, duplicate: 0, background: 0, missed: 1});
  expect(results.confusion.counts).toEqual([1, 0, 0, 1, 0, 1, 0, 0, 0]);
  await page.getByText("worst images", {exact: true}).click();
  await expect.poll(() => page.locator(".worst-name").innerText()).toBe("seven.jpg: 2 of 3 objects missed, 1 false detections");
  await page.context().close();
});

it("bring your own: YOLO text asks for the images' size, and is read once it is given", async () => {
  const page = await openFigure(site, "map/bring-your-own");
  await expect.poll(() => page.locator(".coco-stats").innerText()).toMatch(/AP\s+0\.505/);
  await drop(page, "truth").setInputFiles([text("a.txt", "0 0.5 0.5 0.5 0.5\n"), text("classes.txt", "cat\ndog\n")]);
  await expect.poll(() => status(page)).toMatch(/the size of image a is needed/);
  await page.getByRole("button", {name: "Use this size"}).click();
  await expect.poll(() => status(page)).toMatch(/waits for its detections/);
  await drop(page, "found").setInputFiles(text("a.txt", "0 0.5 0.5 0.5 0.45 0.7\n"));
  await expect.poll(() => status(page)).toMatch(/1 images, 2 classes, 1 objects, 1 detections/);
  await expect.poll(() => page.locator(".coco-stats").innerText()).toMatch(/AP50\s+1\.000/);
  await page.context().close();
});

import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

interface Stepped {
  readonly step: number;
  readonly kind: number;
  readonly edited: string;
  readonly detections: readonly number[];
}
const stepped = async (page: Page) => JSON.parse(await stateOf(page)) as Stepped;
const stepTitle = (page: Page) => page.locator(".step-title").innerText();
const ap = (page: Page) => page.locator(".class-table tr[aria-current] td").last().innerText();

describe("step through AP", () => {
  it("works Padilla's sample to the published numbers", async () => {
    const page = await openFigure(site, "map/step-through", "?data=padilla&rules=voc&threshold=0.3&interpolation=voc11");
    expect(await ap(page)).toBe("26.84 %");
    await page.getByRole("radio", {name: "every point"}).click();
    await expect.poll(() => ap(page)).toBe("24.57 %");
    await press(page, "Last step");
    await expect.poll(() => page.locator(".curve-ap").textContent()).toBe("AP = 24.57 %");
    await page.context().close();
  });

  it("moves a box and its score by keys, stays with it, and takes all back", async () => {
    const page = await openFigure(site, "map/step-through", "?step=0");
    const whole = await ap(page);
    const first = page.getByRole("application", {name: /^Detection 1:/});
    await first.focus();
    await page.keyboard.press("Alt+ArrowRight");
    await expect.poll(async () => (await stepped(page)).edited).toBe("worked");
    expect((await stepped(page)).detections[2]).toBe(54);
    for (let i = 0; i < 5; i++) await page.keyboard.press("-");
    // 0.95 − 0.05 is below 0.91: the detection has its turn second, and the step goes with it.
    await expect.poll(async () => (await stepped(page)).step).toBe(1);
    expect((await stepped(page)).detections[6]).toBe(0.9);
    await page.keyboard.press("Delete");
    await expect.poll(() => page.locator(".class-table tr[aria-current] td").nth(2).innerText()).toBe("9");
    // Moves in quick succession are one to undo.
    await page.waitForTimeout(700);
    await press(page, "Sample as it was");
    await expect.poll(() => ap(page)).toBe(whole);
    await press(page, "Undo");
    await expect.poll(() => page.locator(".class-table tr[aria-current] td").nth(2).innerText()).toBe("9");
    await page.context().close();
  });

  it("drags a box and a score with the pointer", async () => {
    const page = await openFigure(site, "map/step-through", "?step=0");
    const drag = async (selector: string, dx: number, dy: number) => {
      const {x, y, width, height} = (await page.locator(selector).first().boundingBox())!;
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, {steps: 4});
      await page.mouse.up();
    };
    await drag(".stage-box.now .box-inside", 60, 0);
    const moved = await stepped(page);
    expect(moved.detections[2]).toBeGreaterThan(64);
    await drag(".score-mark.now .score-dot", -200, 0);
    const {detections, step} = await stepped(page);
    expect(detections[6]).toBeLessThan(0.7);
    expect(step).toBeGreaterThan(2);
    await page.context().close();
  });

  it("adds boxes and marks a crowd; an added detection of an added object is a true positive", async () => {
    const page = await openFigure(site, "map/step-through", "?kind=1&step=0");
    await press(page, "Add ground truth");
    await press(page, "Add detection");
    await expect.poll(() => stepTitle(page)).toMatch(/true positive$/);
    await page.getByRole("application", {name: /^Ground truth 10:/}).focus();
    await press(page, "Crowd on/off");
    await expect.poll(() => stepTitle(page)).toMatch(/ignored$/);
    await page.context().close();
  });

  it("says why by VOC's rule what COCO's would have given", async () => {
    const page = await openFigure(site, "map/step-through", "?rules=voc&step=3");
    await expect.poll(() => page.locator(".step-note").innerText()).toMatch(/VOC’s rule looks only at the largest overlap, though dog 4 is free/);
    await page.getByRole("radio", {name: "COCO", exact: true}).click();
    await expect.poll(() => stepTitle(page)).toBe("Detection 4: true positive");
    await page.getByRole("button", {name: "Work through cat"}).click();
    await expect.poll(async () => (await stepped(page)).kind).toBe(1);
    await page.getByRole("button", {name: "Go to detection 3"}).click();
    await expect.poll(async () => (await stepped(page)).step).toBe(2);
    await page.context().close();
  });
});

describe("where mAP misleads", () => {
  const change = (page: Page, row: number) => page.locator(".flaw-table tbody tr").nth(row).locator("td").last().innerText();

  it("shifts all boxes: AP50 stands still, AP75 falls; in a worker, and every value can be taken away", async () => {
    const page = await openFigure(site, "map/misleads", "?seeds=1&shift=0.16");
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    await page.reload();
    await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
    expect(workers.join()).toMatch(/misleads\.worker/);
    expect(await change(page, 0)).toMatch(/^[−+]?0\.00/);
    expect(Number((await change(page, 1)).replace("−", "-"))).toBeLessThan(-0.5);
    const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download data as CSV")]);
    expect(readFileSync(await file.path(), "utf8").trim().split("\r\n").length).toBe(1 + 18);
    await page.context().close();
  });

  it("goes to another shortcoming and back without computing the first again", async () => {
    const page = await openFigure(site, "map/misleads", "?seeds=1&flaw=threshold&threshold=0.5");
    await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
    expect(await page.locator(".flaw-verdict").innerText()).toMatch(/^At 0\.50 the detector that finds more is ahead/);
    await page.getByLabel("Shortcoming").selectOption("confident");
    await page.getByRole("slider", {name: "Confident false positives"}).waitFor();
    await expect.poll(() => page.locator(".run-message").innerText(), {timeout: 60_000}).toMatch(/^26 of 26/);
    expect(Number((await change(page, 2)).replace("−", "-"))).toBe(-1);
    await page.getByLabel("Shortcoming").selectOption("threshold");
    await expect.poll(() => page.locator(".run-message").innerText(), {timeout: 10_000}).toMatch(/^10 of 10/);
    await page.context().close();
  });
});

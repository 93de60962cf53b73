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

const texts = (page: Page, selector: string) => page.locator(selector).allTextContents();

describe("function and derivative", () => {
  it("reads every curve where the reader points, and keeps the x where they press", async () => {
    const page = await openFigure(site, "relu/functions", "?shown=relu,tanh&kind=elu&reach=4");
    const plot = page.getByRole("img", {name: "Activation functions over x"});
    const box = (await plot.boundingBox())!;
    // The plot begins 44 pixels from the left and ends 142 from the right.
    const at = (x: number) => box.x + 44 + ((x + 4) / 8) * (box.width - 44 - 142);
    await page.mouse.move(at(2), box.y + 150);
    await expect.poll(async () => (await texts(page, ".function-plot .end-label")).join(" ")).toMatch(/ReLU (2\.00|1\.99)/);
    await page.mouse.move(at(-2), box.y + 150);
    await page.mouse.down();
    await page.mouse.up();
    const {x} = JSON.parse(await stateOf(page)) as {x: number};
    expect(x).toBeCloseTo(-2, 1);
    await page.context().close();
  });

  it("offers the parameters of what is shown, and no others", async () => {
    const page = await openFigure(site, "relu/functions", "?shown=relu&kind=relu");
    const slope = page.getByRole("slider", {name: "Leaky ReLU’s slope"});
    expect(await slope.isVisible()).toBe(false);
    await page.getByRole("checkbox", {name: "Leaky ReLU"}).click();
    await expect.poll(() => slope.isVisible()).toBe(true);
    await slope.fill("0.5");
    await expect.poll(async () => (JSON.parse(await stateOf(page)) as {negativeSlope: number}).negativeSlope).toBe(0.5);
    await expect.poll(async () => (await texts(page, ".function-plot .end-label")).join(" ")).toContain("Leaky ReLU 0.5");
    await page.context().close();
  });

  it("writes the formula with the reader's x, value and derivative", async () => {
    const page = await openFigure(site, "relu/functions", "?kind=leaky_relu&negativeSlope=0.25&x=-2");
    await expect.poll(() => page.locator(".step-formula").innerText()).toContain("0.5000");
    await press(page, "Next step");
    await expect.poll(() => page.locator(".step-view").innerText()).toContain("Leaky ReLU: derivative");
    await page.context().close();
  });
});

describe("signal through depth", () => {
  /** The gradient that reaches the input, as the figure says. */
  const inputGradient = async (page: Page, layers: number): Promise<number> => {
    const verdict = page.locator(".signal-verdict");
    await expect.poll(() => verdict.innerText(), {timeout: 30_000}).toMatch(new RegExp(`after ${layers} layers: ReLU`));
    return Number((/ReLU ([\d.e−]+)/.exec(await verdict.innerText())![1] ?? "").replaceAll("−", "-").replace(/\.$/, ""));
  };

  it("shows that LeCun's initialisation halves ReLU's gradient every two layers, where He's keeps it", async () => {
    const page = await openFigure(site, "relu/signal-depth", "?activations=relu&layers=40");
    const he = await inputGradient(page, 40);
    expect(he).toBeGreaterThan(0.1);
    expect(he).toBeLessThan(10);
    await page.getByLabel("Initialisation").selectOption("lecun");
    await expect.poll(() => inputGradient(page, 40), {timeout: 30_000}).toBeLessThan(1e-4);
    const lecun = await inputGradient(page, 40);
    // Two digits are shown.
    expect(Math.log2(he / lecun)).toBeGreaterThan(19.5);
    expect(Math.log2(he / lecun)).toBeLessThan(20.5);
    await page.context().close();
  });

  it("reads all charts at the layer the reader points at, and follows the depth", async () => {
    const page = await openFigure(site, "relu/signal-depth", "?activations=relu&layers=12&at=3");
    await inputGradient(page, 12);
    expect(await texts(page, ".layer-panel .number")).toEqual([expect.stringMatching(/^layer 3: mean/)]);
    const field = page.getByRole("img", {name: "ReLU: distribution by layer"});
    const {x, y, width, height} = (await field.boundingBox())!;
    await page.mouse.move(x + width - 4, y + height / 2);
    await expect.poll(() => texts(page, ".layer-panel .number")).toEqual([expect.stringMatching(/^layer 12: mean/)]);
    await page.getByRole("spinbutton", {name: "Layers, exact"}).fill("5");
    await page.keyboard.press("Enter");
    await inputGradient(page, 5);
    await page.context().close();
  });
});

describe("born dead", () => {
  const reading = (page: Page) => page.locator(".dead-reading").innerText();

  it("counts by itself; at one input the share is the bound, on the line it is below", async () => {
    const page = await openFigure(site, "relu/born-dead", "?inputs=point&networks=1000&at=12,3");
    await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
    const shares = async () => [...(await reading(page)).matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
    expect(await reading(page)).toMatch(/^Width 3, 12 layers: [\d,]+ of 1,000 networks born dead/);
    const [, low, high, bound] = (await shares()) as [number, number, number, number];
    expect(bound).toBeGreaterThan(low - 2);
    expect(bound).toBeLessThan(high + 2);
    const atPoint = await reading(page);
    await page.getByRole("radio", {name: "on the whole real line"}).click();
    await expect.poll(() => reading(page), {timeout: 60_000}).not.toBe(atPoint);
    await expect.poll(() => reading(page), {timeout: 60_000}).toContain("of 1,000 networks");
    expect((await shares())[2]).toBeLessThan(bound);
    await page.context().close();
  });

  it("moves its reading by the arrow keys and gives its counts away", async () => {
    const page = await openFigure(site, "relu/born-dead", "?networks=1000&at=12,3");
    await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
    await page.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => reading(page)).toMatch(/^Width 4, 13 layers/);
    const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download data as CSV")]);
    const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
    expect(lines.length).toBe(1 + 8 * 63);
    await page.context().close();
  });

  it("pauses, goes on and is cancelled at once with 800,000 networks under way", async () => {
    const page = await openFigure(site, "relu/born-dead", "?networks=100000&inputs=plane");
    const progress = () => page.getByRole("progressbar").evaluate((bar) => (bar as HTMLProgressElement).value);
    await expect.poll(progress, {timeout: 30_000}).toBeGreaterThan(0);
    await press(page, "Pause");
    await page.getByRole("button", {name: "Resume"}).waitFor({timeout: 10_000});
    await page.waitForTimeout(300);
    const paused = await progress();
    await page.waitForTimeout(400);
    expect(await progress()).toBe(paused);
    await press(page, "Resume");
    await expect.poll(progress, {timeout: 30_000}).toBeGreaterThan(paused);
    await press(page, "Cancel");
    await page.getByRole("button", {name: "Run", exact: true}).waitFor({timeout: 10_000});
    await page.context().close();
  });
});

describe("one network, opened", () => {
  const reading = (page: Page) => page.locator(".net-reading").innerText();
  const trained = (page: Page) => page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  const state = async (page: Page) => JSON.parse(await stateOf(page)) as {at: number; unit: number; step: number};

  it("trains by itself, and goes to the step in which a unit dies", async () => {
    const page = await openFigure(site, "relu/one-network", "?at=0&unit=0");
    await trained(page);
    await expect.poll(() => reading(page)).toMatch(/^After 0 steps: loss .* of 16 units silent/);
    await press(page, "Go to where a unit dies");
    await expect.poll(() => page.locator(".step-view").innerText()).toContain("In this step the unit dies");
    const {at, unit} = await state(page);
    const look = () => page.locator(".net-unit").nth(unit).getAttribute("class");
    expect(await look()).not.toContain("dead");
    await press(page, "One training step on");
    await expect.poll(() => reading(page)).toContain(`After ${at + 1} steps`);
    expect(await look()).toContain("dead");
    expect(await page.locator(".net-unit-numbers").innerText()).toContain("100 % of points");
    await page.context().close();
  });

  it("says so when no unit dies", async () => {
    const page = await openFigure(site, "relu/one-network", "?activation=leaky_relu");
    await trained(page);
    await press(page, "Go to where a unit dies");
    await expect.poll(() => page.locator(".figure-note").innerText()).toContain("No unit dies in this training");
    await page.context().close();
  });

  it("picks units by pointer and by key, and draws a function of one variable", async () => {
    const page = await openFigure(site, "relu/one-network", "?data=sine&width=4&depth=3&rate=0.03&optimizer=adam&at=2000");
    await trained(page);
    await page.locator(".net-unit").nth(5).click();
    await expect.poll(() => page.locator(".net-unit-numbers").innerText()).toContain("Hidden layer 2, unit 2");
    await page.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await state(page)).unit).toBe(10);
    await expect.poll(() => page.locator(".net-curve").getAttribute("d")).toMatch(/^M/);
    await page.context().close();
  });
});

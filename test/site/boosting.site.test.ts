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

it("one split: γ above the best gain prunes it, and the step shows the gain in numbers", async () => {
  const page = await openFigure(site, "boosting/one-split");
  const verdict = page.locator(".split-verdict");
  expect(await verdict.innerText()).toMatch(/^Split at x < /);
  const gamma = page.getByRole("spinbutton", {name: "γ (gamma), exact"});
  await gamma.fill("12");
  await gamma.press("Enter");
  const child = page.getByRole("spinbutton", {name: "λ (reg_lambda), exact"});
  await child.fill("20");
  await child.press("Enter");
  await expect.poll(() => verdict.innerText()).toMatch(/^Pruned: .* less than γ = 12/);
  await press(page, "First step");
  expect(JSON.parse(await stateOf(page))).toMatchObject({step: 0, gamma: 12, lambda: 20});
  await page.context().close();
});

it("round by round: the curve is drawn with the keyboard, and undo brings the old one back", async () => {
  const page = await openFigure(site, "boosting/round-by-round");
  const handle = page.getByRole("slider", {name: /^Curve: arrow keys/});
  await handle.press("ArrowRight");
  await handle.press("ArrowUp");
  expect(JSON.parse(await stateOf(page))).toMatchObject({shape: "drawn"});
  await press(page, "Undo");
  expect(JSON.parse(await stateOf(page))).toMatchObject({shape: "wave"});
  await page.context().close();
});

it("round by round: early stopping ends both trainings, and the fits come from a worker", async () => {
  const page = await openFigure(site, "boosting/round-by-round", "?stopping=3&rounds=60&step=60");
  await expect.poll(() => page.locator(".step-note").innerText()).toBe("GBDT has stopped. XGBoost has stopped.");
  expect(page.workers().map((worker) => worker.url()).join()).toMatch(/tasks\.worker/);
  await page.context().close();
});

it("two dimensions: mushrooms, whose features are words, and the way of missing values at every split", async () => {
  const page = await openFigure(site, "boosting/two-dimensions", "?data=agaricus&step=1");
  await expect.poll(() => page.getByRole("button", {name: /^odor ≠ none, gain .*, missing values go (left|right)$/}).count()).toBe(1);
  expect(await page.locator(".tree-defaults circle").count()).toBe(await page.locator(".tree-node:not(.leaf)").count());
  await page.context().close();
});

it("two dimensions: a node shows its rows, gain and cover; a penguin without measures has no way through scikit-learn's tree", async () => {
  const page = await openFigure(site, "boosting/two-dimensions", "?data=penguins&step=3&point=3");
  await page.getByRole("button", {name: /gain/}).first().press("Enter");
  await expect.poll(() => page.locator(".node-text").first().innerText()).toMatch(/^Node: 344 rows, gain .*, cover /);
  await page.getByText("GBDT", {exact: true}).first().click();
  await expect.poll(() => page.locator(".node-text").last().innerText()).toMatch(/lacks a value/);
  await page.context().close();
});

it("missing values: runs off the page's thread, pauses, ends with a verdict and gives every model's loss away", async () => {
  const page = await openFigure(site, "boosting/missing-values", "?rows=100&seeds=2");
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.reload();
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  expect(workers.join()).toMatch(/tasks\.worker/);
  expect(await page.locator(".node-text").innerText()).toMatch(/does best/);
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download data as CSV")]);
  expect(readFileSync(await file.path(), "utf8").trim().split("\r\n").length).toBe(1 + 5 * 5 * 2);
  await page.context().close();
});

it("importance: every measure has a bar for every feature", async () => {
  const page = await openFigure(site, "boosting/importance", "?rows=200&rounds=5");
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  expect(await page.locator(".importance-bar").count()).toBe(4 * 6);
  await page.context().close();
});

it("own CSV: a bad file is refused with line and column, a good one is learned, and its model comes out as XGBoost JSON", async () => {
  const page = await openFigure(site, "boosting/bring-your-own", "?rounds=5");
  const file = page.locator("input[type=file]").first();
  const give = (text: string) => file.setInputFiles({name: "own.csv", mimeType: "text/csv", buffer: Buffer.from(text)});
  await give("a,b\n1,2\n3\n");
  await expect.poll(() => page.locator(".own-data .own-status").innerText()).toMatch(/line 3, column 2: 1 fields, the header has 2/);
  await give(["a,b,y", ...Array.from({length: 60}, (_, i) => `${i},${i % 7 ? i % 5 : ""},${i > 30 ? "yes" : "no"}`)].join("\n"));
  await expect.poll(() => page.locator(".own-data .own-status").innerText()).toMatch(/own.csv: 60 rows, 3 columns, 9 missing/);
  await expect.poll(() => page.locator(".node-text").first().innerText(), {timeout: 20_000}).toMatch(/GBDT: least.*XGBoost: least/);
  const show = page.getByLabel("Show");
  await show.selectOption({label: "first split"});
  await expect.poll(() => page.locator(".own-view .node-text").last().innerText()).toMatch(/^The tree splits at a < /);
  await show.selectOption({label: "surface"});
  await expect.poll(() => page.locator(".plane-points circle").count()).toBe(2 * 60);
  await show.selectOption({label: "importance"});
  await expect.poll(() => page.locator(".importance-bar").count()).toBe(4 * 2);
  await show.selectOption({label: "missing values"});
  await expect.poll(() => page.locator(".own-view .run-message").innerText(), {timeout: 20_000}).toBe("20 of 20 models");
  await show.selectOption({label: "one row"});
  await expect.poll(() => page.locator(".own-row .node-text").first().innerText()).toMatch(/in the file: no/);
  const [model] = await Promise.all([page.waitForEvent("download"), press(page, "Download the model as XGBoost JSON")]);
  const json = readFileSync(await model.path(), "utf8");
  expect(JSON.parse(json)).toMatchObject({learner: {feature_names: ["a", "b"], objective: {name: "binary:logistic"}}});
  await page.locator("input[type=file]").last().setInputFiles({name: "m.json", mimeType: "application/json", buffer: Buffer.from(json)});
  await expect.poll(() => page.locator(".own-model .own-status").innerText()).toMatch(/m.json: 5 trees/);
  await page.context().close();
});

it("own CSV: a large file is read in slices, and a later one takes its place", async () => {
  const page = await openFigure(site, "boosting/bring-your-own", "?rounds=5");
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  const status = page.locator(".own-data .own-status");
  const give = async (name: string, rows: number) => {
    const text = ["a,b,c,d,e,f,y", ...Array.from({length: rows}, (_, i) => `${i},${i % 7},${i % 11}.5,${i % 13},${i % 17},w${i % 3},${i % 2}`)].join("\n");
    await page.locator("input[type=file]").first().setInputFiles({name, mimeType: "text/csv", buffer: Buffer.from(text)});
  };
  await give("large.csv", 200_000);
  await expect.poll(() => status.innerText()).toMatch(/^Reading large.csv: \d+ %/);
  await give("small.csv", 50);
  await expect.poll(() => status.innerText()).toMatch(/^small.csv: 50 rows/);
  await expect.poll(() => page.locator(".run-message").first().innerText(), {timeout: 20_000}).toMatch(/^Trained/);
  await page.context().close();
});

it("speed: exact and histograms are measured in a worker, the kernels when asked", async () => {
  const page = await openFigure(site, "boosting/speed", "?rows=3000&columns=4&depth=3");
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  await press(page, "Measure the kernels");
  await expect.poll(() => page.locator(".device-bar").innerText(), {timeout: 60_000}).toMatch(/Kernels on WebGPU/);
  expect(await page.locator(".speed-table tbody td").last().innerText()).not.toBe("");
  await page.context().close();
});

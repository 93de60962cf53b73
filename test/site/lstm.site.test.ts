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

it("the cell's gates see the cell through peepholes, and the cell of 1997 has no forget gate", async () => {
  const page = await openFigure(site, "lstm/one-step", "?time=4&peepholes=1");
  const look = page.getByRole("slider", {name: "Peephole of gate i, p"});
  const picture = page.locator(".cell-diagram");
  const before = await picture.getAttribute("aria-label");
  await look.focus();
  await page.keyboard.press("End");
  await expect.poll(() => picture.getAttribute("aria-label")).not.toBe(before);
  await page.getByLabel("Forget gate", {exact: true}).uncheck();
  await expect.poll(() => picture.getAttribute("aria-label")).toMatch(/\bf 1\b|\bf 1\.0/);
  await expect.poll(() => page.locator(".step-title").innerText()).toBe("No forget gate");
  await page.context().close();
});

it("trains a little by itself, then as long as it is let, and says how far it is", async () => {
  const page = await openFigure(site, "lstm/train-memory", "?length=10&hidden=8");
  const message = page.locator(".run-message");
  await expect.poll(() => message.innerText(), {timeout: 40_000}).toMatch(/^Step 12 of 600/);
  await press(page, "Train");
  await expect.poll(() => message.innerText(), {timeout: 40_000}).toMatch(/^Step (1[3-9]|[2-9]\d|\d{3})/);
  await press(page, "Pause");
  await page.getByRole("button", {name: "Resume"}).waitFor();
  await press(page, "Cancel");
  await page.getByRole("button", {name: "Train", exact: true}).waitFor();
  await page.context().close();
});

it("learns a text of the reader's own and writes like it; says so where it is too short", async () => {
  const page = await openFigure(site, "lstm/train-memory", "?task=own&length=10&hidden=8&cells=lstm");
  await page.getByLabel("Your text").fill("too short");
  await press(page, "Learn this text");
  await page.getByText("The text has 9 characters; it needs at least 300.").waitFor();
  await page.getByLabel("Your text").fill("la la lu. ".repeat(60));
  await press(page, "Learn this text");
  await page.getByText(/^600 characters of 5 kinds|^599 characters of 5 kinds/).waitFor();
  await expect.poll(() => page.locator(".run-message").innerText(), {timeout: 40_000}).toMatch(/^Step 12 of 600/);
  await expect.poll(() => page.locator(".written").innerText()).toMatch(/^[alu. ]{50,}$/);
  await page.context().close();
});

it("measures one axis by itself, and says how a step's time grew", async () => {
  const page = await openFigure(site, "lstm/parallel", "?batch=4&length=8&hidden=8");
  await expect.poll(() => page.locator(".run-message").innerText(), {timeout: 60_000}).toMatch(/^10 of 28 measured on WebGPU/);
  expect(await page.locator(".seen").innerText()).toMatch(/16 times the length: LSTM × [\d.]+, attention × [\d.]+/);
  await page.context().close();
});

import {afterAll, beforeAll, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {openFigure, press, stateOf} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("a reader's own numbers are searched, the answer verified exactly, a box looked at and its branch folded", async () => {
  const page = await openFigure(site, "tree-of-thought/tree");
  const verdict = page.locator(".thought-verdict");
  await expect.poll(() => verdict.innerText()).toMatch(/2 ways to 24\. Found: .* = 24\. Read again/);
  await page.getByRole("spinbutton", {name: "Numbers 1"}).fill("1");
  await page.getByRole("spinbutton", {name: "Numbers 1"}).press("Enter");
  await expect.poll(() => verdict.innerText()).not.toMatch(/2 ways to 24/);
  await press(page, "Last step");
  const boxes = page.locator(".thought-box[role=button]");
  const before = await boxes.count();
  expect(before).toBeGreaterThan(5);
  await boxes.last().press("Enter");
  await page.getByRole("button", {name: "The four numbers", exact: false}).first().press("Enter");
  await page.locator(".thought-patch[role=button]").first().press("Enter");
  expect(await page.locator(".patch-text").count()).toBeGreaterThan(1);
  await page.context().close();
});

it("many puzzles: ten puzzles by every method, on WebGPU, into the table", async () => {
  const page = await openFigure(site, "tree-of-thought/many-puzzles", "?first=901&last=910&seeds=1");
  await page.getByRole("button", {name: "Run again"}).waitFor({timeout: 60_000});
  expect(await page.locator(".run-message").innerText()).toMatch(/^The shipped judge\. 110 attempts in .* dispatches\.$/);
  expect(await page.locator(".sweep-table tbody td.number").first().innerText()).toMatch(/%/);
  await page.context().close();
});

it("the logs are recounted: 69 of 100, beside the 74 % that the paper prints", async () => {
  const page = await openFigure(site, "tree-of-thought/gpt-4-runs");
  const row = page.locator(".sweep-table tbody tr").first();
  await expect.poll(() => row.innerText(), {timeout: 60_000}).toMatch(/69 of 100\s+74 %/);
  await page.context().close();
});

it("without a visited set the jugs go round for ever, with one they do not", async () => {
  const page = await openFigure(site, "tree-of-thought/for-ever");
  const verdict = page.locator(".thought-verdict");
  await expect.poll(() => verdict.innerText()).toMatch(/^Measured in/);
  await page.getByLabel("Visited set").click();
  await expect.poll(() => verdict.innerText()).toMatch(/for ever/);
  expect(JSON.parse(await stateOf(page))).toMatchObject({visited: false});
  await page.context().close();
});

it.each([
  ["depth first with a depth limit that leaves more than the page shows", "limit=1&depth=6", /It would have ended, for what it may look at is limited/],
  ["depth first with a depth limit below the solution", "limit=1&depth=4", /^The depth limit ended it/],
  ["breadth first, the way being longer than the page waits", "strategy=bfs", /It would have found the way/],
  ["breadth first to a target near by", "strategy=bfs&target=1", /^Measured in 4 steps/],
  ["breadth first to a target that cannot be measured", "strategy=bfs&sizeA=4&sizeB=6&target=5", /for ever.* cannot be measured/]
])("jugs without a visited set, %s: says what is true of its end", async (_, query, end) => {
  const page = await openFigure(site, "tree-of-thought/for-ever", `?visited=0&${query}`);
  await expect.poll(() => page.locator(".thought-verdict").innerText()).toMatch(end);
  await page.context().close();
});

it("a judge trained in the page takes the place of the shipped one, and gives it back", async () => {
  const page = await openFigure(site, "tree-of-thought/judge", "?length=300");
  await press(page, "Train a judge");
  await expect.poll(() => page.locator(".run-message").innerText(), {timeout: 90_000}).toMatch(/your judge is in place/);
  await press(page, "Back to the shipped judge");
  await expect.poll(() => page.getByRole("button", {name: "Back to the shipped judge"}).isDisabled()).toBe(true);
  await page.context().close();
});

it("a model server is asked when the reader says so, and not before; what goes wrong is said; the key is kept nowhere", async () => {
  const page = await openFigure(site, "tree-of-thought/tree", "?judge=endpoint&breadth=1");
  let asked = 0;
  let status = 500;
  await page.route("http://127.0.0.1:9/**", (route) => {
    if (route.request().method() === "POST") asked++;
    const {messages} = (route.request().postDataJSON() ?? {messages: [{content: ""}]}) as {messages: {content: string}[]};
    const content = messages[0]!.content.startsWith("We play") ? "13 - 9 = 4 (left: 4 4 10)\n10 - 4 = 6 (left: 6 9 13)\n4 * 6 = 24 (left: 24)" : "sure";
    const body = JSON.stringify({choices: [{message: {content}}], usage: {prompt_tokens: 9, completion_tokens: 1}});
    return route.fulfill({status, body, contentType: "application/json", headers: {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}});
  });
  const message = page.locator(".endpoint-status");
  expect(await message.innerText()).toBe("Nothing is sent yet.");
  await press(page, "Search");
  await expect.poll(() => message.innerText()).toMatch(/is no address/);
  expect(asked).toBe(0);
  await page.getByLabel("Address", {exact: true}).fill("http://127.0.0.1:9/v1");
  await page.getByLabel("Model", {exact: true}).fill("mock");
  await page.getByLabel("Key, if it wants one").fill("secret");
  await press(page, "Search");
  await expect.poll(() => message.innerText()).toMatch(/answered 500/);
  status = 200;
  await press(page, "Search");
  await expect.poll(() => page.locator(".thought-verdict").innerText(), {timeout: 30_000}).toMatch(/your model server.* Found: .* = 24/);
  expect(await message.innerText()).toMatch(/\d+ requests, \d+ tokens in/);
  expect(await page.evaluate(() => location.href + JSON.stringify(localStorage) + document.cookie)).not.toContain("secret");
  await page.context().close();
});

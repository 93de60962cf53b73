/** A figure alone on its embed page, as the tests of every figure open it. */
import type {Browser, Page} from "playwright-core";
import {embedPages} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

/** Every figure's id, `topic/name`, as its embed pages say. */
export const figureIds: readonly string[] = embedPages.map((path) => path.replace(/^embed\/|\/$/g, ""));

export async function openFigure(site: BuiltSite, id: string, query = ""): Promise<Page> {
  const context: Awaited<ReturnType<Browser["newContext"]>> = await site.browser.newContext({
    viewport: {width: 1200, height: 1000},
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"]
  });
  const page = await context.newPage();
  await page.goto(`${site.url}embed/${id}/${query}`);
  await page.locator("figure[data-ready]").waitFor();
  return page;
}

/** The figure's state as JSON: states are compared, not read. */
export const stateOf = (page: Page, figure = "figure.figure"): Promise<string> =>
  page.locator(figure).evaluate((element) => JSON.stringify((element as HTMLElement & {value: unknown}).value));

/** Changes the first thing that the figure's controls offer, and waits until the address says so. */
export async function changeSomething(page: Page): Promise<void> {
  const input = page
    .locator("figure .controls :is(input[type=checkbox], input[type=radio]:not(:checked), select)")
    .first();
  if (await input.evaluate((element) => element.tagName === "SELECT")) {
    const options = input.locator("option:not(:checked)");
    await input.selectOption((await options.first().getAttribute("value"))!);
  } else {
    await input.click();
  }
  await page.waitForFunction(() => location.search !== "");
}

export const press = (page: Page, name: string): Promise<void> => page.getByRole("button", {name, exact: true}).click();

import {readFileSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {embedPages, openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function open(path: string): Promise<Page> {
  const page = await site.browser.newPage({acceptDownloads: true});
  await page.goto(site.url + path);
  await page.locator("figure[data-ready]").waitFor();
  return page;
}

const stateOf = (page: Page) =>
  page.locator("figure.figure").evaluate((figure) => JSON.stringify((figure as HTMLElement & {value: unknown}).value));

for (const path of embedPages) {
  describe(`/${path}`, () => {
    it("keeps its state in the address over a reload, and undoes and resets it", async () => {
      const page = await open(path);
      const opening = await stateOf(page);
      const input = page.locator("figure .controls :is(input[type=checkbox], input[type=radio]:not(:checked), select)").first();
      if (await input.evaluate((element) => element.tagName === "SELECT")) {
        const values = await input.locator("option").evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
        const now = await input.inputValue();
        await input.selectOption(values.find((value) => value !== now)!);
      } else {
        await input.click();
      }
      const changed = await stateOf(page);
      expect(changed).not.toBe(opening);
      await expect.poll(() => new URL(page.url()).search).not.toBe("");
      await page.reload();
      await page.locator("figure[data-ready]").waitFor();
      expect(await stateOf(page)).toBe(changed);
      await page.getByRole("button", {name: "Reset"}).click();
      expect(await stateOf(page)).not.toBe(changed);
      await page.getByRole("button", {name: "Undo"}).click();
      expect(await stateOf(page)).toBe(changed);
      await page.close();
    });

    it("clamps what is out of range with a visible note, and ignores what it does not know", async () => {
      const page = await open(path);
      const opening = await stateOf(page);
      const hostile = Object.keys(JSON.parse(opening) as object).map((key) => `${key}=1e99`).join("&");
      await page.goto(`${site.url}${path}?${hostile}&nonsense=%3Cscript%3E`);
      await page.locator("figure[data-ready]").waitFor();
      expect(await page.locator("figure > .figure-note").innerText()).not.toBe("");
      expect(Object.keys(JSON.parse(await stateOf(page)) as object)).toEqual(Object.keys(JSON.parse(opening) as object));
      await page.goto(`${site.url}${path}?nonsense=1`);
      await page.locator("figure[data-ready]").waitFor();
      expect(await stateOf(page)).toBe(opening);
      await page.close();
    });

    it("downloads its picture as SVG and PNG and its numbers as CSV", async () => {
      const page = await open(path);
      const download = async (name: string) => {
        const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name}).click()]);
        return readFileSync(await file.path());
      };
      await page.waitForTimeout(1000);
      const picture = await download("Download SVG");
      expect(picture.toString()).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      const parsed = await page.evaluate(
        (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")?.textContent ?? "",
        picture.toString()
      );
      expect(parsed).toBe("");
      expect((await download("Download PNG")).subarray(1, 4).toString()).toBe("PNG");
      expect((await download("Download data")).toString().split("\r\n").length).toBeGreaterThan(2);
      await page.close();
    });

    it("tells a host page on another origin its height, and can be stepped by keyboard where it has steps", async () => {
      const host = createServer((_, response) => {
        response.writeHead(200, {"content-type": "text/html"}).end(
          `<iframe id="f" src="${site.url}${path}" style="width:800px;height:50px;border:0"></iframe>
          <script>addEventListener("message", ({data, source}) => {
            if (source !== f.contentWindow || data?.type !== "workings:size") return;
            f.style.height = data.height + "px";
            f.dataset.figure = data.figure;
          })</script>`
        );
      });
      await new Promise<void>((resolve) => host.listen(0, resolve));
      const page = await site.browser.newPage();
      await page.goto(`http://localhost:${(host.address() as AddressInfo).port}/`);
      const frame = page.frameLocator("#f");
      await frame.locator("figure[data-ready]").waitFor();
      await expect.poll(() => page.locator("#f").getAttribute("data-figure")).toBe(path.replace(/^embed\/|\/$/g, ""));
      await expect
        .poll(() => frame.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight))
        .toBeLessThanOrEqual(1);
      const next = frame.getByRole("button", {name: "Next step"});
      if ((await next.count()) > 0) {
        const step = frame.getByRole("slider", {name: "Step", exact: true});
        const before = await step.inputValue();
        await next.press("ArrowRight");
        await expect.poll(() => step.inputValue()).not.toBe(before);
      }
      await page.close();
      host.closeAllConnections();
      host.close();
    });
  });
}

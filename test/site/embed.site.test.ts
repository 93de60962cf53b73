import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openSite} from "./built-site.js";
import type {BuiltSite} from "./built-site.js";
import {figureIds, openFigure, press} from "./figure-page.js";

let site: BuiltSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Another site, with a frame in it and a list of the messages it got. Another port is another origin. */
async function host(body: string): Promise<{readonly url: string; close(): void}> {
  const page = `<!DOCTYPE html><title>Host</title>${body}
    <script>messages = []; addEventListener("message", ({data}) => messages.push(data));</script>`;
  const server = createServer((_, response) => response.writeHead(200, {"content-type": "text/html"}).end(page));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    }
  };
}

describe.each(figureIds)("%s", (id) => {
  it("copies code that shows it on another origin's page, at its full height at any width", async () => {
    const source = await openFigure(site, id);
    await press(source, "Copy embed");
    await expect.poll(() => source.locator("figure > .figure-note").innerText()).toMatch(/copied/);
    const code = await source.evaluate(() => navigator.clipboard.readText());
    await source.context().close();
    const other = await host(code);
    const page = await site.browser.newPage({viewport: {width: 1000, height: 900}});
    await page.goto(other.url);
    const frame = page.frameLocator("iframe");
    await frame.locator("figure[data-ready]").waitFor();
    for (const width of [1000, 390]) {
      await page.setViewportSize({width, height: 900});
      const hidden = () => frame.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight);
      await expect.poll(hidden).toBeLessThanOrEqual(1);
    }
    const message = {type: "workings:size", figure: id, height: expect.any(Number) as number};
    expect(await page.evaluate("messages")).toContainEqual(message);
    await page.close();
    other.close();
  });
});

/** What a reader downloads before the first figure is interactive, and all in all. */
import {gzipSync} from "node:zlib";
import type {Browser} from "playwright-core";
import type {Report} from "./report.js";

export async function benchFirstLoad(browser: Browser, url: string, report: Report): Promise<void> {
  for (const path of ["", "iou/"]) {
    const page = await browser.newPage();
    const bodies: Promise<number>[] = [];
    page.on("response", (response) => {
      const compressed = response.url().endsWith(".woff2");
      bodies.push(response.body().then((body) => (compressed ? body.length : gzipSync(body).length), () => 0));
    });
    const kilobytes = async () => `${((await Promise.all(bodies)).reduce((a, b) => a + b, 0) / 1000).toFixed(0)} kB`;
    const start = Date.now();
    await page.goto(url + path, {waitUntil: "commit"});
    await page.waitForFunction(() => document.querySelector("figure[data-ready]"), undefined, {polling: "raf"});
    const ready = Date.now() - start;
    report(`first load /${path}`, await kilobytes(), `gzipped, until the first figure is interactive, ${ready} ms`);
    await page.close();
  }
}

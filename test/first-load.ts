/** What a page costs before its first figure is interactive, by a cold browser, in the bytes a host sends. */
import {gzipSync} from "node:zlib";
import type {Browser} from "playwright-core";

export interface FirstLoad {
  /** Bytes of all bodies, gzipped save those that are compressed as they are. */
  readonly bytes: number;
  readonly responses: number;
  /** Whom the page asked. */
  readonly origins: readonly string[];
  readonly milliseconds: number;
}

/** @param url a page with at least one figure */
export async function firstLoad(browser: Browser, url: string): Promise<FirstLoad> {
  const page = await browser.newPage();
  const sizes: Promise<number>[] = [];
  const origins = new Set<string>();
  page.on("response", (response) => {
    const {protocol, origin} = new URL(response.url());
    if (protocol.startsWith("http")) origins.add(origin);
    const size = (body: Buffer) => (response.url().endsWith(".woff2") ? body.length : gzipSync(body).length);
    sizes.push(response.body().then(size, () => 0));
  });
  const start = performance.now();
  await page.goto(url, {waitUntil: "commit"});
  // Polled by frame: what loads after that moment, formulas for instance, is not counted.
  await page.waitForFunction(() => document.querySelector("figure[data-ready]"), undefined, {polling: "raf"});
  const milliseconds = performance.now() - start;
  const counted = await Promise.all(sizes);
  await page.close();
  return {bytes: counted.reduce((sum, size) => sum + size, 0), responses: counted.length, origins: [...origins], milliseconds};
}

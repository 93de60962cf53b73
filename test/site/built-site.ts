/** The built site in a real browser, served under a sub-path, where every absolute link would fail. */
import {readFileSync, readdirSync} from "node:fs";
import {chromium} from "playwright-core";
import type {Browser, Page} from "playwright-core";
import {chromiumFlags} from "../chromium-flags.js";
import {findOrInstallChromium} from "../chromium.js";
import {serveStatic} from "../static-server.js";
import type {StaticServer} from "../static-server.js";

export interface BuiltSite {
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function openSite(base = "/notes/workings/"): Promise<BuiltSite> {
  const server: StaticServer = await serveStatic({directory: "dist", base});
  const {executablePath} = findOrInstallChromium();
  const browser = withoutServiceWorkers(await chromium.launch({executablePath, args: chromiumFlags()}));
  return {
    url: server.url,
    browser,
    async close() {
      await browser.close();
      await server.close();
    }
  };
}

/** Pages under test are the build's, not a cache's; the test of offline use asks for service workers. */
function withoutServiceWorkers(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = (options) => newContext({serviceWorkers: "block", ...options});
  const newPage = browser.newPage.bind(browser);
  browser.newPage = (options) => newPage({serviceWorkers: "block", ...options});
  return browser;
}

/** Every page of the build, as paths below the site's root. */
export const pages: readonly string[] = readdirSync("dist", {recursive: true, encoding: "utf8"})
  .filter((file) => file.endsWith("index.html"))
  .map((file) => file.replaceAll("\\", "/").replace(/index\.html$/, ""))
  .sort();

/** A page's HTML as it was built. */
export const sourceOf = (path: string): string => readFileSync(`dist/${path}index.html`, "utf8");

export const embedPages = pages.filter((path) => path.startsWith("embed/"));

/** What went wrong on a page, in words: console errors, failed requests, requests to other origins. */
export function watchTroubles(page: Page): readonly string[] {
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that closes, or a reload, drops what was under way.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") troubles.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const {protocol, hostname} = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") troubles.push(`third party: ${request.url()}`);
  });
  return troubles;
}

/** Scrolls through the page so that every lazy figure loads, and waits until all are drawn. */
export async function showAllFigures(page: Page, hasFigures = true): Promise<void> {
  await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
  if (!hasFigures) return;
  await page.locator("#observablehq-main :is(.figure-place, figure.figure)").first().waitFor();
  for (const place of await page.locator(".figure-place").all()) {
    await place.scrollIntoViewIfNeeded();
    await place.locator("figure[data-ready]").waitFor({timeout: 30_000});
  }
  await page.locator("figure[data-ready]").first().waitFor({timeout: 30_000});
}


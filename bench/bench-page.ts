/** A page in the bench's browser that runs one bundled script, on localhost: WebGPU wants a secure context. */
import {basename} from "node:path";
import {build} from "esbuild";
import type {Browser, Page} from "playwright-core";

/**
 * Opens the page and waits until the script has put `ready` into the global scope. `workers` are modules that the
 * script starts as workers: each is bundled alone and lies where import.meta.resolve looks for it, beside the script.
 */
export async function openBenchPage(browser: Browser, script: string, ready: string, workers: readonly string[] = []): Promise<Page> {
  const bundles = new Map(await Promise.all([script, ...workers].map(async (entry) => [basename(entry, ".ts"), await bundle(entry)] as const)));
  const page = await browser.newPage();
  await page.route("http://localhost/**", (route) => {
    const name = basename(new URL(route.request().url()).pathname, ".js");
    const body = bundles.get(name);
    return route.fulfill(
      body === undefined
        ? {contentType: "text/html", body: `<!DOCTYPE html><script type="module" src="/${basename(script, ".ts")}.js"></script>`}
        : {contentType: "text/javascript", body}
    );
  });
  await page.goto("http://localhost/");
  await page.waitForFunction((name) => name in globalThis, ready);
  return page;
}

async function bundle(entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    write: false,
    minify: true,
    // seedrandom, inside TensorFlow.js, asks for Node's crypto where there is one.
    external: ["crypto"],
    logLevel: "error"
  });
  return outputFiles[0]!.text;
}

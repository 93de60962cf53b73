/** A page in the bench's browser that runs one bundled script, on localhost: WebGPU wants a secure context. */
import {build} from "esbuild";
import type {Browser, Page} from "playwright-core";

/** Opens the page and waits until the script has put `ready` into the global scope. */
export async function openBenchPage(browser: Browser, script: string, ready: string): Promise<Page> {
  const {outputFiles} = await build({
    entryPoints: [script],
    bundle: true,
    format: "esm",
    write: false,
    minify: true,
    // seedrandom, inside TensorFlow.js, asks for Node's crypto where there is one.
    external: ["crypto"],
    logLevel: "error"
  });
  const page = await browser.newPage();
  await page.route("http://localhost/**", (route) =>
    route.fulfill(
      route.request().url().endsWith(".js")
        ? {contentType: "text/javascript", body: outputFiles[0]!.text}
        : {contentType: "text/html", body: '<!DOCTYPE html><script type="module" src="/bench.js"></script>'}
    )
  );
  await page.goto("http://localhost/");
  await page.waitForFunction((name) => name in globalThis, ready);
  return page;
}

/**
 * `npm run pictures`: each figure as it opens, photographed on the built site: what readers without JavaScript see, what
 * oEmbed shows. The pictures are committed, so that a build needs no browser. Give ids to renew only those.
 */
import {existsSync, mkdirSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {chromium} from "playwright-core";
import type {Page} from "playwright-core";
import {figureIds} from "../src/figures.js";
import {chromiumFlags} from "../test/chromium-flags.js";
import {findOrInstallChromium} from "../test/chromium.js";
import {serveStatic} from "../test/static-server.js";

if (!existsSync("dist/index.html")) throw new Error("There is no built site yet: npm run build");
const asked = process.argv.slice(2);
const site = await serveStatic({directory: "dist"});
const browser = await chromium.launch({executablePath: findOrInstallChromium().executablePath, args: chromiumFlags()});
const page = await browser.newPage({viewport: {width: 800, height: 1600}, colorScheme: "light", serviceWorkers: "block"});
const darkroom = await browser.newPage();

for (const id of figureIds.filter((figure) => asked.length === 0 || asked.includes(figure))) {
  await page.goto(`${site.url}embed/${id}/`);
  await page.locator("figure[data-ready]").waitFor();
  await atRest(page);
  const photo = await page.locator(".figure-body").screenshot({animations: "disabled"});
  const file = `src/pictures/${id}.webp`;
  mkdirSync(dirname(file), {recursive: true});
  const developed = await develop(photo);
  writeFileSync(file, developed);
  console.log(`${file}: ${(developed.length / 1000).toFixed(0)} kB`);
}
if (asked.length === 0) await icons();
await browser.close();
await site.close();

/** Waits for what the figure computes by itself, half a minute at most. */
async function atRest(figure: Page): Promise<void> {
  await figure.waitForTimeout(1500);
  const isDone = () => {
    const bar = document.querySelector(".run-bar button.primary");
    return !bar || /again/i.test(bar.textContent ?? "");
  };
  await figure.waitForFunction(isDone, undefined, {timeout: 30_000}).catch(() => undefined);
  await figure.waitForTimeout(500);
}

/** A PNG as WebP. */
async function develop(photo: Buffer): Promise<Buffer> {
  const url = await darkroom.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d", {alpha: false})!.drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.75);
  }, `data:image/png;base64,${photo.toString("base64")}`);
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** The site's sign, as the tab shows it, for a phone's home screen. */
async function icons(): Promise<void> {
  const sign = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#fffefb"/><rect x="6" y="6" width="14" height="14" fill="none" stroke="#1f6fb4" stroke-width="2.4"/><rect x="12" y="12" width="14" height="14" fill="#d9731a" fill-opacity=".35" stroke="#d9731a" stroke-width="2.4"/></svg>`;
  writeFileSync("src/pictures/icon.svg", sign);
  for (const size of [192, 512]) {
    await darkroom.setViewportSize({width: size, height: size});
    await darkroom.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${sign}`);
    writeFileSync(`src/pictures/icon-${size}.png`, await darkroom.screenshot());
  }
}

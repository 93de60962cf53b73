/** A scripted drag of the prediction in the built box playground: the main thread's work for each frame. */
import type {Browser, Page} from "playwright-core";
import type {Report} from "./report.js";

const moves = 300;

export async function benchDrag(browser: Browser, url: string, report: Report): Promise<void> {
  for (const path of ["embed/iou/box-playground/", "iou/"]) {
    const page = await browser.newPage({viewport: {width: 1200, height: 1000}});
    await page.goto(url + path);
    await page.locator("figure[data-ready]").first().waitFor();
    const works = [...(await drag(page))].sort((a, b) => a - b);
    const quantile = (q: number) => `${works[Math.floor(q * (works.length - 1))]!.toFixed(1)} ms`;
    report(`drag, /${path}, p50`, quantile(0.5), `${works.length} moved frames, from the pointer's event to the paint`);
    report(`drag, /${path}, p95`, quantile(0.95), "a frame at 60 Hz is 16.7 ms");
    await page.close();
  }
}

/** Milliseconds of work of each frame in which the box moved. */
async function drag(page: Page): Promise<readonly number[]> {
  const inside = page.locator("#box-playground .box-inside").last();
  await inside.scrollIntoViewIfNeeded();
  await page.waitForTimeout(2000);
  const box = (await inside.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(watchFrames);
  for (let i = 0; i < moves; i++) {
    await page.mouse.move(x + 80 * Math.sin(i / 20), y + 60 * Math.sin(i / 13));
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.mouse.up();
  return (await page.evaluate("frameWork")) as readonly number[];
}

/**
 * In the page: for each frame that a move opens, the time until style, layout and paint are done. Chromium hands out
 * moves at the start of a frame, so nothing is waited for in between; a message that a frame posts arrives after its
 * paint.
 */
const watchFrames = `
  globalThis.frameWork = [];
  let start;
  const {port1, port2} = new MessageChannel();
  port2.onmessage = ({data}) => frameWork.push(performance.now() - data);
  const afterFrame = () => {
    port1.postMessage(start);
    start = undefined;
  };
  addEventListener("pointermove", () => {
    if (start === undefined) requestAnimationFrame(afterFrame);
    start ??= performance.now();
  }, true);
`;

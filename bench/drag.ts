/** A scripted drag of the prediction in the built box playground: the main thread's work for each frame. */
import type {Browser} from "playwright-core";
import type {Report} from "./report.js";

const moves = 240;

export async function benchDrag(browser: Browser, url: string, report: Report): Promise<void> {
  const page = await browser.newPage({viewport: {width: 1200, height: 1000}});
  await page.goto(`${url}embed/iou/box-playground/`);
  await page.locator("figure[data-ready]").waitFor();
  await page.waitForTimeout(1500);
  const box = (await page.locator(".box-inside").last().boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(watchFrames);
  for (let i = 0; i < moves; i++) {
    await page.mouse.move(x + 80 * Math.sin(i / 20), y + 60 * Math.sin(i / 13));
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.mouse.up();
  const works = await page.evaluate(() => (globalThis as unknown as {frameWork: number[]}).frameWork);
  works.sort((a, b) => a - b);
  const quantile = (q: number) => `${works[Math.floor(q * (works.length - 1))]!.toFixed(1)} ms`;
  report("drag a box, p50", quantile(0.5), `${works.length} frames; from the frame's start to its paint`);
  report("drag a box, p95", quantile(0.95), "one frame at 60 Hz is 16.7 ms");
  await page.close();
}

/** In the page: for each frame, the time from its first callback until style, layout and paint are done. */
const watchFrames = `
  globalThis.frameWork = [];
  const {port1, port2} = new MessageChannel();
  port2.onmessage = ({data}) => frameWork.push(performance.now() - data);
  const frame = () => {
    port1.postMessage(performance.now());
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;

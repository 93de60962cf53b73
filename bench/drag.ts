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
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const taskSeconds = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({name}) => name === "TaskDuration")!.value;
  const works: number[] = [];
  for (let i = 0; i < moves; i++) {
    const before = await taskSeconds();
    await page.mouse.move(x + 80 * Math.sin(i / 20), y + 60 * Math.sin(i / 13));
    // Two frames: the move is drawn in the first, and the second says that it is on screen.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    works.push(((await taskSeconds()) - before) * 1000);
  }
  await page.mouse.up();
  works.sort((a, b) => a - b);
  const quantile = (q: number) => `${works[Math.floor(q * (works.length - 1))]!.toFixed(1)} ms`;
  report("drag a box, p50", quantile(0.5), `${moves} moves; script, style, layout and paint of a frame`);
  report("drag a box, p95", quantile(0.95), "one frame at 60 Hz is 16.7 ms");
  await page.close();
}

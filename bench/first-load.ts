/** What a reader downloads before the first figure is interactive. */
import type {Browser} from "playwright-core";
import {firstLoad} from "../test/first-load.js";
import type {Report} from "./report.js";

export async function benchFirstLoad(browser: Browser, url: string, report: Report): Promise<void> {
  for (const path of ["", "iou/"]) {
    const {bytes, responses, milliseconds} = await firstLoad(browser, url + path);
    const conditions = `gzipped, ${responses} responses, until a figure is interactive: ${milliseconds.toFixed(0)} ms`;
    report(`first load /${path}`, `${(bytes / 1000).toFixed(0)} kB`, conditions);
  }
}

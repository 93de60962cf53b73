/** `npm run bench [-- experiment drag first-load]`: measurements beside peers in the same run. Never part of the tests. */
import {spawnSync} from "node:child_process";
import {cpus} from "node:os";
import {chromium} from "playwright-core";
import {chromiumFlags} from "../test/chromium-flags.js";
import {findOrInstallChromium} from "../test/chromium.js";
import {serveStatic} from "../test/static-server.js";
import {benchDrag} from "./drag.js";
import {benchExperiment} from "./experiment.js";
import {benchFirstLoad} from "./first-load.js";
import {report} from "./report.js";

const asked = process.argv.slice(2);
const wanted = (name: string) => asked.length === 0 || asked.includes(name);

const found = findOrInstallChromium();
console.log(`${cpus()[0]!.model} × ${cpus().length}, ${found.version}, Node ${process.version}\n`);
const browser = await chromium.launch({executablePath: found.executablePath, args: chromiumFlags()});

if (wanted("drag") || wanted("first-load")) {
  spawnSync("node_modules/.bin/observable", ["build"], {stdio: "ignore", shell: process.platform === "win32"});
  const site = await serveStatic({directory: "dist", base: "/workings/"});
  if (wanted("first-load")) await benchFirstLoad(browser, site.url, report);
  if (wanted("drag")) await benchDrag(browser, site.url, report);
  await site.close();
}
if (wanted("experiment")) await benchExperiment(browser, report);
await browser.close();

/** `npm run bench [-- names]`: measurements beside peers in the same run; no part of the tests. */
/** `npm run bench [-- first-load drag experiment map]`: measurements beside peers in the same run; no part of the tests. */
import {cpus} from "node:os";
import {chromium} from "playwright-core";
import type {Browser} from "playwright-core";
import {chromiumFlags} from "../test/chromium-flags.js";
import {findOrInstallChromium} from "../test/chromium.js";
import {command} from "../test/command.js";
import {serveStatic} from "../test/static-server.js";
import {benchBoosting} from "./boosting.js";
import {benchDrag} from "./drag.js";
import {benchExperiment} from "./experiment.js";
import {benchFirstLoad} from "./first-load.js";
import {benchLstm} from "./lstm.js";
import {benchMap} from "./map.js";
import {benchNetworks} from "./networks.js";
import {benchRemedies} from "./remedies.js";
import {report} from "./report.js";
import {benchTreeOfThought} from "./tree-of-thought.js";

const names = ["first-load", "drag", "experiment", "networks", "remedies", "boosting", "lstm", "map", "tree-of-thought"];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(", ")}; there are ${names.join(", ")}`);
  process.exit(2);
}
const wanted = (name: string) => asked.length === 0 || asked.includes(name);

async function benchSite(browser: Browser): Promise<void> {
  const site = await serveStatic({directory: "dist", base: "/workings/"});
  if (wanted("first-load")) await benchFirstLoad(browser, site.url, report);
  if (wanted("drag")) await benchDrag(browser, site.url, report);
  await site.close();
}

const onSite = wanted("first-load") || wanted("drag");
if (onSite && !(await command("npm", ["run", "--silent", "build"], {limit: 300_000}))) process.exit(1);
const {executablePath, version} = findOrInstallChromium();
console.log(`\n${cpus()[0]!.model} × ${cpus().length}, ${version}, Node ${process.version}\n`);
const browser = await chromium.launch({executablePath, args: chromiumFlags()});
try {
  if (onSite) await benchSite(browser);
  if (wanted("map")) await benchMap(browser, report);
  if (wanted("experiment")) await benchExperiment(browser, report);
  if (wanted("networks")) await benchNetworks(browser, report);
  if (wanted("boosting")) await benchBoosting(browser, report);
  if (wanted("remedies")) await benchRemedies(browser, report);
  if (wanted("lstm")) await benchLstm(browser, report);
  if (wanted("tree-of-thought")) await benchTreeOfThought(browser, report);
} finally {
  await browser.close();
}

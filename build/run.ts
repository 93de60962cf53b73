/** `npm run build`: Framework's pages, then what they need besides: modules, oEmbed, policy, pictures, offline use. */
import {spawnSync} from "node:child_process";
import {rmSync} from "node:fs";
import {join} from "node:path";
import {buildModules} from "./modules.js";
import {finishPages} from "./pages.js";
import {writeServiceWorker} from "./service-worker.js";

rmSync("dist", {recursive: true, force: true});
// Framework keeps what a data loader made until the loader itself changes; these depend on the fixtures and algorithms.
rmSync("src/.observablehq/cache/checks", {recursive: true, force: true});
const observable = spawnSync(join("node_modules", ".bin", "observable"), ["build"], {
  stdio: "inherit",
  shell: process.platform === "win32",
  env: {
    ...process.env,
    OBSERVABLE_TELEMETRY_DISABLE: "true",
    // Data loaders run with tsx, which npm scripts find and a bare `tsx build/run.ts` does not.
    PATH: `${join(process.cwd(), "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH ?? ""}`
  }
});
if (observable.status !== 0) process.exit(observable.status ?? 1);
const start = performance.now();
const figures = await buildModules();
finishPages();
const version = writeServiceWorker();
console.log(`${figures} ES modules, policy, offline version ${version}: ${((performance.now() - start) / 1000).toFixed(1)} s`);

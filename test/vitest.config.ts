import {fileURLToPath} from "node:url";
import {playwright} from "@vitest/browser-playwright";
import {defineConfig} from "vitest/config";
import {chromiumFlags} from "./chromium-flags.js";
import {findChromium} from "./chromium.js";

const root = fileURLToPath(new URL("..", import.meta.url));

const unit = {
  name: "unit",
  include: ["test/**/*.test.ts"],
  exclude: ["test/**/*.gpu.test.ts", "test/**/*.site.test.ts"],
  environment: "node",
  // Some go through thousands of cases, and machines may be busy.
  testTimeout: 60_000
};

const webgpu = {
  name: "webgpu",
  include: ["test/**/*.gpu.test.ts"],
  testTimeout: 120_000,
  browser: {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({launchOptions: {executablePath: findChromium()?.executablePath, args: chromiumFlags()}}),
    instances: [{browser: "chromium" as const}]
  }
};

const site = {
  name: "site",
  include: ["test/site/**/*.site.test.ts"],
  environment: "node",
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // What a page shows after a click may take a second on a busy machine; polling ends as soon as it is there.
  expect: {poll: {timeout: 15_000}},
  // Two browsers at a time: pages wait more than they compute, and what they compute must do on a busy machine, too.
  maxWorkers: 2
};

// Named here so that Vite does not find them in mid-test and reload the page.
const optimizeDeps = {
  include: [
    "@tensorflow/tfjs",
    "@tensorflow/tfjs-core",
    "@tensorflow/tfjs-backend-cpu",
    "@tensorflow/tfjs-backend-webgpu"
  ]
};

export default defineConfig({
  root,
  test: {projects: [{root, resolve: {alias: {"observablehq:stdlib": `${root}test/stdlib.ts`}}, test: unit}, {root, optimizeDeps, test: webgpu}, {root, test: site}]}
});

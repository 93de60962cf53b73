import {playwright} from "@vitest/browser-playwright";
import {defineConfig} from "vitest/config";
import {chromiumFlags, findOrInstallChromium} from "./chromium.js";

const root = new URL("..", import.meta.url).pathname;
const {executablePath} = findOrInstallChromium();

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.gpu.test.ts", "test/**/*.site.test.ts"],
          environment: "node"
        }
      },
      {
        root,
        // Named here so that Vite does not find them in mid-test and reload the page.
        optimizeDeps: {
          include: [
            "@tensorflow/tfjs",
            "@tensorflow/tfjs-core",
            "@tensorflow/tfjs-backend-cpu",
            "@tensorflow/tfjs-backend-webgpu"
          ]
        },
        test: {
          name: "webgpu",
          include: ["test/**/*.gpu.test.ts"],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({launchOptions: {executablePath, args: chromiumFlags()}}),
            instances: [{browser: "chromium"}]
          }
        }
      },
      {
        root,
        test: {
          name: "site",
          include: ["test/site/**/*.site.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One browser at a time: two cores, and a software GPU that takes both.
          fileParallelism: false
        }
      }
    ]
  }
});

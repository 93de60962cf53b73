/** Training an LSTM on the adding problem (length 50, 32 units, batch 64, Adam): kernels, TensorFlow.js's layer, PyTorch. */
import {spawnSync} from "node:child_process";
import {build} from "esbuild";
import type {Browser, Page} from "playwright-core";
import type {LstmTiming} from "./lstm.browser.js";
import type {Report} from "./report.js";

export async function benchLstm(browser: Browser, report: Report): Promise<void> {
  const page = await openBench(browser);
  const run = (call: string) => page.evaluate(call) as Promise<LstmTiming>;
  const ours = await run('timeTraining("lstm", 1, 150, 0)');
  const layer = await run("timeLayer(4)");
  const conditions = `${ours.backend}, batch 64, length 50, 32 units, Adam`;
  report("LSTM training, kernels", `${ours.stepsPerSecond.toFixed(1)} steps/s`, conditions);
  report("LSTM training, tf.layers.lstm", `${layer.stepsPerSecond.toFixed(2)} steps/s`, layer.backend);
  report("kernels / tf.layers.lstm", `${(ours.stepsPerSecond / layer.stepsPerSecond).toFixed(0)} ×`, "same run, same device");
  report("longest main-thread task", `${ours.longestTask.toFixed(0)} ms`, "while training; 0: none over 50 ms");
  for (const kind of ["lstm", "rnn"] as const) {
    for (const seed of [1, 2, 3]) {
      const {seconds, losses} = await run(`timeTraining("${kind}", ${seed}, ${kind === "lstm" ? 1500 : 600}, 0.02)`);
      const last = losses.slice(-20).reduce((sum, loss) => sum + loss, 0) / 20;
      report(`adding problem, ${kind}, seed ${seed}`, `${last.toFixed(4)}`, `after ${losses.length} steps, ${seconds.toFixed(1)} s`);
    }
  }
  await page.close();
  const python = process.env.PYTHON ?? "python3";
  const {status, stdout} = spawnSync(python, ["bench/lstm_torch.py", "50", "64", "32", "100"], {encoding: "utf8"});
  if (status !== 0) return report("PyTorch", "skipped", `${python} with PyTorch not found; set PYTHON to one that has it`);
  const peer = JSON.parse(stdout) as {torch: string; threads: number; stepsPerSecond: number};
  report("LSTM training, PyTorch CPU", `${peer.stepsPerSecond.toFixed(1)} steps/s`, `PyTorch ${peer.torch}, ${peer.threads} threads`);
}

async function openBench(browser: Browser): Promise<Page> {
  const {outputFiles} = await build({
    entryPoints: ["bench/lstm.browser.ts"], bundle: true, format: "esm", write: false, minify: true, external: ["crypto"], logLevel: "error"
  });
  const page = await browser.newPage();
  await page.route("http://localhost/**", (route) =>
    route.fulfill(
      route.request().url().endsWith(".js")
        ? {contentType: "text/javascript", body: outputFiles[0]!.text}
        : {contentType: "text/html", body: '<!DOCTYPE html><script type="module" src="/bench.js"></script>'}
    )
  );
  await page.goto("http://localhost/");
  await page.waitForFunction(() => "timeTraining" in globalThis);
  return page;
}

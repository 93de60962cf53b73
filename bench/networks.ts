/** Ensembles of small networks: samples × networks a second against TensorFlow Playground's code, and the first curve. */
import type {Browser, Page} from "playwright-core";
import {openBenchPage} from "./bench-page.js";
import type {NetworksTiming} from "./networks.browser.js";
import {playgroundSpeed} from "./networks-playground.js";
import type {Report} from "./report.js";

const eight = ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "tanh", "sigmoid"];
const speed = ({samples, seconds}: NetworksTiming) => samples / seconds;

export async function benchNetworks(browser: Browser, report: Report): Promise<void> {
  const page = await openBenchPage(browser, "bench/networks.browser.ts", "timeNetworks");
  const time = (asked: object) => timeIn(page, asked);
  const cold = await time({layers: [2, 8, 8, 1], names: eight, seeds: 32, steps: 2000, optimizer: "sgd"});
  report("first report", `${cold.firstReport.toFixed(2)} s`, "256 networks, 8 activations; backend running, nothing compiled");
  report("first point of training", `${cold.firstCurve.toFixed(2)} s`, cold.backend);
  report("8 activations × 32 seeds", `${(speed(cold) / 1e6).toFixed(1)} M samples/s`, `2000 steps, compiling included, ${cold.seconds.toFixed(2)} s`);
  report("longest main-thread task", `${cold.longestTask.toFixed(0)} ms`, "0: none over 50 ms");
  const one = await time({layers: [2, 8, 8, 1], names: ["relu"], seeds: 256, steps: 20000, optimizer: "sgd"});
  report("256 ReLU networks, 2-8-8-1", `${(speed(one) / 1e6).toFixed(1)} M samples/s`, `batch 10, 256 points, SGD, ${one.seconds.toFixed(2)} s, accuracy ${one.accuracy.toFixed(3)}`);
  const adam = await time({layers: [2, 8, 8, 1], names: ["relu"], seeds: 256, steps: 8000, optimizer: "adam"});
  report("the same with Adam", `${(speed(adam) / 1e6).toFixed(1)} M samples/s`, `accuracy ${adam.accuracy.toFixed(3)}`);
  const large = await time({layers: [2, 32, 32, 32, 32, 1], names: ["relu"], seeds: 64, steps: 20, optimizer: "adam"});
  report("2-32-32-32-32-1, 64 networks", `${(speed(large) / 1e6).toFixed(3)} M samples/s`, `in loops on software, Adam, first report ${large.firstReport.toFixed(2)} s`);
  await page.close();
  const peer = await playgroundSpeed();
  if (peer === undefined) return report("TensorFlow Playground", "skipped", "set PLAYGROUND to a copy of its repository");
  report("TensorFlow Playground's nn.ts", `${(peer / 1e6).toFixed(2)} M samples/s`, "one core, Node, same run");
  report("WebGPU / Playground", `${(speed(one) / peer).toFixed(1)} ×`, "256 ReLU networks, 2-8-8-1");
}

const timeIn = (page: Page, asked: object): Promise<NetworksTiming> =>
  page.evaluate(
    (asked) => (globalThis as unknown as {timeNetworks(asked: object): Promise<NetworksTiming>}).timeNetworks(asked),
    asked
  );

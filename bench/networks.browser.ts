/** Runs in Chromium: ensembles of small networks on the active backend, timed. */
import {startBackend} from "../src/compute/backend.js";
import {normal, seededRandom} from "../src/compute/random.js";
import {activationForm} from "../src/relu/activation-form.js";
import {activationParams} from "../src/relu/activations.js";
import type {ActivationName} from "../src/relu/activations.js";
import {initialParameters} from "../src/networks/initial.js";
import {layoutOf} from "../src/networks/layout.js";
import {logisticLoss} from "../src/networks/loss.js";
import {runEnsemble} from "../src/networks/ensemble.training.js";
import type {EnsembleConfig} from "../src/networks/ensemble.js";
import {shuffled} from "../src/networks/sampling.js";

export interface NetworksTiming {
  readonly backend: string;
  readonly seconds: number;
  /** Until the first report, and until the first after a step of training. */
  readonly firstReport: number;
  readonly firstCurve: number;
  readonly samples: number;
  readonly longestTask: number;
  /** Share of points that the networks get right in the end, their mean. */
  readonly accuracy: number;
}

interface Asked {
  readonly layers: readonly number[];
  readonly names: readonly ActivationName[];
  readonly seeds: number;
  readonly steps: number;
  readonly optimizer: "sgd" | "momentum" | "adam";
}

const points = 256;
const batch = 10;
/** As in the figure, where activations share their batches. */
const mostStreams = 32;

function configOf({layers, names, seeds, steps, optimizer}: Asked): EnsembleConfig {
  const random = seededRandom(1);
  const data = new Float32Array(points * 3);
  for (let i = 0; i < points; i++) {
    const [x, y] = [normal(random), normal(random)];
    data.set([x, y, x * y > 0 ? 1 : 0], 3 * i);
  }
  const sampler = shuffled(points, seededRandom);
  return {
    layers,
    optimizer: {kind: optimizer},
    batch,
    steps,
    data,
    streams: Array.from({length: Math.min(seeds, mostStreams)}, (_, seed) => ({sampler, seed})),
    groups: names.map((name) => {
      const activation = activationForm(name);
      const layout = layoutOf(layers, activation.byParameter !== undefined);
      const networks = Array.from({length: seeds}, (_, seed) => {
        const own = seededRandom(seed);
        return {
          parameters: initialParameters(layout, () => normal(own), {scheme: "he", learned: 0.25}),
          rate: optimizer === "adam" ? 0.003 : 0.03,
          activationParams: activationParams(name),
          stream: seed % mostStreams,
          seed
        };
      });
      return {name, activation, loss: logisticLoss, networks};
    })
  };
}

async function timeNetworks(asked: Asked): Promise<NetworksTiming> {
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({entryTypes: ["longtask"]});
  const status = await startBackend();
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  let [firstReport, firstCurve] = [0, 0];
  const config = configOf(asked);
  // Making up the networks is the bench's task, not the training's.
  await new Promise((resolve) => setTimeout(resolve));
  const run = runEnsemble(config, {
    onSnapshot({groups}) {
      const step = groups[0]!.history.at(-1)?.step;
      if (step !== undefined) firstReport ||= since();
      if (step) firstCurve ||= since();
    }
  });
  const last = await run.done;
  const seconds = since();
  observer.disconnect();
  if (!last || run.state.phase !== "done") throw new Error(`the run ended ${JSON.stringify(run.state)}`);
  const ends = last.groups.flatMap(({history}) => [...history.at(-1)!.accuracy]);
  return {
    backend: "adapter" in status ? `WebGPU · ${status.adapter}` : status.state,
    seconds,
    firstReport,
    firstCurve,
    samples: asked.steps * batch * asked.seeds * asked.names.length,
    longestTask,
    accuracy: ends.reduce((sum, share) => sum + share, 0) / ends.length
  };
}

Object.assign(globalThis, {timeNetworks});

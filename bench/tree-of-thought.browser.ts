/** Runs in Chromium: trains judges on the device, then goes about the tested puzzles with each. */
import {startBackend} from "../src/compute/backend.js";
import {seededRandom} from "../src/compute/random.js";
import {batchedLogits} from "../src/tree-of-thought/batch-judge.js";
import {judgeOnDevice, runJudgeTraining} from "../src/tree-of-thought/judge.training.js";
import {attempt, usualSampling} from "../src/tree-of-thought/methods.js";
import type {Method} from "../src/tree-of-thought/methods.js";

export interface JudgeTiming {
  readonly backend: string;
  readonly dataSeconds: number;
  readonly seconds: number;
  readonly longestTask: number;
  readonly loss: number;
  readonly parameters: readonly number[];
}

export interface MethodTiming {
  /** Solved of the puzzles, by sampling seed. */
  readonly solved: readonly number[];
  readonly calls: number;
  /** Of the first seed's sweep. */
  readonly seconds: number;
}

type Puzzles = readonly (readonly number[])[];

async function timeJudge(tested: Puzzles, seed: number, steps?: number): Promise<JudgeTiming> {
  const status = await startBackend();
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({entryTypes: ["longtask"]});
  const start = performance.now();
  let dataSeconds = 0;
  const run = runJudgeTraining({tested, seed, ...(steps && {steps})}, {
    onSnapshot({stage}) {
      if (stage === "training") dataSeconds ||= (performance.now() - start) / 1000;
    }
  });
  const last = await run.done;
  observer.disconnect();
  if (!last?.parameters || run.state.phase !== "done") throw new Error(`the run ended ${JSON.stringify(run.state)}`);
  return {
    backend: "adapter" in status ? `WebGPU · ${status.adapter}` : status.state, dataSeconds, longestTask,
    seconds: (performance.now() - start) / 1000, loss: last.curve.at(-1)!.loss, parameters: [...last.parameters]
  };
}

async function timeMethod(tested: Puzzles, parameters: readonly number[], method: Method, seeds: number): Promise<MethodTiming> {
  const weights = Float32Array.from(parameters);
  const start = performance.now();
  const logits = batchedLogits((positions) => judgeOnDevice(weights, positions));
  const solved: number[] = [];
  let [calls, seconds] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const options = {logits, sampling: {...usualSampling, seed}, temperature: 0.7, seeded: seededRandom};
    const attempts = await Promise.all(tested.map((numbers) => attempt(numbers, method, options)));
    solved.push(attempts.filter((each) => each.solved).length);
    calls += attempts.reduce((sum, each) => sum + each.calls, 0) / tested.length / seeds;
    seconds ||= (performance.now() - start) / 1000;
  }
  return {solved, calls, seconds};
}

Object.assign(globalThis, {timeJudge, timeMethod});

/** Trains the judge in the page, and lets it answer for many positions at once, on the backend that runs. */
import {tensor2d} from "@tensorflow/tfjs-core";
import {drive} from "../compute/drive.js";
import {taskBreaks} from "../compute/frame.js";
import {runKernel} from "../compute/kernel.js";
import {normal, seededRandom} from "../compute/random.js";
import {despiteLoss} from "../compute/retry.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import {activity} from "../networks/activity.kernel.js";
import {trainEnsemble} from "../networks/ensemble.training.js";
import type {EnsembleSnapshot} from "../networks/ensemble.training.js";
import {layoutOf, rowOf} from "../networks/layout.js";
import {settingsStride} from "../networks/straight.wgsl.js";
import {makeJudgeData} from "./judge-data.js";
import type {JudgeData} from "./judge-data.js";
import {featureCount} from "./judge-features.js";
import {judgeConfig, judgeSteps} from "./judge-training.js";
import {judgeLayers, judgeParameters, logitsFromSplits, splitFeatures} from "./judge.js";
import type {Position} from "./position.js";
import {relu} from "./rectifier.js";

export type {Drive, DriveState} from "../compute/training.js";
export {seededRandom} from "../compute/random.js";

export interface JudgeSnapshot extends Snapshot {
  /** Of `progress`: making the data comes first. */
  readonly stage: "data" | "training";
  readonly step: number;
  /** By report: step, mean loss of the batches, share right among 500 splits of three numbers. */
  readonly curve: readonly {readonly step: number; readonly loss: number; readonly right: number}[];
  /** Once there are reports: the network's parameters. */
  readonly parameters: Float32Array | undefined;
  /** The step that they are from. */
  readonly checkpoint: number;
  readonly ensemble: EnsembleSnapshot | undefined;
}

export interface JudgeRun {
  /** Kept out of the training with all that they lead to. */
  readonly tested: readonly (readonly number[])[];
  readonly seed: number;
  readonly steps?: number;
}

export function runJudgeTraining(run: JudgeRun, options: DriveOptions<JudgeSnapshot> = {}): Drive<JudgeSnapshot> {
  return drive((training) => trainJudge(run, training), options);
}

let made: {readonly key: string; readonly data: JudgeData} | undefined;

/** The training as a generator. The data depend on the tested puzzles alone, and are kept. */
export async function* trainJudge(
  {tested, seed, steps = judgeSteps}: JudgeRun,
  {resume}: Pick<TrainOptions<JudgeSnapshot>, "resume">
): AsyncGenerator<JudgeSnapshot, void> {
  const key = tested.join(";");
  if (made?.key !== key) {
    const making = makeJudgeData(tested, seededRandom(24));
    const rest = taskBreaks();
    for (;;) {
      const next = making.next();
      if (next.done) {
        made = {key, data: next.value};
        break;
      }
      yield {progress: {done: Math.round(100 * next.value), total: 100}, stage: "data", step: 0, curve: [], parameters: undefined, checkpoint: 0, ensemble: undefined};
      await rest();
    }
  }
  const config = judgeConfig(made.data, seed, {seeded: seededRandom, normal}, steps);
  for await (const ensemble of trainEnsemble(config, resume?.ensemble ? {resume: resume.ensemble} : {})) {
    const {history, checkpoints} = ensemble.groups[0]!;
    const last = checkpoints.at(-1);
    yield {
      progress: ensemble.progress, stage: "training", step: history.at(-1)?.step ?? 0,
      curve: history.map(({step, batchLoss, accuracy}) => ({step, loss: batchLoss[0]!, right: accuracy[0]!})),
      parameters: last?.rows.slice(0, judgeParameters), checkpoint: last?.step ?? 0, ensemble
    };
  }
}

const {stride} = rowOf(layoutOf(judgeLayers), "sgd");

/** Log-odds of many positions in one dispatch; survives the loss of the device. */
export function judgeOnDevice(parameters: Float32Array, positions: readonly Position[]): Promise<Float32Array> {
  const features = splitFeatures(positions);
  const points = features.length / featureCount;
  if (points === 0) return Promise.resolve(logitsFromSplits(positions, features));
  return despiteLoss(async () => {
    const row = new Float32Array(stride);
    row.set(parameters);
    const inputs = [tensor2d(row, [1, stride]), tensor2d(new Float32Array(settingsStride), [1, settingsStride]), tensor2d(features, [points, featureCount])];
    const answered = runKernel(activity, inputs, {layers: judgeLayers, activation: relu, optimizer: "sgd" as const, units: false, points});
    try {
      return logitsFromSplits(positions, (await answered.data()) as Float32Array);
    } finally {
      answered.dispose();
      for (const input of inputs) input.dispose();
    }
  });
}

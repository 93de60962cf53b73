/** XGBoost: training, prediction, and the library's own JSON models. Its trees equal those of XGBoost 1.7. */
import {taskBreaks} from "../compute/frame.js";
import type {Bins} from "./bins.js";
import {boost} from "./boost.js";
import type {BoostedTrees, Held, RoundStep} from "./boost.js";
import type {SplitSearch} from "./grow.js";
import {baseMargin, transform} from "./objective.js";
import type {Table} from "./table.js";
import {addTree} from "./tree.js";
import {groupsOf, xgboostDefaults} from "./xgboost-params.js";
import type {XgboostParams} from "./xgboost-params.js";

export type {BoostedTrees, RoundStep} from "./boost.js";
export type {Table} from "./table.js";
export type {Tree} from "./tree.js";
export type {Objective, XgboostParams} from "./xgboost-params.js";
export {fromXgboostJson, toXgboostJson} from "./xgboost-json.js";

/** What grows the trees of `hist`: histograms on the CPU, or the kernels on WebGPU (on their CPU twins without one). */
export type TrainDevice = "cpu" | "webgpu";

export interface RoundOptions extends Held {
  /** Aborts the training: its reason is thrown. */
  readonly signal?: AbortSignal;
  /**
   * What grows the trees of `hist`, which are the same on either. Default "auto": the CPU for small tables and where
   * WebGPU is missing or itself runs on the CPU, else whichever takes less time for the first trees.
   */
  readonly device?: TrainDevice | "auto";
  /** Called with what grows the trees from now on. */
  readonly onDevice?: (device: TrainDevice) => void;
}

export interface TrainOptions extends RoundOptions {
  /** Called after each round with its number, from 0, and every row's scores. */
  readonly onRound?: (round: number, margins: Float32Array) => void;
}

/** Trains. Throws an Error that names what does not fit: a parameter out of range, a label the objective cannot take. */
export async function trainXgboost(
  data: Table,
  params: Partial<XgboostParams> = {},
  {onRound, ...options}: TrainOptions = {}
): Promise<BoostedTrees> {
  const training = trainRounds(data, params, options);
  for (;;) {
    const step = await training.next();
    if (step.done) return step.value;
    onRound?.(step.value.round, step.value.margins);
  }
}

/** Trains round by round; between steps other tasks of the thread have their turn. Returns the model. */
export async function* trainRounds(
  data: Table,
  params: Partial<XgboostParams> = {},
  {signal, device = "auto", onDevice, ...held}: RoundOptions = {}
): AsyncGenerator<RoundStep, BoostedTrees> {
  const taskBreak = taskBreaks();
  const search = await searchFor(data, params, device, onDevice);
  const training = boost(data, params, {...held, ...(search && {search})});
  try {
    for (;;) {
      signal?.throwIfAborted();
      const step = training.next();
      if (step.done) return step.value;
      if (step.value.kind === "wait") await step.value.until;
      if (step.value.kind === "round") yield step.value;
      await taskBreak();
    }
  } finally {
    training.return(undefined as never);
  }
}

/** Below so many values times rounds the kernels have no chance to make up for their start. */
const leastWork = 5e6;

async function searchFor(
  {rows, columns}: Table, given: Partial<XgboostParams>, device: TrainDevice | "auto", onDevice: (device: TrainDevice) => void = () => undefined
): Promise<((bins: Bins, params: XgboostParams) => SplitSearch) | undefined> {
  const {treeMethod, numBoostRound} = {...xgboostDefaults, ...given};
  const hasGpu = (globalThis.navigator as Partial<Navigator> | undefined)?.gpu !== undefined;
  const isLarge = rows * columns * numBoostRound >= leastWork;
  if (treeMethod !== "hist" || device === "cpu" || (device === "auto" && !(hasGpu && isLarge))) {
    onDevice("cpu");
    return undefined;
  }
  const {deviceSearch, fitsDevice, quickerSearch, startKernels} = await import("./hist-device.training.js");
  const {isGpu} = await startKernels();
  if (device === "auto" && !isGpu) {
    onDevice("cpu");
    return undefined;
  }
  return (bins, params) => {
    if (device === "auto") return quickerSearch(bins, params, onDevice);
    if (!fitsDevice(bins)) throw new Error(`the kernels take at most a million rows and 1024 bins: this table needs the CPU`);
    onDevice("webgpu");
    return deviceSearch(bins, params);
  };
}

/**
 * Predictions, rows × classes: values, probabilities, or with `margin` the scores they come from. All trees count, or
 * those of the first `rounds`, such as the model's `bestIteration + 1`.
 */
export function predict(
  model: BoostedTrees,
  data: Pick<Table, "features" | "rows" | "columns">,
  {margin = false, rounds = Infinity}: {readonly margin?: boolean; readonly rounds?: number} = {}
): Float32Array {
  if (data.columns !== model.columns)
    throw new Error(`the model was trained on ${model.columns} columns, the data have ${data.columns}`);
  const groups = groupsOf(model);
  const scores = new Float32Array(data.rows * groups).fill(baseMargin(model.objective, model.baseScore));
  model.trees.slice(0, rounds * groups).forEach((tree, i) => addTree(tree, data, scores, {stride: groups, offset: i % groups}));
  return margin ? scores : transform(model.objective, scores, groups);
}

/** Trains one network with each of the five losses and seed on the task of several labels, and scores label by label. */
import {drive} from "../compute/drive.js";
import {taskBreaks} from "../compute/frame.js";
import {seededRandom} from "../compute/random.js";
import type {Drive, DriveOptions, Snapshot, TrainOptions} from "../compute/training.js";
import type {EnsembleConfig, Group} from "../networks/ensemble.js";
import {trainEnsemble} from "../networks/ensemble.training.js";
import type {EnsembleSnapshot} from "../networks/ensemble.training.js";
import {initialParameters} from "../networks/initial.js";
import {layoutOf, rowOf} from "../networks/layout.js";
import {softmaxLoss} from "../networks/loss.js";
import {answersOf} from "./answers.training.js";
import {averagePrecision} from "./average-precision.js";
import {asymmetric, focalLoss} from "./engine-losses.js";
import {labelLossKinds, softmaxCrossEntropy} from "./label-losses.js";
import type {LabelLossKind} from "./label-losses.js";
import {discs, multiLabelPoints} from "./multi-label.js";
import type {MultiLabelPoints} from "./multi-label.js";
import {chanceOf} from "./remedy-ensemble.training.js";
import {listed} from "./samplers.js";
import {sigmoid} from "./sigmoid.js";
import {tanhUnits} from "./tanh-units.js";

export type {Drive, DriveOptions} from "../compute/training.js";

export interface MultiLabelConfig {
  readonly seeds: number;
  readonly steps: number;
  readonly gamma: number;
  readonly gammaNegative: number;
  readonly margin: number;
  readonly positiveWeight: number;
}

export interface LabelScores {
  readonly kind: LabelLossKind;
  /** Of each label, and their mean. */
  readonly averagePrecision: readonly number[];
  readonly meanAveragePrecision: number;
  /** Of the examples with two or more labels, the share for which all of them get a probability over ½. */
  readonly allFound: number;
}

export interface MultiLabelSnapshot extends Snapshot {
  readonly ensemble: EnsembleSnapshot;
  readonly step: number;
  readonly scores: readonly LabelScores[];
}

const labelCount = discs.length;
const layers = [2, 10, labelCount];
const layout = layoutOf(layers);
const {stride} = rowOf(layout, "adam");
const [trainCount, testCount, batch, rate] = [2000, 3000, 32, 0.01];

/** Groups in the order in which their kinds stand here. */
const groupKinds: readonly (readonly LabelLossKind[])[] = [["bce", "weighted", "focal"], ["asymmetric"], ["softmax"]];

/** Starts the training; drive() handles pausing, cancelling and device loss. */
export function runMultiLabel(config: MultiLabelConfig, options: DriveOptions<MultiLabelSnapshot> = {}): Drive<MultiLabelSnapshot> {
  return drive((training) => trainMultiLabel(config, training), options);
}

export async function* trainMultiLabel(
  config: MultiLabelConfig,
  {resume}: Pick<TrainOptions<MultiLabelSnapshot>, "resume">
): AsyncGenerator<MultiLabelSnapshot, void> {
  const train = multiLabelPoints(trainCount, chanceOf(11));
  let last: MultiLabelSnapshot | undefined;
  for await (const ensemble of trainEnsemble(ensembleOf(config, train), resume ? {resume: resume.ensemble} : {})) {
    const {done, total} = ensemble.progress;
    last = {ensemble, step: ensemble.groups.at(-1)?.history.at(-1)?.step ?? 0, scores: [], progress: {done: 0.9 * (done / total), total: 1}};
    yield last;
  }
  if (!last) return;
  const test = multiLabelPoints(testCount, chanceOf(12));
  const all = labelLossKinds.length * config.seeds;
  const scores: LabelScores[] = [];
  for (const [g, kinds] of groupKinds.entries()) {
    const {rows} = last.ensemble.groups[g]!.checkpoints.at(-1)!;
    const taskBreak = taskBreaks();
    let network = 0;
    for await (const logits of answersOf({layers, rows, stride, points: test.points})) {
      scores.push(scoresOf(kinds[Math.floor(network++ / config.seeds)]!, logits, test));
      await taskBreak();
      yield {...last, scores: [...scores], progress: {done: 0.9 + (0.1 * scores.length) / all, total: 1}};
    }
  }
}

function scoresOf(kind: LabelLossKind, logits: Float32Array, {labels}: MultiLabelPoints): LabelScores {
  const probabilities = new Float64Array(logits.length);
  let [several, found] = [0, 0];
  for (let from = 0; from < logits.length; from += labelCount) {
    const own = Array.from(logits.subarray(from, from + labelCount));
    const set = labels.subarray(from, from + labelCount);
    probabilities.set(kind === "softmax" ? softmaxCrossEntropy(own, own).probabilities : own.map(sigmoid), from);
    if (set.reduce((sum, label) => sum + label, 0) < 2) continue;
    several++;
    found += Number(set.every((label, i) => label === 0 || probabilities[from + i]! > 0.5));
  }
  const column = (values: ArrayLike<number>, label: number) => Array.from({length: values.length / labelCount}, (_, i) => values[i * labelCount + label]!);
  const byLabel = discs.map((_, label) => averagePrecision(column(probabilities, label), column(labels, label)));
  return {
    kind,
    averagePrecision: byLabel,
    meanAveragePrecision: byLabel.reduce((sum, value) => sum + value, 0) / labelCount,
    allFound: found / Math.max(1, several)
  };
}

function ensembleOf({seeds, steps, gamma, gammaNegative, margin, positiveWeight}: MultiLabelConfig, {points, labels}: MultiLabelPoints): EnsembleConfig {
  const seedList = Array.from({length: seeds}, (_, i) => i + 1);
  // A positive's weight w beside 1 is α = w ⁄ (1 + w) beside 1 − α: a common factor changes no step of Adam.
  const lossParams: Readonly<Record<LabelLossKind, readonly [number, number]>> = {
    softmax: [0, 0],
    bce: [-1, 0],
    weighted: [positiveWeight / (1 + positiveWeight), 0],
    focal: [-1, gamma],
    asymmetric: [gammaNegative, margin]
  };
  const losses = [focalLoss, asymmetric, softmaxLoss];
  const groups: readonly Group[] = groupKinds.map((kinds, g) => ({
    name: kinds.join(" "),
    activation: tanhUnits,
    loss: losses[g]!,
    networks: kinds.flatMap((kind) =>
      seedList.map((seed, s) => ({
        parameters: initialParameters(layout, chanceOf(seed).normal, {scheme: "glorot"}), rate, lossParams: lossParams[kind], stream: s, seed
      }))
    )
  }));
  const columns = 2 + labelCount;
  const data = new Float32Array(trainCount * columns);
  for (let i = 0; i < trainCount; i++) {
    data.set(points.subarray(2 * i, 2 * i + 2), i * columns);
    data.set(labels.subarray(i * labelCount, (i + 1) * labelCount), i * columns + 2);
  }
  const sampler = listed(Array.from({length: trainCount}, (_, i) => i), seededRandom);
  return {
    layers, optimizer: {kind: "adam"}, batch, steps, data, groups,
    streams: seedList.map((seed) => ({sampler, seed})),
    report: {from: 0, count: 32},
    checkpoints: 4
  };
}

/** One network of an ensemble, opened: what it is at any step of its training, replayed from the nearest state kept. */
import type {Checkpoint, EnsembleConfig} from "../networks/ensemble.js";
import {layoutOf, reportOf, rowOf} from "../networks/layout.js";
import {stepFactors} from "../networks/optimizer.js";
import {newPass} from "../networks/perceptron.js";
import type {Perceptron} from "../networks/perceptron.js";
import {batchReader} from "../networks/sampling.js";
import {reportNetwork, trainStep} from "../networks/train-network.js";
import type {StepPlan, TrainingData} from "../networks/train-network.js";

/** How a network does over all points. */
export interface NetworkReport {
  readonly loss: number;
  readonly accuracy: number;
  /** Of each hidden unit: mean and variance of its activation, and the share of points at which its slope is 0. */
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly silent: Float32Array;
}

export interface OpenNetwork {
  readonly config: EnsembleConfig;
  readonly net: Perceptron;
  readonly data: TrainingData;
  /** The steps of which the state was kept, 0 among them. */
  readonly kept: readonly number[];
  /** Parameters and moments after so many steps; a copy. */
  stateAt(step: number): Float64Array;
  reportAt(step: number): NetworkReport;
  /** What is needed to take the step after so many. */
  planAt(step: number, steps?: number): StepPlan;
}

/** Opens the first network of the config's first group. @param checkpoints of that group, the first at step 0 */
export function openNetwork(config: EnsembleConfig, checkpoints: readonly Checkpoint[]): OpenNetwork {
  const {layers, optimizer, batch} = config;
  const {activation, loss, networks} = config.groups[0]!;
  const {rate, seed, stream, activationParams = [0, 0], lossParams = [0, 0]} = networks[0]!;
  const net: Perceptron = {
    layout: layoutOf(layers, activation.byParameter !== undefined), activation, loss, activationParams, lossParams
  };
  const columns = layers[0]! + layers[layers.length - 1]!;
  const count = config.data.length / columns;
  const data: TrainingData = {values: config.data, columns, reportFrom: 0, reportCount: count};
  const length = rowOf(net.layout, optimizer.kind).state;
  const [pass, gradient] = [newPass(net.layout), new Float64Array(net.layout.parameters)];
  const reader = batchReader([config.streams[stream]!]);
  let last = {step: -1, state: new Float64Array(0)};

  const planAt = (start: number, steps = 1): StepPlan => ({
    optimizer, rate, seed, start, steps, batch,
    batches: reader.read(start, steps, batch),
    factors: stepFactors(start, steps, optimizer, config.steps)
  });
  const stateAt = (step: number): Float64Array => {
    const checkpoint = checkpoints.findLast((each) => each.step <= step)!;
    // Going on from where it stood is shorter, and comes to the same: the steps since the checkpoint are the same.
    const from = last.step >= checkpoint.step && last.step <= step && checkpoint.step !== step
      ? {step: last.step, state: last.state.slice()}
      : {step: checkpoint.step, state: Float64Array.from(checkpoint.rows.subarray(0, length))};
    const plan = planAt(from.step, step - from.step);
    for (let s = 0; s < plan.steps; s++) trainStep(net, from.state, data, plan, s, pass, gradient);
    last = {step, state: from.state};
    return from.state.slice();
  };
  return {
    config,
    net,
    data,
    kept: checkpoints.map(({step}) => step),
    stateAt,
    planAt,
    reportAt: (step) => reportOn(net, data, stateAt(step))
  };
}

export function reportOn(net: Perceptron, data: TrainingData, state: Float64Array): NetworkReport {
  const at = reportOf(net.layout);
  const output = new Float32Array(at.length);
  reportNetwork(net, Float32Array.from(state), data, output);
  return {
    loss: output[at.loss]!,
    accuracy: output[at.accuracy]!,
    mean: output.subarray(at.mean, at.variance),
    variance: output.subarray(at.variance, at.silent),
    silent: output.subarray(at.silent, at.length)
  };
}

export interface Death {
  /** Before this step some point turns the unit on; after it none does. */
  readonly step: number;
  readonly unit: number;
}

/**
 * The first step in which a unit dies: one that is silent ever after before one that comes back. Looks at the states kept
 * and then replays between two of them. @param breathe lets others have the thread
 */
export async function firstDeath(open: OpenNetwork, breathe: () => Promise<void>): Promise<Death | null> {
  const silent: Float32Array[] = [];
  for (const step of open.kept) {
    silent.push(open.reportAt(step).silent);
    await breathe();
  }
  const isDead = (index: number, unit: number) => silent[index]![unit] === 1;
  const dying = (index: number, forGood: boolean) =>
    Array.from(silent[0] ?? [], (_, unit) => unit).filter(
      (unit) =>
        !isDead(index, unit) && isDead(index + 1, unit) && !(forGood && silent.slice(index + 1).some((each) => each[unit] !== 1))
    );
  for (const forGood of [true, false]) {
    for (let index = 0; index + 1 < silent.length; index++) {
      const units = dying(index, forGood);
      if (units.length > 0) return deathBetween(open, open.kept[index]!, open.kept[index + 1]!, units, breathe);
    }
  }
  return null;
}

/** For each unit the last step between the two in which it falls silent; the earliest of those. */
async function deathBetween(
  open: OpenNetwork, from: number, to: number, units: readonly number[], breathe: () => Promise<void>
): Promise<Death> {
  const deaths = new Map(units.map((unit) => [unit, to - 1]));
  let before = open.reportAt(from).silent;
  for (let step = from; step < to; step++) {
    const after = open.reportAt(step + 1).silent;
    for (const unit of units) if (before[unit] !== 1 && after[unit] === 1) deaths.set(unit, step);
    before = after;
    await breathe();
  }
  const [[unit, step]] = [...deaths].sort((a, b) => a[1] - b[1]) as [[number, number]];
  return {step, unit};
}

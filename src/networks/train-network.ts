/** Some training steps of one network, and its report over a set of points: the kernels' TypeScript. */
import {reportOf} from "./layout.js";
import type {Row} from "./layout.js";
import {takeStep} from "./optimizer.js";
import type {Optimizer} from "./optimizer.js";
import {backward, forward, isCorrect, lossAt, newPass} from "./perceptron.js";
import type {Pass, Perceptron} from "./perceptron.js";

export interface TrainingData {
  /** Row by row, each a point's inputs and then its targets. */
  readonly values: Float32Array;
  readonly columns: number;
  /** The points that the report is about. */
  readonly reportFrom: number;
  readonly reportCount: number;
}

export interface StepPlan {
  readonly optimizer: Optimizer;
  readonly rate: number;
  readonly seed: number;
  /** Steps taken before these. */
  readonly start: number;
  readonly steps: number;
  readonly batch: number;
  /** Indices of points, [steps][batch]. */
  readonly batches: Float32Array;
  /** Two a step, see `stepFactors`. */
  readonly factors: Float32Array;
}

/** One step: the batch's gradient (summed), then the optimiser's move. Returns the batch's mean loss. */
export function trainStep(
  net: Perceptron,
  state: Float32Array | Float64Array,
  data: TrainingData,
  plan: StepPlan,
  s: number,
  pass: Pass,
  gradient: Float64Array
): number {
  const {batch, batches, start, seed, optimizer, rate, factors} = plan;
  const inputs = net.layout.layers[0]!;
  let loss = 0;
  gradient.fill(0);
  for (let sample = 0; sample < batch; sample++) {
    const at = batches[s * batch + sample]! * data.columns;
    forward(net, state, data.values, at, pass, {seed, step: start + s, sample});
    loss += lossAt(net, data.values, at + inputs, pass) / batch;
    backward(net, state, pass, gradient);
  }
  takeStep(optimizer, state, gradient, rate, 1 / batch, [factors[2 * s]!, factors[2 * s + 1]!]);
  return loss;
}

/** Trains `output`'s state in place, writes loss and norms behind it, returns the last batch's summed gradient. */
export function trainNetwork(net: Perceptron, data: TrainingData, plan: StepPlan, row: Row, output: Float32Array): Float64Array {
  const state = Float64Array.from(output.subarray(0, row.state));
  const {layout} = net;
  const [pass, gradient] = [newPass(layout), new Float64Array(layout.parameters)];
  let loss = 0;
  for (let s = 0; s < plan.steps; s++) loss += trainStep(net, state, data, plan, s, pass, gradient) / plan.steps;
  output.set(state);
  output[row.batchLoss] = loss;
  layout.weights.forEach((from, layer) => {
    const end = layout.biases[layer]! + layout.layers[layer + 1]!;
    const sum = gradient.subarray(from, end).reduce((total, slope) => total + slope * slope, 0);
    output[row.gradientNorm + layer] = Math.sqrt(sum) / plan.batch;
  });
  return gradient;
}

/** How a network does over the points reported on. @param output the report's numbers (see `reportOf`) */
export function reportNetwork(net: Perceptron, state: Float32Array, data: TrainingData, output: Float32Array): void {
  const {values, columns, reportFrom, reportCount} = data;
  const {units, layers} = net.layout;
  const at = reportOf(net.layout);
  const pass = newPass(net.layout);
  const sums = new Float64Array(at.length);
  for (let point = reportFrom; point < reportFrom + reportCount; point++) {
    const first = point * columns;
    forward(net, state, values, first, pass);
    sums[at.loss]! += lossAt(net, values, first + layers[0]!, pass);
    if (isCorrect(net, values, first + layers[0]!, pass)) sums[at.accuracy]! += 1;
    for (let unit = 0; unit < units; unit++) {
      const value = pass.post[layers[0]! + unit]!;
      sums[at.mean + unit]! += value;
      sums[at.variance + unit]! += value ** 2;
      if (pass.slope[unit] === 0) sums[at.silent + unit]! += 1;
    }
  }
  output.set(sums.map((sum) => sum / reportCount));
  for (let unit = 0; unit < units; unit++)
    output[at.variance + unit] = Math.max(0, (sums[at.variance + unit]! - sums[at.mean + unit]! ** 2 / reportCount) / reportCount);
}

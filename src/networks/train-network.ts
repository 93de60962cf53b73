/** Some training steps of one network, then its report over a set of points: the kernel's TypeScript. */
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
  /** Adam's bias corrections, two a step. */
  readonly corrections: Float32Array;
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
  const {batch, batches, start, seed, optimizer, rate, corrections} = plan;
  const inputs = net.layout.layers[0]!;
  let loss = 0;
  gradient.fill(0);
  for (let sample = 0; sample < batch; sample++) {
    const at = batches[s * batch + sample]! * data.columns;
    forward(net, state, data.values, at, pass, {seed, step: start + s, sample});
    loss += lossAt(net, data.values, at + inputs, pass) / batch;
    backward(net, state, pass, gradient);
  }
  takeStep(optimizer, state, gradient, rate, 1 / batch, [corrections[2 * s]!, corrections[2 * s + 1]!]);
  return loss;
}

/** Trains `output`'s state in place and writes its report behind it. @param output the network's row (see `rowOf`) */
export function trainNetwork(net: Perceptron, data: TrainingData, plan: StepPlan, row: Row, output: Float32Array): void {
  const state = Float64Array.from(output.subarray(0, row.state));
  const [pass, gradient] = [newPass(net.layout), new Float64Array(net.layout.parameters)];
  let loss = 0;
  for (let s = 0; s < plan.steps; s++) loss += trainStep(net, state, data, plan, s, pass, gradient) / plan.steps;
  output.set(state);
  output[row.batchLoss] = loss;
  report(net, state, data, row, output, pass, gradient);
}

function report(
  net: Perceptron,
  state: Float64Array,
  {values, columns, reportFrom, reportCount}: TrainingData,
  row: Row,
  output: Float32Array,
  pass: Pass,
  gradient: Float64Array
): void {
  const {layout} = net;
  const {units} = layout;
  const inputs = layout.layers[0]!;
  const sums = new Float64Array(3 * units);
  let [loss, correct] = [0, 0];
  gradient.fill(0);
  for (let point = reportFrom; point < reportFrom + reportCount; point++) {
    const at = point * columns;
    forward(net, state, values, at, pass);
    loss += lossAt(net, values, at + inputs, pass) / reportCount;
    if (isCorrect(net, values, at + inputs, pass)) correct += 1 / reportCount;
    backward(net, state, pass, gradient);
    for (let unit = 0; unit < units; unit++) {
      const value = pass.post[inputs + unit]!;
      sums[unit]! += value / reportCount;
      sums[units + unit]! += value ** 2 / reportCount;
      if (pass.slope[unit] === 0) sums[2 * units + unit]! += 1 / reportCount;
    }
  }
  output[row.loss] = loss;
  output[row.accuracy] = correct;
  for (let unit = 0; unit < units; unit++) {
    const [mean, square, silent] = [sums[unit]!, sums[units + unit]!, sums[2 * units + unit]!];
    output[row.mean + unit] = mean;
    output[row.variance + unit] = Math.max(0, square - mean ** 2);
    output[row.silent + unit] = silent;
  }
  for (let k = 0; k < gradient.length; k++) output[row.gradient + k] = gradient[k]! / reportCount;
  layout.weights.forEach((weights, layer) => {
    const end = layout.biases[layer]! + layout.layers[layer + 1]!;
    let sum = 0;
    for (let k = weights; k < end; k++) sum += (gradient[k]! / reportCount) ** 2;
    output[row.gradientNorm + layer] = Math.sqrt(sum);
  });
}

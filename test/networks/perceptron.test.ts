import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";
import {layoutOf} from "../../src/networks/layout.js";
import {logisticLoss, softmaxLoss, squaredLoss, weightedLoss} from "../../src/networks/loss.js";
import type {Loss} from "../../src/networks/loss.js";
import {backward, forward, lossAt, newPass} from "../../src/networks/perceptron.js";
import type {Perceptron} from "../../src/networks/perceptron.js";
import {focalLoss} from "../../src/focal-loss/engine-losses.js";
import {activationForm} from "../../src/relu/activation-form.js";
import {activationNames, activationParams} from "../../src/relu/activations.js";
import type {ActivationName} from "../../src/relu/activations.js";

interface Case {
  readonly activation: ActivationName;
  readonly loss: "squared" | "logistic" | "focal";
  readonly weights: readonly (readonly number[] | readonly (readonly number[])[])[];
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly output: readonly number[];
  readonly value: number;
  readonly gradients: Case["weights"];
}
const {cases} = JSON.parse(readFileSync("test/fixtures/networks/perceptron.json", "utf8")) as {cases: readonly Case[]};
const losses: Readonly<Record<Case["loss"], Loss>> = {squared: squaredLoss, logistic: logisticLoss, focal: focalLoss};

function gradientOf(net: Perceptron, state: Float64Array, inputs: Float64Array, targets: Float64Array) {
  const {layers, parameters} = net.layout;
  const [pass, gradient] = [newPass(net.layout), new Float64Array(parameters)];
  const [fan, outputs] = [layers[0]!, layers[layers.length - 1]!];
  const points = inputs.length / fan;
  let loss = 0;
  const logits: number[] = [];
  for (let i = 0; i < points; i++) {
    forward(net, state, inputs, i * fan, pass);
    loss += lossAt(net, targets, i * outputs, pass) / points;
    logits.push(...pass.pre.subarray(net.layout.units));
    backward(net, state, pass, gradient);
  }
  return {loss, logits, gradient: gradient.map((slope) => slope / points)};
}

for (const {activation, loss, weights, x, y, output, value, gradients} of cases)
  test(`outputs, ${loss} loss and gradients of a ${activation} network are PyTorch's`, () => {
    const net: Perceptron = {
      layout: layoutOf([2, 5, 4, 1]),
      activation: activationForm(activation),
      loss: losses[loss],
      activationParams: activationParams(activation),
      lossParams: loss === "focal" ? [0.25, 2] : [0, 0]
    };
    const flat = (numbers: Case["weights"]) => Float64Array.from(numbers.flat(2) as number[]);
    const found = gradientOf(net, flat(weights), Float64Array.from(x.flat()), Float64Array.from(y));
    const near = (a: ArrayLike<number>, b: ArrayLike<number>) => {
      expect(a.length).toBe(b.length);
      for (let i = 0; i < b.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 9);
    };
    near(found.logits, output);
    near([found.loss], [value]);
    near(found.gradient, flat(gradients));
  });

for (const name of activationNames)
  test(`every gradient of a ${name} network is its float64 finite difference, whatever the loss`, () => {
    for (const loss of [squaredLoss, logisticLoss, weightedLoss, softmaxLoss]) {
      const random = seededRandom(7);
      const layout = layoutOf([3, 4, 3, 2], name === "prelu");
      const net: Perceptron = {layout, activation: activationForm(name), loss, activationParams: activationParams(name), lossParams: [2.5, 0]};
      const state = Float64Array.from({length: layout.parameters}, () => 0.8 * normal(random));
      const inputs = Float64Array.from({length: 15}, () => normal(random));
      const targets = Float64Array.from({length: 10}, (_, i) => ((i >> 1) + i) % 2);
      const {gradient} = gradientOf(net, state, inputs, targets);
      const step = 1e-6;
      for (let k = 0; k < layout.parameters; k++) {
        const at = (shift: number) => {
          const moved = Float64Array.from(state);
          moved[k]! += shift;
          return gradientOf(net, moved, inputs, targets).loss;
        };
        expect(gradient[k], `${loss.name}, parameter ${k}`).toBeCloseTo((at(step) - at(-step)) / (2 * step), 6);
      }
    }
  });

test("layers that make no network are refused", () => {
  expect(() => layoutOf([2])).toThrow("two or more positive sizes, not [2]");
  expect(() => layoutOf([2, 0, 1])).toThrow(RangeError);
});

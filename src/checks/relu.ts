/** Activations, and a perceptron's whole gradient, against PyTorch. */
import {focalLoss} from "../focal-loss/engine-losses.js";
import {layoutOf} from "../networks/layout.js";
import {logisticLoss, squaredLoss} from "../networks/loss.js";
import type {Loss} from "../networks/loss.js";
import {backward, forward, lossAt, newPass} from "../networks/perceptron.js";
import type {Perceptron} from "../networks/perceptron.js";
import {activationForm} from "../relu/activation-form.js";
import {activationParams, activations} from "../relu/activations.js";
import type {ActivationName, ActivationParams} from "../relu/activations.js";
import {flat, versionsIn} from "./check.js";
import type {Check, Compared} from "./check.js";

interface ActivationCase {
  readonly function: string;
  readonly params?: ActivationParams;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly dy: readonly number[];
}

interface NetworkCase {
  readonly activation: ActivationName;
  readonly loss: "squared" | "logistic" | "focal";
  readonly weights: unknown;
  readonly x: unknown;
  readonly y: unknown;
  readonly output: readonly number[];
  readonly value: number;
  readonly gradients: unknown;
}

const losses: Readonly<Record<NetworkCase["loss"], Loss>> = {squared: squaredLoss, logistic: logisticLoss, focal: focalLoss};
const casesOf = <T>(fixture: unknown): readonly T[] => (fixture as {cases: readonly T[]}).cases;
const torch = {torch: "PyTorch"};

function* activationsCompared(fixture: unknown): Generator<Compared> {
  for (const {function: name, params, x, y, dy} of casesOf<ActivationCase>(fixture)) {
    if (!(name in activations)) continue;
    const {f, df} = activations[name as ActivationName];
    yield {ours: [...x.map((at) => f(at, params)), ...x.map((at) => df(at, params))], theirs: [...y, ...dy]};
  }
}

function networkCompared(c: NetworkCase): Compared {
  const net: Perceptron = {
    layout: layoutOf([2, 5, 4, 1]),
    activation: activationForm(c.activation),
    loss: losses[c.loss],
    activationParams: activationParams(c.activation),
    lossParams: c.loss === "focal" ? [0.25, 2] : [0, 0]
  };
  const [state, inputs, targets] = [c.weights, c.x, c.y].map((values) => Float64Array.from(flat(values)));
  const [pass, gradient] = [newPass(net.layout), new Float64Array(net.layout.parameters)];
  const points = targets!.length;
  const logits: number[] = [];
  let loss = 0;
  for (let i = 0; i < points; i++) {
    forward(net, state!, inputs!, i * 2, pass);
    loss += lossAt(net, targets!, i, pass) / points;
    logits.push(...pass.pre.subarray(net.layout.units));
    backward(net, state!, pass, gradient);
  }
  return {ours: [...logits, loss, ...gradient.map((slope) => slope / points)], theirs: [...c.output, c.value, ...flat(c.gradients)]};
}

export const checks: readonly Check[] = [
  {
    id: "activations",
    algorithm: "Sixteen activations and their derivatives",
    room: "/relu/",
    fixtures: ["relu/activations", "relu/more-activations"],
    reference: (fixtures) => versionsIn(fixtures["relu/activations"], torch),
    tolerance: 1e-12,
    *compare(fixtures) {
      yield* activationsCompared(fixtures["relu/activations"]);
      yield* activationsCompared(fixtures["relu/more-activations"]);
    }
  },
  {
    id: "perceptron",
    algorithm: "A network's outputs, loss and every gradient",
    room: "/relu/",
    fixtures: ["networks/perceptron"],
    reference: (fixtures) => versionsIn(fixtures["networks/perceptron"], torch),
    tolerance: 1e-9,
    *compare(fixtures) {
      for (const c of casesOf<NetworkCase>(fixtures["networks/perceptron"])) yield networkCompared(c);
    }
  }
];

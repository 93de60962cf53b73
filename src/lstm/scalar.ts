/** A cell with one input and one unit, told step by step: the public forward pass, and the terms of its sums. */
import {lstmForward} from "./cell.js";
import {gruForward} from "./gru.js";
import {rnnForward} from "./rnn.js";
import type {CellKind} from "./shape.js";

/** For each gate in PyTorch's order: the input's weight, the hidden state's, the bias. */
export type ScalarWeights = readonly (readonly [w: number, u: number, b: number])[];

/** The numbers of one time step, by name: x, before (h), gates, states, and for gate k the sum and its w, u, b. */
export type ScalarStep = Readonly<Record<string, number>>;

export const scalarGates: Readonly<Record<CellKind, readonly string[]>> = {
  rnn: ["h"], gru: ["r", "z", "n"], lstm: ["i", "f", "g", "o"]
};

/** The LSTM's variants: without a forget gate, or with gates that see the cell by these weights of i, f and o. */
export interface ScalarVariant {
  readonly forgetGate?: boolean;
  readonly peephole?: readonly [input: number, forget: number, output: number];
}

/** Runs the inputs through the cell. */
export function scalarRun(
  kind: CellKind, weights: ScalarWeights, inputs: readonly number[], h0: number, c0: number, variant: ScalarVariant = {}
): readonly ScalarStep[] {
  const gates = scalarGates[kind];
  const used = weights.slice(0, gates.length);
  const layer = {
    weightIh: used.map(([w]) => [w]), weightHh: used.map(([, u]) => [u]), biasIh: used.map(([, , b]) => b), biasHh: used.map(() => 0)
  };
  const steps = statesOf(kind, layer, inputs.map((x) => [x]), h0, c0, variant);
  return steps.map((step, t) => {
    const before = t === 0 ? h0 : steps[t - 1]!.h!;
    const x = inputs[t]!;
    const named: Record<string, number> = {...step, x, before, cellBefore: t === 0 ? c0 : (steps[t - 1]!.c ?? 0)};
    gates.forEach((gate, k) => {
      const [w, u, b] = used[k]!;
      // The GRU's reset gate stands between the new gate and what it recalls.
      const recalled = gate === "n" ? step.r! * u * before : u * before;
      const looked = kind === "lstm" ? lookOf(gate, variant) : {};
      const sum = w * x + recalled + (looked[`p${gate}`] ?? 0) * (gate === "o" ? named.c! : named.cellBefore!) + b;
      Object.assign(named, looked, {[`w${gate}`]: w, [`u${gate}`]: u, [`b${gate}`]: b, [`sum${gate}`]: sum});
    });
    return named;
  });
}

/** A gate's peephole, by name, if it has one. */
function lookOf(gate: string, {peephole}: ScalarVariant): Readonly<Record<string, number>> {
  const at = ["i", "f", "o"].indexOf(gate);
  return peephole && at >= 0 ? {[`p${gate}`]: peephole[at]!} : {};
}

type Layer = Parameters<typeof lstmForward>[0];

function statesOf(
  kind: CellKind, layer: Layer, inputs: readonly number[][], h0: number, c0: number, {forgetGate = true, peephole}: ScalarVariant
): readonly Record<string, number>[] {
  const column = (rows: Readonly<Record<string, readonly Float64Array[]>>) =>
    inputs.map((_, t) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[t]![0]!])));
  if (kind === "rnn") return column({h: rnnForward(layer, inputs, {h0: [h0]}).hidden});
  if (kind === "gru") {
    const {hidden, gates: {reset, update, fresh}} = gruForward(layer, inputs, {h0: [h0]});
    return column({r: reset, z: update, n: fresh, h: hidden});
  }
  const whole = peephole ? {...layer, peephole: peephole.map((weight) => [weight])} : layer;
  const {hidden, cell, gates: {input, forget, candidate, output}} = lstmForward(whole, inputs, {h0: [h0], c0: [c0]}, {forgetGate});
  return column({i: input, f: forget, g: candidate, o: output, c: cell, h: hidden});
}

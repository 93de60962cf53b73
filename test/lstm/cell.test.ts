import {describe, expect, it} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";
import {lstmBackward, lstmForward} from "../../src/lstm/cell.js";
import type {LstmWeights} from "../../src/lstm/cell.js";
import {gruBackward, gruForward} from "../../src/lstm/gru.js";
import type {CellWeights} from "../../src/lstm/layer.js";
import {rnnBackward, rnnForward} from "../../src/lstm/rnn.js";
import fixture from "../fixtures/lstm/recurrent.json" with {type: "json"};

type Case = (typeof fixture.cases)[number];

/** A number, or a vector or matrix of them, as flat as it gets. */
const flat = (value: unknown): number[] =>
  typeof value === "number" ? [value] : Array.from(value as ArrayLike<unknown>).flatMap(flat);

function expectClose(actual: unknown, expected: unknown, name: string, tolerance = 1e-10): void {
  const [a, b] = [flat(actual), flat(expected)];
  expect(a.length, name).toBe(b.length);
  a.forEach((number, i) => expect(Math.abs(number - b[i]!), `${name} ${i}`).toBeLessThan(tolerance));
}

function run({kind, inputs, h0, lossWeights, ...rest}: Case) {
  const weights: CellWeights = rest;
  const slopes = {hidden: lossWeights};
  if (kind === "lstm") {
    const forward = lstmForward(weights, inputs, {h0, c0: rest.c0!});
    return {forward, gradient: lstmBackward(forward, slopes)};
  }
  const forward = kind === "gru" ? gruForward(weights, inputs, {h0}) : rnnForward(weights, inputs, {h0});
  return {forward, gradient: (kind === "gru" ? gruBackward : rnnBackward)(forward, slopes)};
}

describe.each(fixture.cases.map((c) => [`${c.kind}, ${c.inputs.length} steps, hidden ${c.hiddenSize}`, c] as const))(
  "PyTorch's %s",
  (_, c) => {
    it("has these hidden states, to 1e-10", () => {
      const {forward} = run(c);
      expectClose(forward.hidden, c.hidden, "hidden");
      if ("cell" in forward) expectClose((forward.cell as readonly Float64Array[]).at(-1), c.cellLast, "cell");
    });

    it("has these gradients of all weights, inputs and states, to 1e-10", () => {
      const gradient = run(c).gradient as unknown as Record<string, unknown>;
      for (const [name, expected] of Object.entries(c.gradient)) if (expected) expectClose(gradient[name], expected, name);
    });
  }
);

describe("variants that PyTorch lacks have the gradients of finite differences", () => {
  const random = seededRandom(3);
  const [steps, width, hidden] = [6, 2, 3];
  const matrix = (rows: number, columns: number) =>
    Array.from({length: rows}, () => Array.from({length: columns}, () => 0.7 * normal(random)));
  const weights: LstmWeights = {
    weightIh: matrix(4 * hidden, width),
    weightHh: matrix(4 * hidden, hidden),
    biasIh: matrix(1, 4 * hidden)[0]!,
    biasHh: matrix(1, 4 * hidden)[0]!
  };
  const peephole = matrix(3, hidden);
  const inputs = matrix(steps, width);
  const [h0, c0, cellLast] = matrix(3, hidden) as [number[], number[], number[]];
  const slopes = matrix(steps, hidden);
  type All = Record<"weightIh" | "weightHh" | "peephole" | "inputs", number[][]> &
    Record<"biasIh" | "biasHh" | "h0" | "c0", number[]>;

  it.each([[true, true], [true, false], [false, true], [false, false]])("forget gate %s, peepholes %s", (forgetGate, peepholes) => {
    const all = structuredClone({...weights, inputs, h0, c0, peephole}) as unknown as All;
    const forward = () =>
      lstmForward(peepholes ? all : {...all, peephole: undefined!}, all.inputs, all, {forgetGate});
    const loss = () => {
      const {hidden: states, cell} = forward();
      const early = states.reduce((sum, h, t) => sum + h.reduce((part, v, u) => part + v * slopes[t]![u]!, 0), 0);
      return early + cell.at(-1)!.reduce((sum, v, u) => sum + v * cellLast[u]!, 0);
    };
    const gradient = lstmBackward(forward(), {hidden: slopes, cellLast});
    const check = (numbers: number[], slope: Float64Array, name: string) =>
      numbers.forEach((value, i) => {
        const at = (shift: number) => ((numbers[i] = value + shift), loss());
        const numeric = (at(1e-5) - at(-1e-5)) / 2e-5;
        numbers[i] = value;
        expect(Math.abs(slope[i]! - numeric), `${name} ${i}`).toBeLessThan(1e-8);
      });
    for (const name of ["biasIh", "biasHh", "h0", "c0"] as const) check(all[name], gradient[name], name);
    const matrices = ["weightIh", "weightHh", "inputs", ...(peepholes ? (["peephole"] as const) : [])] as const;
    for (const name of matrices) all[name].forEach((row, r) => check(row, gradient[name][r]!, `${name} row ${r}`));
    // ∂L/∂h_t is all that comes back to step t, the last being the loss's own.
    expectClose(gradient.hidden.at(-1), slopes.at(-1), "last hidden slope");
  });
});

it("names the array whose size does not fit", () => {
  const weights = fixture.cases[1]!;
  expect(() => lstmForward(weights, [[1, 2]])).toThrow("inputs: row 0 has 2 numbers, not 3");
  expect(() => lstmForward({...weights, biasIh: [1]}, weights.inputs)).toThrow(/biases/);
});

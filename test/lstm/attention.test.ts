import {describe, expect, it} from "vitest";
import {attentionBackward, attentionForward} from "../../src/lstm/attention-layer.js";
import fixture from "../fixtures/lstm/attention.json" with {type: "json"};

const flat = (value: unknown): number[] =>
  typeof value === "number" ? [value] : Array.from(value as ArrayLike<unknown>).flatMap(flat);

function expectClose(actual: unknown, expected: unknown, name: string): void {
  const [a, b] = [flat(actual), flat(expected)];
  expect(a.length, name).toBe(b.length);
  a.forEach((number, i) => expect(Math.abs(number - b[i]!), `${name} ${i}`).toBeLessThan(1e-10));
}

describe.each(fixture.cases.map((c) => [c.inputs.length, c.biasOut.length, c] as const))(
  "PyTorch's causal attention of %d steps, width %d",
  (_, __, c) => {
    it("has these outputs and attention weights, to 1e-10", () => {
      const {outputs, weights} = attentionForward(c, c.inputs);
      expectClose(outputs, c.outputs, "outputs");
      expectClose(weights, c.weights, "weights");
    });

    it("has these gradients of all weights and inputs, to 1e-10", () => {
      const gradient = attentionBackward(attentionForward(c, c.inputs), {outputs: c.lossWeights});
      for (const [name, expected] of Object.entries(c.gradient)) expectClose(gradient[name as keyof typeof gradient], expected, name);
    });
  }
);

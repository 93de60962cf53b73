import {describe, expect, it} from "vitest";
import {activationNames, activationParams, activations} from "../../src/relu/activations.js";
import type {ActivationName, ActivationParams} from "../../src/relu/activations.js";
import {erfc} from "../../src/relu/activations/erf.js";
import fixture from "../fixtures/relu/activations.json" with {type: "json"};
import more from "../fixtures/relu/more-activations.json" with {type: "json"};

interface Case {
  readonly name: string;
  readonly function: string;
  readonly params: ActivationParams;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly dy: readonly number[];
}

const known = (fixture.cases as unknown as readonly Case[]).filter((c) => c.function in activations);
const near = (a: number, b: number) => Math.abs(a - b) / Math.max(1, Math.abs(b));

describe("values and derivatives equal PyTorch's to 1e-12", () => {
  it.each(known)("$name", ({function: name, params, x, y, dy}) => {
    const {f, df} = activations[name as ActivationName];
    x.forEach((at, i) => {
      expect(near(f(at, params), y[i]!), `f(${at})`).toBeLessThan(1e-12);
      expect(near(df(at, params), dy[i]!), `f′(${at})`).toBeLessThan(1e-12);
    });
  });

  it.each(more.cases)("$function at its kinks and far out", ({function: name, x, y, dy}) => {
    const {f, df} = activations[name as ActivationName];
    x.forEach((at, i) => {
      expect(near(f(at), y[i]!), `f(${at})`).toBeLessThan(1e-12);
      expect(near(df(at), dy[i]!), `f′(${at})`).toBeLessThan(1e-12);
    });
  });

  it("covers every activation there is", () => {
    expect(new Set(more.cases.map((c) => c.function))).toEqual(new Set(activationNames));
  });
});

describe.each(activationNames)("%s", (name) => {
  const {f, df, tex, parameters} = activations[name];

  it("has the derivative of its value, by central differences", () => {
    for (let x = -7.03; x < 7; x += 0.317) {
      const h = 1e-5;
      expect(df(x)).toBeCloseTo((f(x + h) - f(x - h)) / (2 * h), 7);
    }
  });

  it("is finite, and between its tails, for |x| up to 1e4", () => {
    for (const x of [1e4, 5e3, 800, 40, 1e-300, 0]) {
      for (const at of [x, -x]) {
        expect(Number.isFinite(f(at))).toBe(true);
        expect(Number.isFinite(df(at))).toBe(true);
        expect(Math.abs(df(at))).toBeLessThan(2);
      }
    }
  });

  it("names in its formulas only x and its parameters", () => {
    const slots = [...(tex.value + tex.slope).matchAll(/\[\[([\w-]+)/g)].map(([, slot]) => slot!);
    for (const slot of slots) expect(["x", ...Object.keys(parameters)]).toContain(slot);
  });
});

describe("activationParams", () => {
  it("fills in defaults, in the order of the parameters", () => {
    expect(activationParams("relu")).toEqual([0, 0]);
    expect(activationParams("softplus", {beta: 3})).toEqual([3, 20]);
    expect(activationParams("rrelu", {upper: 0.5})).toEqual([1 / 8, 0.5]);
  });
});

describe("erfc", () => {
  it("is exact to 1e-14 of its value, tails included", () => {
    for (const [x, y] of more.erfc as [number, number][]) expect(Math.abs(erfc(x) / y - 1) < 2e-14 * Math.max(1, x * x)).toBe(true);
  });
});

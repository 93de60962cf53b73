import {describe, expect, it} from "vitest";
import {defaultState} from "../../src/notebook/schema.js";
import {activationNames} from "../../src/relu/activations.js";
import {functionReadings, functions, stepsOf} from "../../src/relu/figures/functions.js";

const opening = defaultState(functions.definition.schema);

describe("the figure's formulas", () => {
  it.each(activationNames)("of %s have a value for every slot, and no value without one", (kind) => {
    for (const {formula, values} of stepsOf({...opening, kind})) {
      const slots = [...formula.matchAll(/\[\[([\w-]+)/g)].map(([, slot]) => slot!);
      expect(new Set(slots)).toEqual(new Set(Object.keys(values)));
    }
  });

  it("take the sliders' parameters", () => {
    const [value, slope] = stepsOf({...opening, kind: "elu", eluAlpha: 2, x: -1});
    expect(value!.values["value"]).toBeCloseTo(2 * Math.expm1(-1), 12);
    expect(slope!.values["slope"]).toBeCloseTo(2 * Math.exp(-1), 12);
  });
});

it("the page reads the chosen function and ReLU at the figure's x", () => {
  const {x, chosen, relu} = functionReadings({...opening, kind: "leaky_relu", negativeSlope: 0.2, x: -3});
  expect([x, chosen.label, chosen.slope, relu.value]).toEqual([-3, "Leaky ReLU", 0.2, 0]);
});

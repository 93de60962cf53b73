import {describe, expect, it} from "vitest";
import {formulaTex} from "../../src/notebook/formula.js";

const formula = "[[iou|\\mathrm{IoU}]] = \\frac{[[I]]}{[[U]]} - [[rho2|\\rho^2]]";

describe("formulaTex", () => {
  it("shows each slot's symbol, or its name where it has none", () => {
    expect(formulaTex(formula, {}, "symbols")).toBe(
      "\\htmlData{slot=iou}{\\mathrm{IoU}} = \\frac{\\htmlData{slot=I}{I}}{\\htmlData{slot=U}{U}} - " +
        "\\htmlData{slot=rho2}{\\rho^2}"
    );
  });

  it("substitutes the reader's numbers, negative ones in parentheses", () => {
    expect(formulaTex("[[a]] - [[b]]", {a: 3, b: -2}, "numbers")).toBe(
      "\\htmlData{slot=a}{3} - \\htmlData{slot=b}{(-2)}"
    );
  });

  it("adds no second pair of parentheses", () => {
    expect(formulaTex("\\sigma([[x]])", {x: -2}, "numbers")).toBe("\\sigma(\\htmlData{slot=x}{-2})");
  });

  it("keeps the symbol of a slot that has no value", () => {
    expect(formulaTex("[[theta|\\theta]]", {}, "numbers")).toBe("\\htmlData{slot=theta}{\\theta}");
  });

  it("says undefined rather than NaN", () => {
    expect(formulaTex("[[v]]", {v: NaN}, "numbers")).toContain("\\text{undefined}");
  });
});

import {describe, expect, it} from "vitest";
import {numberTex, numberText} from "../../src/notebook/number-text.js";

describe("numberText", () => {
  it("shows four significant digits and at most four decimals", () => {
    expect([0.123456, 1.23456, 12.3456, 123.456, 12345.6].map((v) => numberText(v))).toEqual([
      "0.1235", "1.235", "12.35", "123.5", "12346"
    ]);
  });

  it("uses a true minus sign, and none for what rounds to zero", () => {
    expect(numberText(-0.5)).toBe("−0.5000");
    expect(numberText(-0)).toBe("0.0000");
  });

  it("goes over to powers of ten for the very small and the very large", () => {
    expect(numberText(1.234e-7)).toBe("1.23e−7");
    expect(numberText(-2.5e8)).toBe("−2.50e8");
  });

  it("never shows NaN", () => {
    expect(numberText(NaN)).toBe("undefined");
    expect(numberTex(NaN)).toBe("\\text{undefined}");
    expect(numberText(-Infinity)).toBe("−∞");
  });
});

describe("numberTex", () => {
  it("writes whole numbers whole and powers of ten as such", () => {
    expect(numberTex(140)).toBe("140");
    expect(numberTex(-2.5)).toBe("-2.500");
    expect(numberTex(1.234e-7)).toBe("1.23\\times 10^{-7}");
  });
});

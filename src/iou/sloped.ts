/** Quantities that carry their slopes along the prediction's corners, so that a loss's gradient is built as it is. */
import type {Box} from "./box.js";

/** A quantity and its derivatives with respect to the prediction's x1, y1, x2, y2. */
export interface Sloped {
  readonly value: number;
  readonly slope: Box;
}

/** a + factor · b. */
export function combine(a: Box, b: Box, factor = 1): Box {
  return [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2], a[3] + factor * b[3]];
}

/** top / (bottom + eps). */
export function ratio(top: Sloped, bottom: Sloped, eps = 0): Sloped {
  const divisor = bottom.value + eps;
  const value = top.value / divisor;
  const t = top.slope;
  const b = bottom.slope;
  return {
    value,
    slope: [
      (t[0] - value * b[0]) / divisor,
      (t[1] - value * b[1]) / divisor,
      (t[2] - value * b[2]) / divisor,
      (t[3] - value * b[3]) / divisor
    ]
  };
}

/** a². */
export function squared(a: Sloped): Sloped {
  return through(a, a.value * a.value, 2 * a.value);
}

export function sum(a: Sloped, b: Sloped): Sloped {
  return {value: a.value + b.value, slope: combine(a.slope, b.slope)};
}

export function difference(a: Sloped, b: Sloped): Sloped {
  return {value: a.value - b.value, slope: combine(a.slope, b.slope, -1)};
}

export function product(a: Sloped, b: Sloped): Sloped {
  const s = a.slope;
  const t = b.slope;
  return {
    value: a.value * b.value,
    slope: [
      s[0] * b.value + a.value * t[0],
      s[1] * b.value + a.value * t[1],
      s[2] * b.value + a.value * t[2],
      s[3] * b.value + a.value * t[3]
    ]
  };
}

/** f(a), given f's value and derivative at a. */
export function through({slope}: Sloped, value: number, derivative: number): Sloped {
  return {value, slope: [derivative * slope[0], derivative * slope[1], derivative * slope[2], derivative * slope[3]]};
}

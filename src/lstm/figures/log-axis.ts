/** What a logarithmic scale shows on its axis. */
import type {AxisScale} from "../../notebook/axis.js";

/** A logarithmic axis's ticks: powers of ten, few enough to read. */
export function decades(scale: (value: number) => number, low: number, high: number): AxisScale {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  const stride = Math.ceil((last - first + 1) / 7);
  const powers = Array.from({length: Math.max(0, Math.floor((last - first) / stride) + 1)}, (_, i) => 10 ** (first + i * stride));
  return Object.assign((value: number) => scale(value), {
    ticks: () => (powers.length > 2 ? powers : between(low, high)),
    tickFormat: () => (value: number) => (Math.abs(Math.log10(value)) < 3.5 ? String(Number(value.toPrecision(2))) : powerText(value)),
    range: () => [scale(low), scale(high)]
  });
}

/** Where powers of ten are too few: 1, 2 and 5 of each. */
function between(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const exponents = Array.from({length: Math.ceil(Math.log10(high)) - first + 1}, (_, i) => first + i);
  return exponents.flatMap((exponent) => [1, 2, 5].map((digit) => digit * 10 ** exponent)).filter((value) => value >= low && value <= high);
}

const powerText = (value: number) => `10${[...String(Math.round(Math.log10(value)))].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")}`;

/** An axis with ticks at these values alone. */
export function ticksAt(scale: (value: number) => number, values: readonly number[]): AxisScale {
  return Object.assign((value: number) => scale(value), {
    ticks: () => [...values],
    tickFormat: () => String,
    range: () => [scale(values[0]!), scale(values.at(-1)!)]
  });
}

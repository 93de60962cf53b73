/** Exact rationals: whole numerator and positive denominator in lowest terms. */

export interface Fraction {
  readonly n: number;
  readonly d: number;
}

/** @throws RangeError when d is 0 or a part is too large to be exact in a double */
export function fraction(n: number, d = 1): Fraction {
  if (d === 0) throw new RangeError("division by zero");
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new RangeError(`${n}/${d} is too large to be exact`);
  const common = divisor(Math.abs(n), Math.abs(d)) * Math.sign(d);
  // No negative zero.
  return {n: n / common || 0, d: d / common};
}

function divisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a || 1;
}

export type Operator = "+" | "−" | "×" | "÷";

/** a ∘ b, exactly. @throws RangeError for ÷ 0 */
export function apply(operator: Operator, a: Fraction, b: Fraction): Fraction {
  if (operator === "+") return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  if (operator === "−") return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
  if (operator === "×") return fraction(a.n * b.n, a.d * b.d);
  return fraction(a.n * b.d, a.d * b.n);
}

export const valueOf = ({n, d}: Fraction): number => n / d;

export const compare = (a: Fraction, b: Fraction): number => a.n * b.d - b.n * a.d;

export const equals = (a: Fraction, n: number): boolean => a.d === 1 && a.n === n;

/** "3", "−1", "8/3". */
export const fractionText = ({n, d}: Fraction): string => `${n < 0 ? "−" : ""}${Math.abs(n)}${d === 1 ? "" : `/${d}`}`;

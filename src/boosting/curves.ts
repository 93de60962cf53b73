/** Curves over 0–1 that a figure learns: given ones, and one drawn through knots. */

export type CurveKind = "wave" | "steps" | "spike" | "drawn";

export const knotCount = 17;

const given: Record<Exclude<CurveKind, "drawn">, (x: number) => number> = {
  wave: (x) => 0.5 + 0.33 * Math.sin(2 * Math.PI * (x + 0.4 * x * x)),
  steps: (x) => (x < 0.22 ? 0.3 : x < 0.45 ? 0.75 : x < 0.7 ? 0.2 : 0.6),
  spike: (x) => 0.3 + 0.55 * Math.exp(-(((x - 0.62) / 0.06) ** 2))
};

/** The curve of a kind; a drawn one goes straight from knot to knot. */
export function curveOf(kind: CurveKind, knots: readonly number[]): (x: number) => number {
  if (kind !== "drawn") return given[kind];
  return (x) => {
    const at = Math.max(0, Math.min(1, x)) * (knots.length - 1);
    const left = Math.min(knots.length - 2, Math.floor(at));
    return knots[left]! + (at - left) * (knots[left + 1]! - knots[left]!);
  };
}

/** The curve's height at each knot. */
export function knotsOf(curve: (x: number) => number): readonly number[] {
  return Array.from({length: knotCount}, (_, i) => Number(curve(i / (knotCount - 1)).toFixed(3)));
}

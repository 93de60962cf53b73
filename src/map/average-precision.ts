/** Average precision from a precision/recall curve, by each convention in use. */

/** Pascal VOC 2007 (11 recalls), VOC 2010 (every point), COCO (101 recalls). */
export type Interpolation = "voc11" | "all-point" | "coco101";

/** COCO's recall thresholds, i × 0.01 as NumPy's linspace gives them. */
export const cocoRecalls: readonly number[] = Array.from({length: 101}, (_, i) => i * 0.01);

/** What one place on the recall axis adds to the area: weight × precision. */
export interface AreaPart {
  readonly recall: number;
  /** Of the interpolated curve there. */
  readonly precision: number;
  /** A recall's share of the mean; for every point, the recall gained there. */
  readonly weight: number;
}

/**
 * The area under the interpolated curve.
 *
 * @param recall recall after each detection by falling score: never falling, in [0, 1]
 * @param precision precision at the same places
 * @returns in [0, 1]; 0 for an empty curve. Throws a RangeError where the lengths differ.
 */
export function averagePrecision(
  recall: readonly number[],
  precision: readonly number[],
  interpolation: Interpolation
): number {
  return areaParts(recall, precision, interpolation).reduce((sum, part) => sum + part.weight * part.precision, 0);
}

/** The sum that the area is, part by part. */
export function areaParts(
  recall: readonly number[],
  precision: readonly number[],
  interpolation: Interpolation
): readonly AreaPart[] {
  if (recall.length !== precision.length) {
    throw new RangeError(`recall has ${recall.length} values, precision ${precision.length}`);
  }
  const envelope = precisionEnvelope(precision);
  if (interpolation === "all-point") {
    return recall.map((place, i) => ({recall: place, precision: envelope[i]!, weight: place - (recall[i - 1] ?? 0)}));
  }
  const places = interpolation === "voc11" ? Array.from({length: 11}, (_, i) => i / 10) : cocoRecalls;
  const sampled = sampleCurve(recall, envelope, places);
  return places.map((place, i) => ({recall: place, precision: sampled[i]!, weight: 1 / places.length}));
}

/** Precision of so many hits and misses as pycocotools has it: 0 before the first. */
export const precisionOf = (hits: number, misses: number): number => hits / (misses + hits + Number.EPSILON);

/** Each precision replaced by the largest at its recall or any higher one. */
export function precisionEnvelope(precision: ArrayLike<number>): Float64Array {
  const envelope = Float64Array.from(precision);
  for (let i = envelope.length - 1; i > 0; i--) {
    if (envelope[i]! > envelope[i - 1]!) envelope[i - 1] = envelope[i]!;
  }
  return envelope;
}

/** The envelope at the first place whose recall reaches each of `places` (rising); 0 where none does. */
export function sampleCurve(
  recall: ArrayLike<number>,
  envelope: ArrayLike<number>,
  places: readonly number[]
): readonly number[] {
  let i = 0;
  return places.map((place) => {
    while (i < recall.length && recall[i]! < place) i++;
    return i < recall.length ? envelope[i]! : 0;
  });
}

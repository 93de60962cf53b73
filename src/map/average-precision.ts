/** Average precision from a precision/recall curve, by each convention in use. */

/** Pascal VOC 2007 (11 recalls), VOC 2010 (every point), COCO (101 recalls). */
export type Interpolation = "voc11" | "all-point" | "coco101";

/** COCO's recall thresholds, i × 0.01 as NumPy's linspace gives them. */
export const cocoRecalls: readonly number[] = Array.from({length: 101}, (_, i) => i * 0.01);

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
  if (recall.length !== precision.length) {
    throw new RangeError(`recall has ${recall.length} values, precision ${precision.length}`);
  }
  const envelope = precisionEnvelope(precision);
  if (interpolation === "all-point") {
    return envelope.reduce((sum, p, i) => sum + (recall[i]! - (recall[i - 1] ?? 0)) * p, 0);
  }
  const places = interpolation === "voc11" ? Array.from({length: 11}, (_, i) => i / 10) : cocoRecalls;
  const sampled = sampleCurve(recall, envelope, places);
  return sampled.reduce((sum, p) => sum + p, 0) / places.length;
}

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

import type {Penalty, PenaltyInput} from "./penalty.js";

/**
 * MPDIoU: squared distances of the upper left and the lower right corners over the image's squared diagonal (Ma and Xu
 * 2023, arXiv 2307.07662).
 */
export function cornerDistance({prediction, target, options: {imageWidth, imageHeight}}: PenaltyInput): Penalty {
  const image2 = imageWidth ** 2 + imageHeight ** 2;
  const a = prediction[0] - target[0];
  const b = prediction[1] - target[1];
  const c = prediction[2] - target[2];
  const d = prediction[3] - target[3];
  const upperLeft2 = a * a + b * b;
  const lowerRight2 = c * c + d * d;
  return {
    value: (upperLeft2 + lowerRight2) / image2,
    slope: [(2 * a) / image2, (2 * b) / image2, (2 * c) / image2, (2 * d) / image2],
    terms: () => ({upperLeft2, lowerRight2, imageWidth, imageHeight, image2})
  };
}

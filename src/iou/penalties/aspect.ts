import type {Box} from "../box.js";
import type {Penalty, PenaltyInput} from "./penalty.js";

/**
 * CIoU: α v, with v = 4/π² (atan(w_t/h_t) − atan(w/h))² and α = v / (1 − IoU + v + eps), α held constant in the
 * gradient (Zheng and others, AAAI 2020; torchvision). 0/0, hence NaN, where a box has neither width nor height.
 */
export function aspect({prediction, target, shared, iou, options: {eps}}: PenaltyInput): Penalty {
  const w = shared.width.value;
  const h = shared.height.value;
  const predictionAngle = Math.atan(w / h);
  const targetAngle = Math.atan(aspectRatio(target));
  const turn = targetAngle - predictionAngle;
  const v = (4 / Math.PI ** 2) * turn * turn;
  const alpha = v / (1 - iou.value + v + eps);
  // d atan(w/h) = (h dw − w dh) / (w² + h²)
  const steepness = ((8 / Math.PI ** 2) * turn * alpha) / (w * w + h * h);
  const alongW = -steepness * h;
  const alongH = steepness * w;
  return {
    value: alpha * v,
    slope: [-alongW, -alongH, alongW, alongH],
    terms: () => ({
      predictionAspect: aspectRatio(prediction),
      targetAspect: aspectRatio(target),
      predictionAngle,
      targetAngle,
      v,
      alpha,
      aspectTerm: alpha * v
    })
  };
}

/** Width over height. */
function aspectRatio([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) / (y2 - y1);
}

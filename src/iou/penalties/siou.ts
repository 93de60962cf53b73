import {product, ratio, squared, sum, through} from "../sloped.js";
import type {Sloped} from "../sloped.js";
import type {Penalty, PenaltyInput} from "./penalty.js";

/** The shape cost's power, θ. */
const theta = 4;

/**
 * SIoU: half of distance cost plus shape cost, the distance weighted by the angle of approach (Gevorgyan 2022,
 * arXiv 2205.12740). The paper's Λ = cos(2 asin(sin α) − π/2) is sin 2α = 2 |dx dy| / (dx² + dy²), whichever of the two
 * angles is taken; where the centres meet Λ is 0.
 */
export function siouCosts(input: PenaltyInput): Penalty {
  const {dx, dy, enclosingWidth, enclosingHeight, width, height} = input.shared;
  const {eps} = input.options;
  const [x1, y1, x2, y2] = input.target;
  const angle = angleCost(dx, dy, eps);
  const gamma: Sloped = {value: 2 - angle.value, slope: through(angle, 0, -1).slope};
  const distance = sum(
    saturating(product(gamma, ratio(squared(dx), squared(enclosingWidth), eps))),
    saturating(product(gamma, ratio(squared(dy), squared(enclosingHeight), eps)))
  );
  const shape = sum(sizeCost(width, x2 - x1, eps), sizeCost(height, y2 - y1, eps));
  const both = sum(distance, shape);
  const {value, slope} = through(both, both.value / 2, 0.5);
  return {
    value,
    slope,
    terms: () => ({
      dx: dx.value,
      dy: dy.value,
      enclosingWidth: enclosingWidth.value,
      enclosingHeight: enclosingHeight.value,
      angleCost: angle.value,
      gamma: gamma.value,
      distanceCost: distance.value,
      shapeCost: shape.value
    })
  };
}

/** Λ = 2 |dx| |dy| / (dx² + dy²). */
function angleCost(dx: Sloped, dy: Sloped, eps: number): Sloped {
  const cross = product(absolute(dx), absolute(dy));
  return ratio(through(cross, 2 * cross.value, 2), sum(squared(dx), squared(dy)), eps * eps);
}

/** 1 − exp(−a). */
function saturating(a: Sloped): Sloped {
  const decay = Math.exp(-a.value);
  return through(a, 1 - decay, decay);
}

/** (1 − exp(−ω))^θ, ω the difference of two sizes over the larger. */
function sizeCost(size: Sloped, target: number, eps: number): Sloped {
  const offset: Sloped = {value: size.value - target, slope: size.slope};
  const share = size.value > target ? 1 : size.value < target ? 0 : 0.5;
  const larger = through(size, Math.max(size.value, target), share);
  const part = saturating(ratio(absolute(offset), larger, eps));
  return through(part, part.value ** theta, theta * part.value ** (theta - 1));
}

function absolute(a: Sloped): Sloped {
  return through(a, Math.abs(a.value), Math.sign(a.value));
}

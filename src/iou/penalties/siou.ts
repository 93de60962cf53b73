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
  const rho2 = sum(squared(dx), squared(dy));
  const angle = angleCost(dx, dy, rho2, eps);
  const gamma: Sloped = {value: 2 - angle.value, slope: through(angle, 0, -1).slope};
  const rhoX = ratio(squared(dx), squared(enclosingWidth), eps);
  const rhoY = ratio(squared(dy), squared(enclosingHeight), eps);
  const distance = sum(saturating(product(gamma, rhoX)), saturating(product(gamma, rhoY)));
  const omegaW = sizeDifference(width, x2 - x1, eps);
  const omegaH = sizeDifference(height, y2 - y1, eps);
  const shape = sum(sizeCost(omegaW), sizeCost(omegaH));
  const both = sum(distance, shape);
  const {value, slope} = through(both, both.value / 2, 0.5);
  return {
    value,
    slope,
    terms: () => ({
      dx: dx.value,
      dy: dy.value,
      centerDistance2: rho2.value,
      enclosingWidth: enclosingWidth.value,
      enclosingHeight: enclosingHeight.value,
      angleCost: angle.value,
      gamma: gamma.value,
      rhoX: rhoX.value,
      rhoY: rhoY.value,
      omegaW: omegaW.value,
      omegaH: omegaH.value,
      width: width.value,
      height: height.value,
      targetWidth: x2 - x1,
      targetHeight: y2 - y1,
      distanceCost: distance.value,
      shapeCost: shape.value
    })
  };
}

/** Λ = 2 |dx| |dy| / ρ², with ρ² = dx² + dy². */
function angleCost(dx: Sloped, dy: Sloped, rho2: Sloped, eps: number): Sloped {
  const cross = product(absolute(dx), absolute(dy));
  return ratio(through(cross, 2 * cross.value, 2), rho2, eps * eps);
}

/** 1 − exp(−a). */
function saturating(a: Sloped): Sloped {
  const decay = Math.exp(-a.value);
  return through(a, 1 - decay, decay);
}

/** ω: the difference of two sizes over the larger. */
function sizeDifference(size: Sloped, target: number, eps: number): Sloped {
  const offset: Sloped = {value: size.value - target, slope: size.slope};
  const share = size.value > target ? 1 : size.value < target ? 0 : 0.5;
  const larger = through(size, Math.max(size.value, target), share);
  return ratio(absolute(offset), larger, eps);
}

/** (1 − exp(−ω))^θ. */
function sizeCost(omega: Sloped): Sloped {
  const part = saturating(omega);
  return through(part, part.value ** theta, theta * part.value ** (theta - 1));
}

function absolute(a: Sloped): Sloped {
  return through(a, Math.abs(a.value), Math.sign(a.value));
}

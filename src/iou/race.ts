/** Several losses descend from the same start; what became of each. */
import {toCenter} from "./box.js";
import type {Box} from "./box.js";
import {descend} from "./regression.js";
import type {DescentKind, DescentOptions, DescentStep} from "./regression.js";

/** How a descent went: it moved, or a loss without slope left it standing, or it left all bounds. */
export interface Lane {
  readonly kind: DescentKind;
  /** Step 0 is the start. Ends early where the descent diverged. */
  readonly path: readonly DescentStep[];
  /** First step at which the loss has no slope though the boxes differ, or null. */
  readonly blindFrom: number | null;
  /** Step at which the box had no width or height left, or was beyond all bounds, or null. */
  readonly divergedAt: number | null;
}

/** Sides beyond this many times the target's are no longer a search for it. */
const bounds = 1000;

/** Runs every loss from `start` to `target` (boxes by their corners). */
export function race(kinds: readonly DescentKind[], start: Box, target: Box, options: DescentOptions): readonly Lane[] {
  return kinds.map((kind) => {
    const path: DescentStep[] = [];
    for (const step of descend(kind, toCenter(start), toCenter(target), options)) {
      path.push(step);
      if (hasDiverged(step, target)) break;
    }
    const last = path[path.length - 1]!;
    const blind = path.findIndex(({steepness, error}) => steepness === 0 && error > 1e-6);
    return {
      kind,
      path,
      blindFrom: blind < 0 ? null : blind,
      divergedAt: hasDiverged(last, target) ? last.step : null
    };
  });
}

function hasDiverged({box: [, , w, h], error}: DescentStep, target: Box): boolean {
  const size = Math.max(target[2] - target[0], target[3] - target[1]);
  return !(w > 0 && h > 0 && error < bounds * size);
}

/** The paper's schedule stretched to any number of steps: the rate, a tenth of it from 80 %, a hundredth from 90 %. */
export function steppedRate(rate: number, steps: number): (step: number) => number {
  return (step) => rate * (step < 0.8 * steps ? 1 : step < 0.9 * steps ? 0.1 : 0.01);
}

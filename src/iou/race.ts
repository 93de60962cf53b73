/** Several losses descend from the same start; what became of each. */
import {toCenter} from "./box.js";
import type {Box} from "./box.js";
import {coordinateError, descend} from "./regression.js";
import type {DescentKind, DescentOptions, DescentStep} from "./regression.js";

/** How a descent went: it moved, or a loss without slope left it standing, or it left all bounds. */
export interface Lane {
  readonly kind: DescentKind;
  /** Step 0 is the start. Ends early where the descent diverged. */
  readonly path: readonly DescentStep[];
  /** First step at which the loss has no slope though the boxes differ, or null: from there on it stands still. */
  readonly blindFrom: number | null;
  /** Step at which the box turned inside out, or was beyond all bounds, or null. */
  readonly divergedAt: number | null;
}

/** An error this many times the size of the scene (target and way to it) is no longer a search. */
const bounds = 1000;

/** Runs every loss from `start` to `target` (boxes by their corners). */
export function race(
  kinds: readonly DescentKind[],
  start: Box,
  target: Box,
  options: DescentOptions
): readonly Lane[] {
  return kinds.map((kind) => lane(kind, start, target, options));
}

function lane(kind: DescentKind, start: Box, target: Box, options: DescentOptions): Lane {
  const path: DescentStep[] = [];
  let divergedAt: number | null = null;
  const goal = toCenter(target);
  const limit = bounds * (coordinateError(toCenter(start), goal) + goal[2] + goal[3]);
  for (const step of descend(kind, toCenter(start), goal, options)) {
    if (hasDiverged(step, limit)) divergedAt = step.step;
    if (isFiniteStep(step)) path.push(step);
    if (divergedAt !== null) break;
  }
  const blind = path.findIndex(({steepness, error}) => steepness === 0 && error > 1e-6);
  const blindFrom = blind < 0 || path[blind]!.step === divergedAt ? null : blind;
  return {kind, path, blindFrom, divergedAt};
}

/** The lane at a step; one that ended before stays where it ended. */
export function laneAt({path}: Lane, step: number): DescentStep {
  return path[Math.min(step, path.length - 1)]!;
}

function hasDiverged({box: [, , w, h], error}: DescentStep, limit: number): boolean {
  return !(w >= 0 && h >= 0 && error <= limit);
}

/** Too large a step from too thin a box may leave the numbers altogether. */
function isFiniteStep({box, loss}: DescentStep): boolean {
  return box.every(Number.isFinite) && Number.isFinite(loss);
}

/** Steps at which the paper's learning rate falls to a tenth, and to a hundredth, stretched to any number of steps. */
export function rateDrops(steps: number): readonly [number, number] {
  return [0.8 * steps, 0.9 * steps];
}

/** The paper's schedule: the rate, a tenth of it from 80 % of the steps, a hundredth from 90 %. */
export function steppedRate(rate: number, steps: number): (step: number) => number {
  const [tenth, hundredth] = rateDrops(steps);
  return (step) => rate * (step < tenth ? 1 : step < hundredth ? 0.1 : 0.01);
}

/** The simulation's cases on the backend, in blocks of points of which one moves in one short dispatch. */
import {slice, tensor1d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {runKernel} from "../compute/kernel.js";
import {affordable} from "../compute/pace.js";
import type {AnchorPoint} from "./experiment.js";
import {advance, groupsPerPoint, startState, stateSize} from "./experiment.kernel.js";
import type {AdvanceParams} from "./experiment.kernel.js";

/** What a move is, but for the number of points. */
export type Move = Omit<AdvanceParams, "points">;

export interface Block {
  readonly points: number;
  /** The boxes, packed as in experiment.kernel.ts; replaced at each move. */
  state: Tensor;
}

// Enough that the measured time is not all overhead, few enough for the slowest machine.
const samplePoints = 50;

/** Equal blocks, as large as the time of a dispatch allows, judged by two moves of a sample: the first compiles. */
export async function cutIntoBlocks(points: readonly AnchorPoint[], move: Move): Promise<readonly Block[]> {
  const sample = createBlock(points.slice(0, samplePoints));
  try {
    await moveBlock(sample, move);
    const start = performance.now();
    await moveBlock(sample, move);
    const most = affordable(sample.points, performance.now() - start);
    const size = Math.ceil(points.length / Math.ceil(points.length / most));
    return Array.from({length: Math.ceil(points.length / size)}, (_, i) => createBlock(points.slice(i * size, (i + 1) * size)));
  } finally {
    sample.state.dispose();
  }
}

/** Moves all cases of a block. @returns the groups' error sums, [steps + 1][groups] */
export async function moveBlock(block: Block, move: Move): Promise<Float32Array> {
  const moved = runKernel(advance, [block.state], {...move, points: block.points});
  block.state.dispose();
  block.state = moved;
  const errors = slice(moved, stateSize(block.points), (move.steps + 1) * groupsPerPoint * block.points);
  try {
    return (await errors.data()) as Float32Array;
  } finally {
    errors.dispose();
  }
}

function createBlock(points: readonly AnchorPoint[]): Block {
  return {points: points.length, state: tensor1d(startState(points))};
}

/** The simulation's cases on the backend, in blocks of points of which one moves in one short dispatch. */
import {slice, tensor1d} from "@tensorflow/tfjs-core";
import type {Tensor} from "@tensorflow/tfjs-core";
import {taskBreaks} from "../compute/frame.js";
import {runKernel} from "../compute/kernel.js";
import {affordable} from "../compute/pace.js";
import type {CaseMove} from "./experiment-case.js";
import type {AnchorPoint} from "./experiment.js";
import {advance, groupsPerPoint, startState, stateSize} from "./experiment.kernel.js";

export interface Block {
  readonly points: number;
  /** The boxes, packed as in experiment.kernel.ts; replaced at each move. */
  state: Tensor;
}

// Enough that the measured time is not all overhead, few enough for the slowest machine.
const samplePoints = 50;

// Few sizes, because TensorFlow.js keeps freed buffers for others of exactly their size.
const blockSizes = [5000, 2500, 1250, 1000, 500, 400, 250, 200, 125, 100, 50, 25, 10, 5, 1];

/** Blocks as large as the time of a dispatch allows. */
export async function cutIntoBlocks(points: readonly AnchorPoint[], move: CaseMove): Promise<readonly Block[]> {
  const perPoint = await timePerPoint(points.slice(0, samplePoints), move);
  const size = blockSizes.find((size) => size <= affordable(1, perPoint)) ?? 1;
  const blocks: Block[] = [];
  // 27 MB of starting boxes at 5,000 points: made a block at a time, so that the page can answer between them.
  const taskBreak = taskBreaks();
  for (let from = 0; from < points.length; from += size) {
    blocks.push(createBlock(points.slice(from, from + size)));
    await taskBreak();
  }
  return blocks;
}

/** Milliseconds that a move takes for each point: the best of three, of which the first compiles. */
export async function timePerPoint(sample: readonly AnchorPoint[], move: CaseMove): Promise<number> {
  const taskBreak = taskBreaks();
  const block = createBlock(sample);
  let best = Infinity;
  try {
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      await moveBlock(block, move);
      best = Math.min(best, performance.now() - start);
      await taskBreak();
    }
    return best / sample.length;
  } finally {
    block.state.dispose();
  }
}

/** Moves all cases of a block. @returns the groups' error sums, [steps + 1][groups] */
export async function moveBlock(block: Block, move: CaseMove): Promise<Float32Array> {
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

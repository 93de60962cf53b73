/** All pairs of two sets of boxes at once, on the backend that runs. */
import {tensor1d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {taskBreaks} from "../compute/frame.js";
import {defineKernel, runKernel} from "../compute/kernel.js";
import {createPace} from "../compute/pace.js";
import type {Random} from "../compute/random.js";
import {despiteLoss} from "../compute/retry.js";
import type {Box} from "./box.js";
import {lossWgsl} from "./losses.wgsl.js";
import {ciou, diou, giou, iou} from "./measure.js";

export const measureKinds = ["iou", "giou", "diou", "ciou"] as const;
export type MeasureKind = (typeof measureKinds)[number];

const measures = {iou, giou, diou, ciou};

// torchvision's distance_box_iou and complete_box_iou have an eps, box_iou and generalized_box_iou none.
const epsOf = {iou: 0, giou: 0, diou: 1e-7, ciou: 1e-7};

/** [n × 4] and [m × 4] corners to [n × m] measures, as torchvision's pairwise functions. */
export const matrix = defineKernel<{readonly kind: MeasureKind; readonly eps: number; readonly columns: number}>({
  name: "iou/matrix",
  inputs: ["a", "b"],
  uniforms: {eps: "f32", columns: "i32"},
  key: ({kind}) => kind,
  outputShape: ({columns}, [a]) => [(a![0]! / 4) * columns],
  wgsl: ({kind}) => `${lossWgsl(kind)}
    fn invoke(index : i32) {
      let i = 4 * (index / uniforms.columns);
      let j = 4 * (index % uniforms.columns);
      result[index] = measure(
        vec4<f32>(a[i], a[i + 1], a[i + 2], a[i + 3]),
        vec4<f32>(b[j], b[j + 1], b[j + 2], b[j + 3])
      );
    }`,
  cpu([a, b], {kind, columns}, output) {
    for (let index = 0; index < output.length; index++)
      output[index] = measures[kind](boxAt(a!, Math.floor(index / columns)), boxAt(b!, index % columns));
  },
  example(random) {
    const kind = measureKinds[Math.floor(4 * random())]!;
    const inputs = [7, 5].map((count) => ({values: randomBoxes(count, random), shape: [4 * count]}));
    return {inputs, params: {kind, eps: epsOf[kind], columns: 5}};
  }
});

// Pairs in a chunk: many enough to fill a GPU, few enough to be done in a moment wherever it runs.
const chunkSizes = Array.from({length: 9}, (_, i) => 2 ** (14 + i));

/**
 * Measures every box of `a` against every box of `b`, in chunks of rows. @returns row by row, [n × m]; NaN where a
 * measure is 0/0. Throws a RangeError where a length is no multiple of 4.
 */
export async function pairwise(a: Float32Array, b: Float32Array, kind: MeasureKind): Promise<Float32Array> {
  for (const {length} of [a, b])
    if (length % 4 !== 0) throw new RangeError(`boxes are four numbers each, but there are ${length}`);
  const [rows, columns] = [a.length / 4, b.length / 4];
  const measured = new Float32Array(rows * columns);
  if (measured.length === 0) return measured;
  await startBackend();
  const pace = createPace({sizes: chunkSizes});
  const taskBreak = taskBreaks();
  for (let row = 0, count = 0; row < rows; row += count) {
    count = Math.min(rows - row, Math.max(1, Math.floor(pace.size() / columns)));
    const start = performance.now();
    const some = a.subarray(4 * row, 4 * (row + count));
    measured.set(await despiteLoss(() => rowsAgainst(some, b, kind)), row * columns);
    pace.measured(count * columns, performance.now() - start);
    await taskBreak();
  }
  return measured;
}

async function rowsAgainst(a: Float32Array, b: Float32Array, kind: MeasureKind): Promise<Float32Array> {
  const inputs = [tensor1d(a), tensor1d(b)];
  const output = runKernel(matrix, inputs, {kind, eps: epsOf[kind], columns: b.length / 4});
  try {
    return (await output.data()) as Float32Array;
  } finally {
    for (const used of [output, ...inputs]) used.dispose();
  }
}

function boxAt(boxes: Float32Array, index: number): Box {
  return boxes.subarray(4 * index, 4 * index + 4) as unknown as Box;
}

function randomBoxes(count: number, random: Random): Float32Array {
  const boxes = new Float32Array(4 * count);
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y] = [4 * random(), 4 * random()];
    boxes.set([x, y, x + 3 * random() + 0.05, y + 3 * random() + 0.05], i);
  }
  return boxes;
}

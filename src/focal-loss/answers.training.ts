/** What trained networks answer at points, on the active backend, in dispatches short enough to stay responsive. */
import {tensor2d} from "@tensorflow/tfjs-core";
import {startBackend} from "../compute/backend.js";
import {runKernel} from "../compute/kernel.js";
import {despiteLoss} from "../compute/retry.js";
import {activity} from "../networks/activity.kernel.js";
import {settingsStride} from "../networks/straight.wgsl.js";
import {tanhUnits} from "./tanh-units.js";

/** Answers in a dispatch. */
const most = 60_000;

export interface Asked {
  readonly layers: readonly number[];
  /** [networks][stride]: their rows, of an ensemble trained by Adam with tanh units. */
  readonly rows: Float32Array;
  readonly stride: number;
  /** [count][inputs]. */
  readonly points: Float32Array;
}

/** Logits, [points][outputs], of each network in turn. */
export async function* answersOf({layers, rows, stride, points}: Asked): AsyncGenerator<Float32Array, void> {
  const [networks, count, outputs] = [rows.length / stride, points.length / layers[0]!, layers[layers.length - 1]!];
  const atOnce = Math.max(1, Math.floor(most / count));
  for (let from = 0; from < networks; from += atOnce) {
    const some = rows.subarray(from * stride, Math.min(networks, from + atOnce) * stride);
    const logits = await despiteLoss(() => ask(layers, some, stride, points));
    const size = count * outputs;
    for (let at = 0; at < logits.length; at += size) yield logits.subarray(at, at + size);
  }
}

async function ask(layers: readonly number[], rows: Float32Array, stride: number, points: Float32Array): Promise<Float32Array> {
  await startBackend();
  const [networks, count] = [rows.length / stride, points.length / layers[0]!];
  const inputs = [
    tensor2d(rows, [networks, stride]),
    tensor2d(new Float32Array(networks * settingsStride), [networks, settingsStride]),
    tensor2d(points, [count, layers[0]!])
  ];
  const params = {layers, activation: tanhUnits, optimizer: "adam", units: false, points: count} as const;
  const output = runKernel(activity, inputs, params);
  try {
    return (await output.data()) as Float32Array;
  } finally {
    for (const used of [...inputs, output]) used.dispose();
  }
}

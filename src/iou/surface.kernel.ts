/** The loss and its slope as the predicted box moves over the plane or changes size: a landscape, pixel by pixel. */
import {defineKernel, runKernel} from "../compute/kernel.js";
import {despiteLoss} from "../compute/retry.js";
import {toCenter, toCorners} from "./box.js";
import type {Box, CenterBox} from "./box.js";
import {boxLoss, lossKinds} from "./loss.js";
import type {LossKind} from "./loss.js";
import {lossUniforms, lossWgsl} from "./losses.wgsl.js";
import type {LossOptions} from "./penalties/penalty.js";

/** The plane's axes: the predicted box's centre (x, y), its size held, or its size (w, h), its centre held. */
export type Moving = "center" | "size";

export interface SurfaceView {
  readonly prediction: Box;
  readonly target: Box;
  readonly moving: Moving;
  /** The plane's ends along x or w, and along y or h, in the boxes' unit. */
  readonly across: readonly [from: number, to: number];
  readonly down: readonly [from: number, to: number];
  /** Pixels. Each shows its middle. */
  readonly columns: number;
  readonly rows: number;
  readonly options?: LossOptions;
}

interface SurfaceParams extends Required<LossOptions> {
  readonly kind: LossKind;
  readonly moving: Moving;
  readonly columns: number;
  readonly rows: number;
  readonly acrossFrom: number;
  readonly acrossStep: number;
  readonly downFrom: number;
  readonly downStep: number;
  /** What does not move of the prediction: w and h, or x and y. */
  readonly heldX: number;
  readonly heldY: number;
  readonly goalX1: number;
  readonly goalY1: number;
  readonly goalX2: number;
  readonly goalY2: number;
}

/** [rows, columns, 3]: the loss, and its derivatives along the two moving numbers. */
export const surface = defineKernel<SurfaceParams>({
  name: "iou/surface",
  inputs: [],
  uniforms: {
    ...lossUniforms,
    columns: "i32",
    acrossFrom: "f32",
    acrossStep: "f32",
    downFrom: "f32",
    downStep: "f32",
    heldX: "f32",
    heldY: "f32",
    goalX1: "f32",
    goalY1: "f32",
    goalX2: "f32",
    goalY2: "f32"
  },
  key: ({kind, moving}) => `${kind} ${moving}`,
  outputShape: ({rows, columns}) => [rows, columns, 3],
  invocations: ({rows, columns}) => rows * columns,
  wgsl: ({kind, moving}) => `${lossWgsl(kind)}
    fn invoke(index : i32) {
      let pixel = vec2<f32>(f32(index % uniforms.columns), f32(index / uniforms.columns));
      let moving = vec2<f32>(uniforms.acrossFrom, uniforms.downFrom)
        + pixel * vec2<f32>(uniforms.acrossStep, uniforms.downStep);
      let held = vec2<f32>(uniforms.heldX, uniforms.heldY);
      let center = ${moving === "center" ? "moving" : "held"};
      let reach = 0.5 * ${moving === "center" ? "held" : "moving"};
      let goal = vec4<f32>(uniforms.goalX1, uniforms.goalY1, uniforms.goalX2, uniforms.goalY2);
      let at = loss(vec4<f32>(center - reach, center + reach), goal);
      let slope = ${moving === "center" ? "at.slope.xy + at.slope.zw" : "0.5 * (at.slope.zw - at.slope.xy)"};
      result[3 * index] = at.value;
      result[3 * index + 1] = slope.x;
      result[3 * index + 2] = slope.y;
    }`,
  cpu(_, params, output) {
    const {kind, moving, columns, rows, eps, imageWidth, imageHeight, alpha} = params;
    const options = {eps, imageWidth, imageHeight, alpha};
    const goal: Box = [params.goalX1, params.goalY1, params.goalX2, params.goalY2];
    for (let index = 0; index < rows * columns; index++) {
      const across = params.acrossFrom + (index % columns) * params.acrossStep;
      const down = params.downFrom + Math.floor(index / columns) * params.downStep;
      const box: CenterBox =
        moving === "center" ? [across, down, params.heldX, params.heldY] : [params.heldX, params.heldY, across, down];
      const {value, gradient} = boxLoss(kind, toCorners(box), goal, options);
      output.set([value, ...alongMoving(moving, gradient)], 3 * index);
    }
  },
  example(random) {
    const [w, h, x, y] = [random() + 0.5, random() + 0.5, 2 * random(), 2 * random()];
    const view: SurfaceView = {
      prediction: toCorners([x, y, w, h]),
      target: toCorners([1, 1, random() + 0.4, random() + 0.4]),
      moving: random() < 0.5 ? "center" : "size",
      across: [0.1 + 0.1 * random(), 3],
      down: [0.1 + 0.1 * random(), 3],
      columns: 9,
      rows: 8
    };
    return {inputs: [], params: paramsOf(lossKinds[Math.floor(lossKinds.length * random())]!, view)};
  }
});

/**
 * The surfaces of some losses over the same plane: [rows, columns, 3] each, the loss and its derivatives along x and y
 * (or w and h). All are computed before the first is read, so that a figure redraws once.
 */
export function lossSurfaces<K extends LossKind>(
  kinds: readonly K[],
  view: SurfaceView
): Promise<Readonly<Record<K, Float32Array>>> {
  return despiteLoss(async () => {
    const outputs = kinds.map((kind) => runKernel(surface, [], paramsOf(kind, view)));
    try {
      const values = await Promise.all(outputs.map((output) => output.data()));
      return Object.fromEntries(kinds.map((kind, i) => [kind, values[i]])) as Record<K, Float32Array>;
    } finally {
      for (const output of outputs) output.dispose();
    }
  });
}

/** The derivative along centre or size, from that along the corners. */
function alongMoving(moving: Moving, [x1, y1, x2, y2]: Box): readonly [number, number] {
  return moving === "center" ? [x1 + x2, y1 + y2] : [(x2 - x1) / 2, (y2 - y1) / 2];
}

function paramsOf(kind: LossKind, view: SurfaceView): SurfaceParams {
  const {prediction, target, moving, across, down, columns, rows, options} = view;
  const [x, y, w, h] = toCenter(prediction);
  const acrossStep = (across[1] - across[0]) / columns;
  const downStep = (down[1] - down[0]) / rows;
  return {
    eps: 1e-7,
    imageWidth: 640,
    imageHeight: 640,
    alpha: 3,
    ...options,
    kind,
    moving,
    columns,
    rows,
    acrossFrom: across[0] + acrossStep / 2,
    acrossStep,
    downFrom: down[0] + downStep / 2,
    downStep,
    heldX: moving === "center" ? w : x,
    heldY: moving === "center" ? h : y,
    goalX1: target[0],
    goalY1: target[1],
    goalX2: target[2],
    goalY2: target[3]
  };
}

/** What networks answer at many points: their outputs, or also every hidden unit's activation. */
import {defineKernel} from "../compute/kernel.js";
import type {HostTensor} from "../compute/kernel.js";
import type {Activation} from "./activation.js";
import {exampleActivations} from "./example-activations.js";
import {layoutOf, rowOf} from "./layout.js";
import type {OptimizerKind} from "./optimizer.js";
import {squaredLoss} from "./loss.js";
import {forward, newPass} from "./perceptron.js";
import {mostStraightParameters, settingsStride} from "./straight.wgsl.js";

export interface ActivityParams {
  readonly layers: readonly number[];
  readonly activation: Activation;
  readonly optimizer: OptimizerKind;
  /** Whether the hidden units' activations stand before the outputs. */
  readonly units: boolean;
  readonly points: number;
}

/** [networks, points, hidden units (if asked for) + outputs]. Outputs are logits. */
export const activity = defineKernel<ActivityParams>({
  name: "networks/activity",
  inputs: ["state", "settings", "data"],
  uniforms: {points: "i32"},
  key: ({layers, activation, optimizer, units}) => `${layers.join("-")} ${activation.name} ${optimizer} ${units}`,
  outputShape: ({points, ...params}, [state]) => [state![0]!, points, columnsOf(params)],
  invocations: ({points}, [state]) => state![0]! * points,
  wgsl: activityWgsl,
  cpu([state, settings, data], params, output) {
    const {layout, stride} = shapeOf(params);
    const pass = newPass(layout);
    const [inputs, columns] = [params.layers[0]!, columnsOf(params)];
    for (let index = 0; index < output.length / columns; index++) {
      const network = Math.floor(index / params.points);
      const [, a = 0, b = 0] = settings!.subarray(network * settingsStride);
      const net = {layout, activation: params.activation, loss: squaredLoss, activationParams: [a, b], lossParams: [0, 0]} as const;
      forward(net, state!.subarray(network * stride), data!, (index % params.points) * inputs, pass);
      if (params.units) output.set(pass.post.subarray(inputs), index * columns);
      output.set(pass.pre.subarray(layout.units), (index + 1) * columns - (pass.pre.length - layout.units));
    }
  },
  example(random) {
    const activation = exampleActivations[Math.floor(exampleActivations.length * random())]!;
    const layers = random() < 0.5 ? [2, 4, 3, 2] : [2, 24, 25, 1];
    const [networks, points, {stride}] = [3, 7, shapeOf({layers, activation, optimizer: "sgd"})];
    const numbers = (rows: number, columns: number): HostTensor => ({
      values: Float32Array.from({length: rows * columns}, () => random() - 0.5),
      shape: [rows, columns]
    });
    return {
      inputs: [numbers(networks, stride), numbers(networks, settingsStride), numbers(points, 2)],
      params: {layers, activation, optimizer: "sgd", units: random() < 0.5, points}
    };
  }
});

function shapeOf({layers, activation, optimizer}: Pick<ActivityParams, "layers" | "activation" | "optimizer">) {
  const layout = layoutOf(layers, activation.byParameter !== undefined);
  return {layout, stride: rowOf(layout, optimizer).stride};
}

function columnsOf({layers, units}: Pick<ActivityParams, "layers" | "units">): number {
  return layers.slice(units ? 1 : -1).reduce((sum, size) => sum + size, 0);
}

/** Layer by layer, written out while a layer is small: reading a weight from memory costs more than the code's length. */
function activityWgsl(params: ActivityParams): string {
  const {layers, activation, units} = params;
  const {layout, stride} = shapeOf(params);
  const [columns, widest] = [columnsOf(params), Math.max(...layers)];
  const written = layout.parameters <= mostStraightParameters;
  const text = layers.slice(1).map((size, index) => {
    const fan = layers[index]!;
    const hidden = index < layers.length - 2;
    const p = activation.byParameter ? `vec2<f32>(state[base + ${layout.learned + index}], 0.0)` : "p";
    const place = hidden ? layout.firstUnit[index]! : columns - size;
    const [below, here] = [`a${index}`, `a${index + 1}`];
    if (!written)
      return `
  for (var o = 0; o < ${size}; o++) {
    var z = state[base + ${layout.biases[index]!} + o];
    for (var i = 0; i < ${fan}; i++) { z += state[base + ${layout.weights[index]!} + o * ${fan} + i] * ${index % 2 ? "odd" : "even"}[i]; }
    let value = ${hidden ? `activation(z, ${p})` : "z"};
    ${index % 2 ? "even" : "odd"}[o] = value;
    ${units || !hidden ? `result[to + ${place} + o] = value;` : ""}
  }`;
    return Array.from({length: size}, (_, o) => {
      const terms = Array.from({length: fan}, (_, i) => `state[base + ${layout.weights[index]! + o * fan + i}] * ${below}_${i}`);
      const z = [`state[base + ${layout.biases[index]! + o}]`, ...terms].join(" + ");
      return `let ${here}_${o} = ${hidden ? `activation(${z}, ${p})` : z};
  ${units || !hidden ? `result[to + ${place + o}] = ${here}_${o};` : ""}`;
    }).join("\n");
  });
  const inputs = Array.from({length: layers[0]!}, (_, i) => {
    const value = `data[(index % uniforms.points) * ${layers[0]!} + ${i}]`;
    return written ? `let a0_${i} = ${value};` : `even[${i}] = ${value};`;
  });
  const drawn = activation.randomised ? "vec2<f32>(0.5 * (both.x + both.y))" : "both";
  return `${activation.wgsl}
fn invoke(index : i32) {
  let network = index / uniforms.points;
  let base = network * ${stride};
  let to = index * ${columns};
  let both = vec2<f32>(settings[network * ${settingsStride} + 1], settings[network * ${settingsStride} + 2]);
  let p = ${drawn};
  ${written ? "" : `var even : array<f32, ${widest}>;\n  var odd : array<f32, ${widest}>;`}
  ${inputs.join("\n  ")}
  ${text.join("\n")}
}`;
}

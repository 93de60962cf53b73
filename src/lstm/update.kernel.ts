/** Adam, gradient descent and clipping as a kernel: one workgroup, since the norm needs all of the gradient. */
import {defineKernel} from "../compute/kernel.js";
import {beta1, beta2, epsilon, corrections, stateSize, update} from "./update.js";
import type {Optimizer, UpdateParams} from "./update.js";
import {parts} from "./whole-gradient.js";

const members = 256;

/** State and gradient → state. */
export const updateKernel = defineKernel<UpdateParams>({
  name: "lstm/update",
  inputs: ["state", "gradient"],
  uniforms: {parameters: "i32", rate: "f32", clip: "f32", correction1: "f32", correction2: "f32"},
  together: true,
  workgroupSize: members,
  key: ({optimizer}) => optimizer,
  invocations: () => members,
  outputShape: ({parameters}) => [stateSize(parameters)],
  wgsl: ({optimizer}) => updateWgsl(optimizer),
  cpu: ([state, gradient], params, output) => update(state!, gradient!, params, output),
  example(random) {
    const parameters = 300;
    const values = Float32Array.from({length: stateSize(parameters)}, (_, i) => (i < 2 * parameters ? random() - 0.5 : random()));
    const gradient = Float32Array.from({length: (parameters + 2) * parts}, () => random() - 0.5);
    const optimizer = random() < 0.5 ? "adam" : "sgd";
    return {
      inputs: [{values, shape: [values.length]}, {values: gradient, shape: [gradient.length]}],
      params: {optimizer, parameters, rate: 0.01, clip: random() < 0.5 ? 0 : 1, ...corrections(1 + Math.floor(9 * random()))}
    };
  }
});

const move: Readonly<Record<Optimizer, string>> = {
  sgd: `
      result[n + i] = state[n + i];
      result[2 * n + i] = state[2 * n + i];
      result[i] = state[i] - uniforms.rate * slope;`,
  adam: `
      let mean = ${beta1} * state[n + i] + ${1 - beta1} * slope;
      let spread = ${beta2} * state[2 * n + i] + ${1 - beta2} * slope * slope;
      result[n + i] = mean;
      result[2 * n + i] = spread;
      result[i] = state[i] - uniforms.rate * mean / uniforms.correction1 / (sqrt(spread / uniforms.correction2) + ${epsilon});`
};

const updateWgsl = (optimizer: Optimizer) => `
  var<workgroup> squares : array<f32, ${members}>;
  fn whole(i : i32) -> f32 {
    return ${Array.from({length: parts}, (_, part) => `gradient[i * ${parts} + ${part}]`).join(" + ")};
  }
  fn invoke(index : i32) {
    let n = uniforms.parameters;
    var square = 0.0;
    for (var i = index; i < n; i += ${members}) { let slope = whole(i); square += slope * slope; }
    squares[index] = square;
    for (var half = ${members / 2}; half > 0; half /= 2) {
      workgroupBarrier();
      if (index < half) { squares[index] += squares[index + half]; }
    }
    workgroupBarrier();
    let norm = sqrt(squares[0]);
    let scale = select(1.0, uniforms.clip / max(norm, 1e-30), uniforms.clip > 0.0 && norm > uniforms.clip);
    for (var i = index; i < n; i += ${members}) {
      let slope = scale * whole(i);
      ${move[optimizer]}
    }
    if (index == 0) {
      result[3 * n] = norm;
      result[3 * n + 1] = whole(n);
      result[3 * n + 2] = whole(n + 1);
    }
  }`;

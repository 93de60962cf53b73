/**
 * WGSL for small networks: one invocation trains one network, its code written out for the shape, every weight a scalar
 * variable. No array is indexed, so a compiler keeps the numbers in registers (15 times faster on SwiftShader).
 */
import type {Activation} from "./activation.js";
import {reportOf} from "./layout.js";
import type {Layout, Row} from "./layout.js";
import type {Loss} from "./loss.js";
import type {OptimizerKind} from "./optimizer.js";
import {drawnAtWgsl} from "./randomised.js";

export interface NetworkCode {
  readonly layout: Layout;
  readonly row: Row;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly optimizer: OptimizerKind;
}

/** Numbers that belong to a network in the kernels' `settings`: rate, activation's two, loss's two, stream, seed, free. */
export const settingsStride = 8;

/** Up to how many parameters the code is written out: beyond, compiling it takes longer than it saves. */
export const mostStraightParameters = 640;

const lines = (count: number, line: (index: number) => string): string => Array.from({length: count}, (_, i) => line(i)).join("\n");
const sum = (terms: readonly string[]): string => terms.join(" + ");

/** The functions the code calls. */
export function functionsWgsl({activation, loss}: Pick<NetworkCode, "activation" | "loss">): string {
  return [activation.wgsl, activation.slopeOfValue ?? "", loss.wgsl, activation.byParameter?.wgsl ?? "", activation.randomised ? drawnAtWgsl : ""].join("\n");
}

/** WGSL lines for the parameters `p<unit>` of each unit's activation. */
function unitParams({activation, layout}: NetworkCode, layer: number, unit: number, evaluation: boolean): string {
  if (activation.byParameter) return `let p${unit} = vec2<f32>(w${layout.learned + layer - 1}, 0.0);`;
  if (!activation.randomised) return `let p${unit} = p;`;
  const share = evaluation ? "0.5" : `drawn_at(seed, u32(uniforms.start + s), u32(b), ${unit}u)`;
  return `let u${unit} = mix(p.x, p.y, ${share});
    let p${unit} = vec2<f32>(u${unit}, u${unit});`;
}

/** Forward through all layers: inputs `x0…`, units `z<unit>` and `a<unit>`, logits `z<units + output>`. */
function forwardLines(code: NetworkCode, evaluation = false): string {
  const {layers, weights, biases, units, firstUnit} = code.layout;
  const text: string[] = [];
  for (let layer = 1; layer < layers.length; layer++) {
    const fan = layers[layer - 1]!;
    const below = (i: number) => (layer === 1 ? `x${i}` : `a${firstUnit[layer - 2]! + i}`);
    for (let o = 0; o < layers[layer]!; o++) {
      const unit = (firstUnit[layer - 1] ?? units) + o;
      const row = weights[layer - 1]! + o * fan;
      const terms = Array.from({length: fan}, (_, i) => `w${row + i} * ${below(i)}`);
      text.push(`let z${unit} = ${sum([`w${biases[layer - 1]! + o}`, ...terms])};`);
      if (unit < units) text.push(unitParams(code, layer, unit, evaluation), `let a${unit} = activation(z${unit}, p${unit});`);
    }
  }
  return text.join("\n");
}

/** The loss of the logits, its derivatives `d<unit>`, and whether the outputs are right. */
function lossLines({layout, loss}: NetworkCode): string {
  const {layers, units} = layout;
  const outputs = layers[layers.length - 1]!;
  const target = (o: number) => `data[at + ${layers[0]! + o}]`;
  const each = lines(outputs, (o) => `let t${o} = ${target(o)};`);
  const logits = Array.from({length: outputs}, (_, o) => `z${units + o}`);
  if (loss.softmax) {
    const most = logits.reduce((a, b) => `max(${a}, ${b})`);
    const hit = logits.map((z, o) => `select(0.0, t${o}, ${z} == most)`);
    return `${each}
      let most = ${most};
      ${lines(outputs, (o) => `let e${o} = exp(z${units + o} - most);`)}
      let mass = ${sum(logits.map((_, o) => `e${o}`))};
      let sure = ${sum(logits.map((_, o) => `t${o}`))};
      ${lines(outputs, (o) => `let d${units + o} = sure * e${o} / mass - t${o};`)}
      loss_sum += ${sum(logits.map((z, o) => `t${o} * (log(mass) + most - ${z})`))};
      let right = (${sum(hit)}) > 0.5;`;
  }
  const right = logits.map((z, o) => `((${z} > ${loss.threshold.toFixed(3)}) == (t${o} > 0.5))`);
  return `${each}
      ${lines(outputs, (o) => `let l${o} = loss(z${units + o}, t${o}, q) / ${outputs}.0; let d${units + o} = l${o}.y;`)}
      loss_sum += ${sum(logits.map((_, o) => `l${o}.x`))};
      let right = ${right.join(" && ")};`;
}

/** Backward: adds to every `g<parameter>`. */
function backwardLines({layout, activation}: NetworkCode): string {
  const {layers, weights, biases, units, firstUnit, learned} = layout;
  const text: string[] = [];
  for (let layer = layers.length - 1; layer > 0; layer--) {
    const [fan, size] = [layers[layer - 1]!, layers[layer]!];
    const unit = firstUnit[layer - 1] ?? units;
    for (let o = 0; o < size; o++) {
      text.push(`g${biases[layer - 1]! + o} += d${unit + o};`);
      for (let i = 0; i < fan; i++) {
        const below = layer === 1 ? `x${i}` : `a${firstUnit[layer - 2]! + i}`;
        text.push(`g${weights[layer - 1]! + o * fan + i} += d${unit + o} * ${below};`);
      }
    }
    if (layer === 1) continue;
    for (let i = 0; i < fan; i++) {
      const below = firstUnit[layer - 2]! + i;
      const terms = Array.from({length: size}, (_, o) => `d${unit + o} * w${weights[layer - 1]! + o * fan + i}`);
      text.push(
        `let h${below} = ${sum(terms)};`,
        `let d${below} = h${below} * ${activation.slopeOfValue ? `slope_of_value(a${below}, p${below})` : `activation_slope(z${below}, p${below})`};`
      );
      if (activation.byParameter) text.push(`g${learned + layer - 2} += h${below} * activation_by_parameter(z${below}, p${below});`);
    }
  }
  return text.join("\n");
}

function updateLine(optimizer: OptimizerKind, k: number): string {
  if (optimizer === "sgd") return `w${k} -= rate * factor.x * (g${k} * share);`;
  if (optimizer === "momentum") return `m${k} = uniforms.momentum * m${k} + g${k} * share; w${k} -= rate * factor.x * m${k};`;
  return `{ let slope = g${k} * share;
    m${k} = uniforms.beta1 * m${k} + (1.0 - uniforms.beta1) * slope;
    v${k} = uniforms.beta2 * v${k} + (1.0 - uniforms.beta2) * slope * slope;
    w${k} -= rate * m${k} * factor.x / (sqrt(v${k} * factor.y) + uniforms.epsilon); }`;
}

/** What is read of the settings, in all mappings. */
export const settingsWgsl = `
  let own = network * ${settingsStride};
  let rate = settings[own];
  let p = vec2<f32>(settings[own + 1], settings[own + 2]);
  let q = vec2<f32>(settings[own + 3], settings[own + 4]);
  let stream = i32(settings[own + 5]);
  let seed = u32(settings[own + 6]);`;

/** `fn invoke(network)`: all steps of one network. */
export function straightTraining(code: NetworkCode): string {
  const {layout, row, optimizer} = code;
  const {layers, parameters} = layout;
  const copies = ["w", ...(optimizer === "sgd" ? [] : ["m"]), ...(optimizer === "adam" ? ["v"] : [])];
  const columns = layers[0]! + layers[layers.length - 1]!;
  const stateLines = (line: (name: string, at: number) => string) =>
    copies.map((copy, c) => lines(parameters, (k) => line(`${copy}${k}`, c * parameters + k))).join("\n");
  const norms = layout.weights.map((from, layer) => {
    const end = layout.biases[layer]! + layers[layer + 1]!;
    const squares = Array.from({length: end - from}, (_, k) => `g${from + k} * g${from + k}`);
    return `result[base + ${row.gradientNorm + layer}] = share * sqrt(${sum(squares)});`;
  });
  return `${functionsWgsl(code)}
fn invoke(network : i32) {
  let base = network * ${row.stride};
  ${settingsWgsl}
  ${stateLines((name, at) => `var ${name} = state[base + ${at}];`)}
  ${lines(parameters, (k) => `var g${k} = 0.0;`)}
  let share = 1.0 / f32(uniforms.batch);
  var loss_sum = 0.0;
  for (var s = 0; s < uniforms.steps; s++) {
    ${lines(parameters, (k) => `g${k} = 0.0;`)}
    for (var b = 0; b < uniforms.batch; b++) {
      let at = i32(batches[(stream * uniforms.steps + s) * uniforms.batch + b]) * ${columns};
      ${lines(layers[0]!, (i) => `let x${i} = data[at + ${i}];`)}
      ${forwardLines(code)}
      ${lossLines(code)}
      ${backwardLines(code)}
    }
    let factor = vec2<f32>(factors[2 * s], factors[2 * s + 1]);
    ${lines(parameters, (k) => updateLine(optimizer, k))}
  }
  ${stateLines((name, at) => `result[base + ${at}] = ${name};`)}
  result[base + ${row.batchLoss}] = loss_sum * share / max(1.0, f32(uniforms.steps));
  ${norms.join("\n")}
}`;
}

/** `fn invoke(network)`: one network over the points reported on, in evaluation mode. */
export function straightReport(code: NetworkCode): string {
  const {layout, row} = code;
  const {layers, units} = layout;
  const at = reportOf(layout);
  const columns = layers[0]! + layers[layers.length - 1]!;
  return `${functionsWgsl(code)}
fn invoke(network : i32) {
  let base = network * ${row.stride};
  let to = network * ${at.length};
  ${settingsWgsl}
  ${lines(layout.parameters, (k) => `let w${k} = state[base + ${k}];`)}
  ${lines(units, (u) => `var sum${u} = 0.0; var square${u} = 0.0; var silent${u} = 0.0;`)}
  var loss_sum = 0.0;
  var correct = 0.0;
  for (var b = 0; b < uniforms.reportCount; b++) {
    let at = (uniforms.reportFrom + b) * ${columns};
    ${lines(layers[0]!, (i) => `let x${i} = data[at + ${i}];`)}
    ${forwardLines(code, true)}
    ${lossLines(code)}
    correct += select(0.0, 1.0, right);
    ${lines(
      units,
      (u) => `sum${u} += a${u}; square${u} += a${u} * a${u};
    silent${u} += select(0.0, 1.0, activation_slope(z${u}, p${u}) == 0.0);`
    )}
  }
  let share = 1.0 / f32(uniforms.reportCount);
  result[to + ${at.loss}] = loss_sum * share;
  result[to + ${at.accuracy}] = correct * share;
  ${lines(
    units,
    (u) => `result[to + ${at.mean + u}] = sum${u} * share;
  result[to + ${at.variance + u}] = max(0.0, (square${u} - sum${u} * sum${u} * share) * share);
  result[to + ${at.silent + u}] = silent${u} * share;`
  )}
}`;
}

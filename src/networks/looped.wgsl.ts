/**
 * WGSL for networks too large to be written out, on adapters whose invocations are a processor's threads: one invocation
 * trains one network, four samples of a batch at a time, looping over each layer's units; a unit's inputs are written out.
 * A software adapter pays for barriers and for indexed arrays; this has none of the first and few of the second.
 */
import {reportOf} from "./layout.js";
import {rowMove} from "./row-move.wgsl.js";
import {functionsWgsl, settingsWgsl} from "./straight.wgsl.js";
import type {NetworkCode} from "./straight.wgsl.js";

const parts = ["x", "y", "z", "w"] as const;
const lines = (count: number, line: (index: number) => string): string => Array.from({length: count}, (_, i) => line(i)).join("\n");
const four = (part: (name: string, c: number) => string): string => `vec4<f32>(${parts.map(part).join(", ")})`;

const outputsOf = ({layout: {layers}}: NetworkCode): number => layers[layers.length - 1]!;

/** What the code keeps of four samples: activations, inputs first; pre-activations, which become the derivatives by them. */
function declarations(code: NetworkCode): string {
  const {layers, units} = code.layout;
  return `${functionsWgsl(code)}
var<private> post : array<vec4<f32>, ${layers[0]! + units}>;
var<private> pre : array<vec4<f32>, ${units + outputsOf(code)}>;
${code.activation.randomised ? `
fn drawn(p : vec2<f32>, seed : u32, step : i32, sample : i32, unit : i32) -> vec2<f32> {
  return vec2<f32>(mix(p.x, p.y, drawn_at(seed, u32(step), u32(sample), u32(unit))));
}` : ""}`;
}

/** The parameters of a unit's activation for sample `c` of the four. */
function paramsOf({activation, layout}: NetworkCode, {from, hidden, unit, c, evaluation}: {from: string; hidden: number; unit: string; c: number; evaluation: boolean}): string {
  if (activation.byParameter) return `vec2<f32>(${from}[base + ${layout.learned + hidden}], 0.0)`;
  if (!activation.randomised) return "p";
  return evaluation ? "vec2<f32>(0.5 * (p.x + p.y))" : `drawn(p, seed, uniforms.start + s, chunk + ${c}, ${unit})`;
}

/** Reads the inputs of four samples, the last repeated where there are fewer. @param point WGSL for the point of sample `b` */
function inputLines({layout: {layers}}: NetworkCode, point: string, columns: number): string {
  const rows = lines(4, (c) => `let row${c} = (${point.replace("$b", `min(chunk + ${c}, count - 1)`)}) * ${columns};`);
  return `${rows}
      ${lines(layers[0]!, (i) => `post[${i}] = ${four((_, c) => `data[row${c} + ${i}]`)};`)}`;
}

/** Forward through all layers, with the weights in the array `from`. */
function forwardLines(code: NetworkCode, from: "state" | "result", eachUnit = ""): string {
  const {layers, weights, biases, units, firstUnit} = code.layout;
  const evaluation = from === "state";
  return layers
    .slice(1)
    .map((size, index) => {
      const fan = layers[index]!;
      const below = index === 0 ? 0 : layers[0]! + firstUnit[index - 1]!;
      const unit = firstUnit[index] ?? units;
      const hidden = index < layers.length - 2;
      const at = (c: number) => paramsOf(code, {from, hidden: index, unit: `${unit} + o`, c, evaluation});
      return `for (var o = 0; o < ${size}; o++) {
        let row = base + ${weights[index]!} + o * ${fan};
        var z = vec4<f32>(${from}[base + ${biases[index]!} + o]);
        ${lines(fan, (i) => `z += ${from}[row + ${i}] * post[${below + i}];`)}
        pre[${unit} + o] = z;
        ${hidden ? `let a = ${four((part, c) => `activation(z.${part}, ${at(c)})`)};
        post[${layers[0]! + unit} + o] = a;` : ""}
        ${hidden && eachUnit ? `let unit = ${unit} + o; let slope = ${four((part, c) => `activation_slope(z.${part}, ${at(c)})`)};
        ${eachUnit}` : ""}
      }`;
    })
    .join("\n");
}

/** Adds the four samples' losses, and puts the derivatives by the logits in the logits' places. */
function lossLines(code: NetworkCode): string {
  const {loss, layout} = code;
  const outputs = outputsOf(code);
  const [inputs, at] = [layout.layers[0]!, layout.units];
  return parts
    .map((part, c) => {
      const logit = (o: string) => `pre[${at} + ${o}].${part}`;
      const each = loss.softmax
        ? `var most = ${logit("0")};
        var sure = 0.0;
        for (var o = 0; o < ${outputs}; o++) { most = max(most, ${logit("o")}); sure += data[truth + o]; }
        var mass = 0.0;
        for (var o = 0; o < ${outputs}; o++) { mass += exp(${logit("o")} - most); }
        var hit = 0.0;
        for (var o = 0; o < ${outputs}; o++) {
          let t = data[truth + o];
          let z = ${logit("o")};
          value += t * (log(mass) + most - z);
          hit += select(0.0, t, z == most);
          ${logit("o")} = valid * (sure * exp(z - most) / mass - t);
        }
        right = hit > 0.5;`
        : `for (var o = 0; o < ${outputs}; o++) {
          let t = data[truth + o];
          let z = ${logit("o")};
          let l = loss(z, t, q) / ${outputs}.0;
          value += l.x;
          right = right && ((z > ${loss.threshold.toFixed(3)}) == (t > 0.5));
          ${logit("o")} = valid * l.y;
        }`;
      return `{
        let valid = select(0.0, 1.0, chunk + ${c} < count);
        let truth = row${c} + ${inputs};
        var value = 0.0;
        var right = true;
        ${each}
        loss_sum += valid * value;
        correct += select(0.0, valid, right);
      }`;
    })
    .join("\n");
}

/** Backward: adds to the gradient in the row, and turns each layer's pre-activations into derivatives. */
function backwardLines(code: NetworkCode): string {
  const {layers, weights, biases, units, firstUnit, learned} = code.layout;
  const {activation} = code;
  const text: string[] = [];
  for (let layer = layers.length - 1; layer > 0; layer--) {
    const [fan, size] = [layers[layer - 1]!, layers[layer]!];
    const unit = firstUnit[layer - 1] ?? units;
    const first = layer === 1;
    const below = first ? 0 : firstUnit[layer - 2]!;
    const from = first ? 0 : layers[0]! + below;
    text.push(`{
      ${first ? "" : lines(fan, (i) => `var h${i} = vec4<f32>(0.0);`)}
      for (var o = 0; o < ${size}; o++) {
        let d = pre[${unit} + o];
        let row = base + ${weights[layer - 1]!} + o * ${fan};
        ${first ? "" : lines(fan, (i) => `h${i} += result[row + ${i}] * d;`)}
        ${lines(fan, (i) => `result[row + GRADIENT + ${i}] += dot(d, post[${from + i}]);`)}
        result[base + GRADIENT + ${biases[layer - 1]!} + o] += dot(d, vec4<f32>(1.0));
      }`);
    if (!first) {
      const at = (i: number, c: number) => paramsOf(code, {from: "result", hidden: layer - 2, unit: `${below + i}`, c, evaluation: false});
      const each = (name: string, i: number) => four((part, c) => `${name}(z.${part}, ${at(i, c)})`);
      text.push(
        lines(
          fan,
          (i) => `{ let z = pre[${below + i}];
          ${activation.byParameter ? `result[base + GRADIENT + ${learned + layer - 2}] += dot(h${i}, ${each("activation_by_parameter", i)});` : ""}
          pre[${below + i}] = h${i} * ${each("activation_slope", i)}; }`
        )
      );
    }
    text.push("}");
  }
  return text.join("\n");
}

/** `fn invoke(network)`: all steps of one network. */
export function loopedTraining(code: NetworkCode): string {
  const {layout, row, optimizer} = code;
  const {layers, parameters, weights, biases} = layout;
  const columns = layers[0]! + outputsOf(code);
  const norms = weights.map((from, layer) => {
    const end = biases[layer]! + layers[layer + 1]!;
    return `norm = 0.0;
  for (var k = ${from}; k < ${end}; k++) { let g = result[base + GRADIENT + k]; norm += g * g; }
  result[base + ${row.gradientNorm + layer}] = share * sqrt(norm);`;
  });
  return `${declarations(code)}
const GRADIENT = ${row.gradient};
fn invoke(network : i32) {
  let base = network * ${row.stride};
  ${settingsWgsl}
  for (var k = 0; k < ${row.state}; k++) { result[base + k] = state[base + k]; }
  for (var k = 0; k < ${parameters}; k++) { result[base + GRADIENT + k] = 0.0; }
  let count = uniforms.batch;
  let share = 1.0 / f32(count);
  var loss_sum = 0.0;
  var correct = 0.0;
  for (var s = 0; s < uniforms.steps; s++) {
    for (var k = 0; k < ${parameters}; k++) { result[base + GRADIENT + k] = 0.0; }
    for (var chunk = 0; chunk < count; chunk += 4) {
      ${inputLines(code, "i32(batches[(stream * uniforms.steps + s) * uniforms.batch + $b])", columns)}
      ${forwardLines(code, "result")}
      ${lossLines(code)}
      ${backwardLines(code)}
    }
    let factor = vec2<f32>(factors[2 * s], factors[2 * s + 1]);
    for (var k = 0; k < ${parameters}; k++) {
      let slope = result[base + GRADIENT + k] * share;
      ${rowMove(optimizer, parameters)}
    }
  }
  result[base + ${row.batchLoss}] = loss_sum * share / max(1.0, f32(uniforms.steps));
  var norm = 0.0;
  ${norms.join("\n")}
}`;
}

/** `fn invoke(network)`: one network over the points reported on, in evaluation mode. */
export function loopedReport(code: NetworkCode): string {
  const {layout, row} = code;
  const {layers, units} = layout;
  const at = reportOf(layout);
  const columns = layers[0]! + outputsOf(code);
  return `${declarations(code)}
fn invoke(network : i32) {
  let base = network * ${row.stride};
  let to = network * ${at.length};
  ${settingsWgsl}
  for (var k = 0; k < ${3 * units}; k++) { result[to + ${at.mean} + k] = 0.0; }
  let count = uniforms.reportCount;
  let share = 1.0 / f32(count);
  var loss_sum = 0.0;
  var correct = 0.0;
  for (var chunk = 0; chunk < count; chunk += 4) {
    let valid4 = vec4<f32>(vec4<i32>(chunk) + vec4<i32>(0, 1, 2, 3) < vec4<i32>(count));
    ${inputLines(code, "uniforms.reportFrom + $b", columns)}
    ${forwardLines(code, "state", `result[to + ${at.mean} + unit] += share * dot(valid4, a);
        result[to + ${at.variance} + unit] += share * dot(valid4 * a, a);
        result[to + ${at.silent} + unit] += share * dot(valid4, vec4<f32>(slope == vec4<f32>(0.0)));`)}
    ${lossLines(code)}
  }
  result[to + ${at.loss}] = loss_sum * share;
  result[to + ${at.accuracy}] = correct * share;
  for (var u = 0; u < ${units}; u++) {
    let mean = result[to + ${at.mean} + u];
    result[to + ${at.variance} + u] = max(0.0, result[to + ${at.variance} + u] - mean * mean);
  }
}`;
}

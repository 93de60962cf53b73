/**
 * WGSL for larger networks: a workgroup trains one network. Its invocations share out the (sample, unit) pairs of a layer
 * and the parameters; activations of a few samples stand in workgroup memory, weights and gradients in the network's row.
 */
import {reportOf} from "./layout.js";
import {rowMove} from "./row-move.wgsl.js";
import {functionsWgsl, settingsWgsl} from "./straight.wgsl.js";
import type {NetworkCode} from "./straight.wgsl.js";

/** Invocations that train a network together. */
export const groupSize = 64;

/** Samples carried at once: as many as 16 KiB of workgroup memory hold. */
function samplesAtOnce({layout, activation}: NetworkCode): number {
  const {layers, units} = layout;
  const outputs = layers[layers.length - 1]!;
  const numbers = layers[0]! + units + 2 * (units + outputs) + (activation.byParameter ? units : 0);
  return Math.max(1, Math.min(16, Math.floor(3900 / numbers)));
}

/** A loop in which the invocations share out 0 … count − 1. */
const shared = (count: number | string, body: string): string =>
  `for (var k = lane; k < ${count}; k += ${groupSize}) {${body}}`;

const barrier = "workgroupBarrier();\nstorageBarrier();\n";

function forwardPart(code: NetworkCode, samples: number): string {
  const {layers, weights, biases, units, firstUnit, learned} = code.layout;
  const {activation} = code;
  const [tall, wide] = [layers[0]! + units, units + layers[layers.length - 1]!];
  return layers
    .slice(1)
    .map((size, index) => {
      const fan = layers[index]!;
      const from = index === 0 ? 0 : layers[0]! + firstUnit[index - 1]!;
      const unit = firstUnit[index] ?? units;
      const hidden = index < layers.length - 2;
      const params = activation.byParameter
        ? `vec2<f32>(result[base + ${learned + index}], 0.0)`
        : activation.randomised
          ? `drawn(p, seed, s, chunk + sample, ${unit} + o, last)`
          : "p";
      return `${shared(samples * size, `
        let sample = k / ${size};
        let o = k % ${size};
        var z = result[base + ${biases[index]!} + o];
        for (var i = 0; i < ${fan}; i++) {
          z += result[base + ${weights[index]!} + o * ${fan} + i] * post[sample * ${tall} + ${from} + i];
        }
        pre[sample * ${wide} + ${unit} + o] = z;
        ${hidden ? `let at = ${params};
        post[sample * ${tall} + ${layers[0]! + unit} + o] = activation(z, at);
        if (last && chunk + sample < count && activation_slope(z, at) == 0.0) { atomicAdd(&silent[${unit} + o], 1u); }` : ""}`)}
      ${barrier}`;
    })
    .join("\n");
}

function lossPart({layout, loss}: NetworkCode, samples: number): string {
  const {layers, units} = layout;
  const outputs = layers[layers.length - 1]!;
  const wide = units + outputs;
  const eachOutput = loss.softmax
    ? `
        var most = pre[at];
        var sure = 0.0;
        for (var o = 0; o < ${outputs}; o++) { most = max(most, pre[at + o]); sure += data[row + o]; }
        var mass = 0.0;
        for (var o = 0; o < ${outputs}; o++) { mass += exp(pre[at + o] - most); }
        var hit = 0.0;
        for (var o = 0; o < ${outputs}; o++) {
          let t = data[row + o];
          value += t * (log(mass) + most - pre[at + o]);
          hit += select(0.0, t, pre[at + o] == most);
          delta[at + o] = valid * (sure * exp(pre[at + o] - most) / mass - t);
        }
        right = hit > 0.5;`
    : `
        for (var o = 0; o < ${outputs}; o++) {
          let t = data[row + o];
          let l = loss(pre[at + o], t, q) / ${outputs}.0;
          value += l.x;
          delta[at + o] = valid * l.y;
          right = right && ((pre[at + o] > ${loss.threshold.toFixed(3)}) == (t > 0.5));
        }`;
  return `${shared(samples, `
        let at = k * ${wide} + ${units};
        let valid = select(0.0, 1.0, chunk + k < count);
        let row = points[k] * ${layers[0]! + outputs} + ${layers[0]!};
        var value = 0.0;
        var right = true;
        ${eachOutput}
        loss_sum += valid * value;
        correct += select(0.0, valid, right);`)}
      ${barrier}`;
}

function backwardPart(code: NetworkCode, samples: number): string {
  const {layers, weights, biases, units, firstUnit, learned} = code.layout;
  const {activation} = code;
  const [tall, wide] = [layers[0]! + units, units + layers[layers.length - 1]!];
  const text: string[] = [];
  for (let layer = layers.length - 1; layer > 0; layer--) {
    const [fan, size] = [layers[layer - 1]!, layers[layer]!];
    const unit = firstUnit[layer - 1] ?? units;
    const from = layer === 1 ? 0 : layers[0]! + firstUnit[layer - 2]!;
    text.push(
      shared(size * (fan + 1), `
        let o = k / ${fan + 1};
        let i = k % ${fan + 1};
        var slope = 0.0;
        for (var c = 0; c < ${samples}; c++) {
          slope += delta[c * ${wide} + ${unit} + o] * select(1.0, post[c * ${tall} + ${from} + min(i, ${fan - 1})], i < ${fan});
        }
        result[base + GRADIENT + select(${biases[layer - 1]!} + o, ${weights[layer - 1]!} + o * ${fan} + i, i < ${fan})] += slope;`)
    );
    if (layer === 1) break;
    const below = firstUnit[layer - 2]!;
    const params = activation.byParameter
      ? `vec2<f32>(result[base + ${learned + layer - 2}], 0.0)`
      : activation.randomised
        ? `drawn(p, seed, s, chunk + sample, ${below} + i, last)`
        : "p";
    text.push(`${shared(samples * fan, `
        let sample = k / ${fan};
        let i = k % ${fan};
        var h = 0.0;
        for (var o = 0; o < ${size}; o++) {
          h += delta[sample * ${wide} + ${unit} + o] * result[base + ${weights[layer - 1]!} + o * ${fan} + i];
        }
        let z = pre[sample * ${wide} + ${below} + i];
        ${activation.byParameter ? `arriving[sample * ${units} + ${below} + i] = h * activation_by_parameter(z, ${params});` : ""}
        delta[sample * ${wide} + ${below} + i] = h * activation_slope(z, ${params});`)}
      ${barrier}`);
  }
  if (activation.byParameter)
    text.push(
      shared(layers.length - 2, `
        let firsts = array<i32, ${layers.length - 1}>(${[...firstUnit, units].join(", ")});
        var slope = 0.0;
        for (var c = 0; c < min(${samples}, count - chunk); c++) {
          for (var u = firsts[k]; u < firsts[k + 1]; u++) { slope += arriving[c * ${units} + u]; }
        }
        result[base + GRADIENT + ${learned} + k] += slope;`)
    );
  return text.join("\n");
}

function updatePart({optimizer, layout: {parameters}}: NetworkCode): string {
  return shared(parameters, `
        let slope = result[base + GRADIENT + k] * share;
        ${rowMove(optimizer, parameters)}`);
}

/** `fn invoke(index)` for whole workgroups: all steps, then a pass over the points reported on. */
export function groupedTraining(code: NetworkCode): string {
  const {layout, row, activation} = code;
  const {layers, parameters, units, weights, biases} = layout;
  const samples = samplesAtOnce(code);
  const inputs = layers[0]!;
  const outputs = layers[layers.length - 1]!;
  const [tall, wide] = [inputs + units, units + outputs];
  const at = reportOf(layout);
  const [mean, variance] = [row.report + at.mean, row.report + at.variance];
  const ends = biases.map((from, layer) => from + layers[layer + 1]!);
  return `${functionsWgsl(code)}
const GRADIENT = ${row.gradient};
var<workgroup> post : array<f32, ${samples * tall}>;
var<workgroup> pre : array<f32, ${samples * wide}>;
var<workgroup> delta : array<f32, ${samples * wide}>;
${activation.byParameter ? `var<workgroup> arriving : array<f32, ${samples * units}>;` : ""}
var<workgroup> points : array<i32, ${samples}>;
var<workgroup> silent : array<atomic<u32>, ${Math.max(1, units)}>;
var<workgroup> totals : array<vec2<f32>, ${groupSize}>;
${activation.randomised ? `
fn drawn(p : vec2<f32>, seed : u32, s : i32, sample : i32, unit : i32, last : bool) -> vec2<f32> {
  let share = select(drawn_at(seed, u32(uniforms.start + s), u32(sample), u32(unit)), 0.5, last);
  return vec2<f32>(mix(p.x, p.y, share));
}` : ""}
fn invoke(index : i32) {
  let lane = i32(localIndex);
  let network = index / ${groupSize};
  let base = network * ${row.stride};
  ${settingsWgsl}
  var batch_loss = 0.0;
  ${shared(row.state, "result[base + k] = state[base + k];")}
  ${shared(parameters, "result[base + GRADIENT + k] = 0.0;")}
  ${shared(units, `result[base + ${mean} + k] = 0.0; result[base + ${variance} + k] = 0.0;`)}
  ${barrier}
  for (var s = 0; s <= uniforms.steps; s++) {
    let last = s == uniforms.steps;
    let count = select(uniforms.batch, uniforms.reportCount, last);
    let share = 1.0 / f32(count);
    if (!last) { ${shared(parameters, "result[base + GRADIENT + k] = 0.0;")} }
    var loss_sum = 0.0;
    var correct = 0.0;
    for (var chunk = 0; chunk < count; chunk += ${samples}) {
      ${shared(samples, `
        let b = min(chunk + k, count - 1);
        var point = uniforms.reportFrom + b;
        if (!last) { point = i32(batches[(stream * uniforms.steps + s) * uniforms.batch + b]); }
        points[k] = point;
        for (var i = 0; i < ${inputs}; i++) { post[k * ${tall} + i] = data[point * ${inputs + outputs} + i]; }`)}
      ${barrier}
      ${forwardPart(code, samples)}
      ${lossPart(code, samples)}
      if (last) {
        ${shared(units, `
        for (var c = 0; c < min(${samples}, count - chunk); c++) {
          let a = post[c * ${tall} + ${inputs} + k];
          result[base + ${mean} + k] += a * share;
          result[base + ${variance} + k] += a * a * share;
        }`)}
      } else {
        ${backwardPart(code, samples)}
      }
      ${barrier}
    }
    totals[lane] = vec2<f32>(loss_sum, correct) * share;
    ${barrier}
    if (last) {
      ${shared(units, `
        let mean = result[base + ${mean} + k];
        result[base + ${variance} + k] = max(0.0, result[base + ${variance} + k] - mean * mean);
        result[base + ${row.report + at.silent} + k] = f32(atomicLoad(&silent[k])) * share;`)}
    } else {
      let factor = vec2<f32>(factors[2 * s], factors[2 * s + 1]);
      ${updatePart(code)}
    }
    if (lane == 0) {
      var total = vec2<f32>(0.0);
      for (var k = 0; k < ${groupSize}; k++) { total += totals[k]; }
      if (last) {
        result[base + ${row.report + at.loss}] = total.x;
        result[base + ${row.report + at.accuracy}] = total.y;
      } else {
        batch_loss += total.x;
      }
    }
    ${barrier}
  }
  ${weights
    .map(
      (from, layer) => `if (lane == ${layer}) {
    var norm = 0.0;
    for (var k = ${from}; k < ${ends[layer]!}; k++) { let g = result[base + GRADIENT + k]; norm += g * g; }
    result[base + ${row.gradientNorm + layer}] = sqrt(norm) / f32(uniforms.batch);
  }`
    )
    .join("\n")}
  if (lane == 0) { result[base + ${row.batchLoss}] = batch_loss / max(1.0, f32(uniforms.steps)); }
}`;
}

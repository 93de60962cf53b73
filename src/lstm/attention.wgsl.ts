/** attention.ts in WGSL: an invocation for each step and tile of sequences, and where units are made, for four of them. */
import {attentionPlaces} from "./attention.js";
import type {AttentionShape} from "./attention.js";
import {blocks, overAll, tileOf, wide} from "./gradient.wgsl.js";
import {nearEnough} from "./loss.js";
import {tileWgsl} from "./mapping.js";
import type {Mapping} from "./mapping.js";
import {parts} from "./whole-gradient.js";

/** Units that one invocation makes: what is loaded for one serves all. */
export const unitsAtOnce = (hidden: number): number => (hidden % 4 === 0 ? 4 : 1);

const several = (count: number, make: (n: number) => string, between = "\n") =>
  Array.from({length: count}, (_, n) => make(n)).join(between);

/** Declares s, the first sequence of the tile, and position, which counts whatever is not a sequence. */
const placeOf = ({tile, across}: Mapping) => `
    let batch = uniforms.batch;
    let columns = batch / ${tile};
    let column = index % columns;
    let s = (column / ${across}) * ${tile * across} + column % ${across};
    let position = index / columns;`;

/** Uniforms here and below: steps, batch. */
export function projectWgsl(shape: AttentionShape, mapping: Mapping): string {
  const {inputs, hidden} = shape;
  const {head, load, store} = tileWgsl(mapping);
  const {biasIn} = attentionPlaces(shape);
  const units = unitsAtOnce(hidden);
  return `${head}
  fn invoke(index : i32) {${placeOf(mapping)}
    let r0 = (position % ${(3 * hidden) / units}) * ${units};
    let t = position / ${(3 * hidden) / units};
    if (t >= uniforms.steps) { return; }
    ${several(units, (n) => `var a${n} = V(params[${biasIn} + r0 + ${n}]);`)}
    for (var k = 0; k < ${inputs}; k++) {
      let v = ${load("x", `(t * ${inputs} + k) * batch + s`)};
      ${several(units, (n) => `a${n} += params[(r0 + ${n}) * ${inputs} + k] * v;`)}
    }
    ${several(units, (n) => store(`(t * ${3 * hidden} + r0 + ${n}) * batch + s`, `a${n}`))}
  }`;
}

/** Σ over k of a row that belongs to step t and one of each step j, four steps j at once, handed to `use`. */
const productsWgsl = (hidden: number, load: (buffer: string, at: string) => string, mine: string, theirs: number, use: (n: number) => string) => `
    for (var j0 = 0; j0 <= t; j0 += 4) {
      ${several(4, (n) => `var a${n} = V(0.0); let k${n} = (min(j0 + ${n}, t) * ${3 * hidden} + ${theirs}) * batch + s;`)}
      for (var k = 0; k < ${hidden}; k++) {
        let m = ${mine};
        ${several(4, (n) => `a${n} += m * ${load("projected", `k${n} + k * batch`)};`)}
      }
      ${several(4, (n) => `if (j0 + ${n} <= t) { let at = row + (j0 + ${n}) * batch; ${use(n)} }`)}
    }`;

export function attendWgsl({hidden}: AttentionShape, mapping: Mapping): string {
  const {head, load, store} = tileWgsl(mapping);
  return `${head}
  fn invoke(index : i32) {${placeOf(mapping)}
    let t = position;
    let row = t * uniforms.steps * batch + s;
    let mine = t * ${3 * hidden} * batch + s;
    var most = V(-3.0e38);
    ${productsWgsl(hidden, load, load("projected", "mine + k * batch"), hidden,
      (n) => `let score = a${n} * ${1 / Math.sqrt(hidden)}; most = max(most, score); ${store("at", "score")}`)}
    var whole = V(0.0);
    for (var j = 0; j <= t; j++) {
      let part_ = exp(${load("result", "row + j * batch")} - most);
      whole += part_;
      ${store("row + j * batch", "part_")}
    }
    for (var j = 0; j <= t; j++) { ${store("row + j * batch", `${load("result", "row + j * batch")} / whole`)} }
    for (var j = t + 1; j < uniforms.steps; j++) { ${store("row + j * batch", "V(0.0)")} }
  }`;
}

export function gatherWgsl({hidden}: AttentionShape, mapping: Mapping): string {
  const {head, load, store} = tileWgsl(mapping);
  const units = unitsAtOnce(hidden);
  return `${head}
  fn invoke(index : i32) {${placeOf(mapping)}
    let u0 = (position % ${hidden / units}) * ${units};
    let t = position / ${hidden / units};
    ${several(units, (n) => `var a${n} = V(0.0);`)}
    for (var j = 0; j <= t; j++) {
      let w = ${load("weights", "(t * uniforms.steps + j) * batch + s")};
      let value = (j * ${3 * hidden} + ${2 * hidden} + u0) * batch + s;
      ${several(units, (n) => `a${n} += w * ${load("projected", `value + ${n} * batch`)};`)}
    }
    ${several(units, (n) => store(`(t * ${hidden} + u0 + ${n}) * batch + s`, `a${n}`))}
  }`;
}

/** An invocation for each step and sequence. Uniforms: steps, batch, weight. */
export function attentionLossesWgsl(shape: AttentionShape): string {
  const {hidden, outputs} = shape;
  const {weightOut, biasOut} = attentionPlaces(shape);
  return `
  fn invoke(index : i32) {
    let batch = uniforms.batch;
    let s = index % batch;
    let t = index / batch;
    var loss = 0.0;
    var right = 1.0;
    for (var o = 0; o < ${outputs}; o++) {
      var sum = params[${biasOut} + o];
      for (var k = 0; k < ${hidden}; k++) { sum += params[${weightOut} + o * ${hidden} + k] * context[(t * ${hidden} + k) * batch + s]; }
      let at = (t * ${outputs} + o) * batch + s;
      let error = sum - targets[at];
      result[at] = 2.0 * uniforms.weight * error;
      loss += error * error;
      if (abs(error) >= ${nearEnough}) { right = 0.0; }
    }
    let ends = uniforms.steps * batch;
    result[${outputs} * ends + index] = uniforms.weight * loss;
    result[${outputs + 1} * ends + index] = uniforms.weight * right;
    for (var k = 0; k < ${hidden}; k++) {
      var sum = 0.0;
      for (var o = 0; o < ${outputs}; o++) { sum += params[${weightOut} + o * ${hidden} + k] * result[(t * ${outputs} + o) * batch + s]; }
      result[${outputs + 2} * ends + (t * ${hidden} + k) * batch + s] = sum;
    }
  }`;
}

export function scoreSlopesWgsl({hidden, outputs}: AttentionShape, mapping: Mapping): string {
  const {head, load, store} = tileWgsl(mapping);
  return `${head}
  fn invoke(index : i32) {${placeOf(mapping)}
    let t = position;
    let row = t * uniforms.steps * batch + s;
    let mine = (${outputs + 2} * uniforms.steps + t * ${hidden}) * batch + s;
    var mean = V(0.0);
    ${productsWgsl(hidden, load, load("losses", "mine + k * batch"), 2 * hidden,
      (n) => `mean += ${load("weights", "at")} * a${n}; ${store("at", `a${n}`)}`)}
    for (var j = 0; j <= t; j++) {
      let at = row + j * batch;
      let slope = ${1 / Math.sqrt(hidden)} * ${load("weights", "at")} * (${load("result", "at")} - mean);
      ${store("at", "slope")}
    }
    for (var j = t + 1; j < uniforms.steps; j++) { ${store("row + j * batch", "V(0.0)")} }
  }`;
}

export function projectedSlopesWgsl({hidden, outputs}: AttentionShape, mapping: Mapping): string {
  const {head, load, store} = tileWgsl(mapping);
  const units = unitsAtOnce(hidden);
  return `${head}
  fn invoke(index : i32) {${placeOf(mapping)}
    let u0 = (position % ${hidden / units}) * ${units};
    let t = position / ${hidden / units};
    let steps = uniforms.steps;
    ${several(units, (n) => `var q${n} = V(0.0); var k${n} = V(0.0); var v${n} = V(0.0);`)}
    for (var j = 0; j <= t; j++) {
      let score = ${load("scores", "(t * steps + j) * batch + s")};
      let key = (j * ${3 * hidden} + ${hidden} + u0) * batch + s;
      ${several(units, (n) => `q${n} += score * ${load("projected", `key + ${n} * batch`)};`)}
    }
    for (var j = t; j < steps; j++) {
      let taken = (j * steps + t) * batch + s;
      let score = ${load("scores", "taken")};
      let w = ${load("weights", "taken")};
      let query = (j * ${3 * hidden} + u0) * batch + s;
      let slope = (${outputs + 2} * steps + j * ${hidden} + u0) * batch + s;
      ${several(units, (n) => `k${n} += score * ${load("projected", `query + ${n} * batch`)}; v${n} += w * ${load("losses", `slope + ${n} * batch`)};`)}
    }
    let to = (t * ${3 * hidden} + u0) * batch + s;
    ${several(units, (n) => ["q", "k", "v"].map((name, part) => store(`to + ${part * hidden + n} * batch`, `${name}${n}`)).join(" "))}
  }`;
}

/** How many tiles the gradient has: weights in, their biases, weights out, their biases, losses. */
export function attentionTileCounts({inputs, hidden, outputs}: AttentionShape) {
  return {
    weightIn: ((3 * hidden) / unitsAtOnce(hidden)) * blocks(inputs),
    biasIn: 3 * hidden, weightOut: outputs * blocks(hidden), biasOut: outputs, losses: 2
  };
}

/** Reads before, x, context, slopes, losses. Uniforms: steps, batch. */
export function attentionGradientWgsl(shape: AttentionShape, tile: 1 | 4): string {
  const {inputs, hidden, outputs} = shape;
  const {biasIn, weightOut, biasOut, total} = attentionPlaces(shape);
  const {load, product} = tileOf(tile);
  const units = unitsAtOnce(hidden);
  const all = (body: string, step: number) => overAll("0", "uniforms.steps - 1", step, body);
  const row = (numbers: string, at: string, to: string) =>
    `var sum = 0.0; ${all(`sum += ${numbers}[(${at}) * batch + s];`, 1)} add(${to}, part, sum);`;
  const each = (make: (r: number, k: number) => string) => several(units, (r) => several(wide, (k) => make(r, k)));
  const bodies: Readonly<Record<keyof ReturnType<typeof attentionTileCounts>, string>> = {
    weightIn: `
    let r0 = (tile % ${(3 * hidden) / units}) * ${units};
    let k0 = (tile / ${(3 * hidden) / units}) * ${wide};
    ${each((r, k) => `var a${r}_${k} = 0.0;`)}
    ${all(`
      ${several(units, (r) => `let e${r} = (t * ${3 * hidden} + r0 + ${r}) * batch + s; let d${r} = ${load("slopes", `e${r}`)};`)}
      ${several(wide, (k) => `let f${k} = (t * ${inputs} + min(k0 + ${k}, ${inputs - 1})) * batch + s; let v${k} = ${load("x", `f${k}`)};`)}
      ${each((r, k) => `a${r}_${k} += ${product(`d${r}`, `v${k}`)};`)}`, tile)}
    ${several(wide, (k) => `if (k0 + ${k} < ${inputs}) { ${several(units, (r) => `add((r0 + ${r}) * ${inputs} + k0 + ${k}, part, a${r}_${k});`)} }`)}`,
    biasIn: row("slopes", `t * ${3 * hidden} + tile`, `${biasIn} + tile`),
    weightOut: `
    let o = tile % ${outputs};
    let k0 = (tile / ${outputs}) * ${wide};
    ${several(wide, (k) => `var a${k} = 0.0;`)}
    ${all(`
      let d = losses[(t * ${outputs} + o) * batch + s];
      ${several(wide, (k) => `a${k} += d * context[(t * ${hidden} + min(k0 + ${k}, ${hidden - 1})) * batch + s];`)}`, 1)}
    ${several(wide, (k) => `if (k0 + ${k} < ${hidden}) { add(${weightOut} + o * ${hidden} + k0 + ${k}, part, a${k}); }`)}`,
    biasOut: row("losses", `t * ${outputs} + tile`, `${biasOut} + tile`),
    losses: row("losses", `(${outputs} + tile) * uniforms.steps + t`, `${total} + tile`)
  };
  const counts = attentionTileCounts(shape);
  return `
  fn add(parameter : i32, part : i32, sum : f32) {
    let at = parameter * ${parts} + part;
    result[at] = before[at] + sum;
  }
  fn invoke(index : i32) {
    let part = index % ${parts};
    var tile = index / ${parts};
    let batch = uniforms.batch;
    ${(Object.keys(counts) as (keyof typeof counts)[]).map((name) => `if (tile < ${counts[name]}) { ${bodies[name]} return; } tile -= ${counts[name]};`).join("\n")}
  }`;
}

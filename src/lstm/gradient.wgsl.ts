/** whole-gradient.ts in WGSL: each invocation sums one tile of the gradient, for one part of the sequences. */
import {gateCount, hiddenSum, placesOf, slopeRows, traceRows} from "./shape.js";
import type {Shape} from "./shape.js";
import {parts} from "./whole-gradient.js";

/** Columns of a tile. */
export const wide = 4;
export const blocks = (columns: number) => Math.ceil(columns / wide);

/** How many tiles there are: recurrent weights, input weights, biases and peepholes by unit, readout, losses. */
export function tileCounts({inputs, hidden, outputs}: Shape) {
  return {
    recurrent: hidden * blocks(hidden),
    input: hidden * blocks(inputs),
    unit: hidden,
    readout: outputs * blocks(hidden),
    readoutBias: outputs,
    losses: 2
  };
}

/** Reads before, x, trace, slopes, losses. Uniforms: steps, lossSteps, batch. */
export function gradientWgsl(shape: Shape, tile: 1 | 4): string {
  const counts = tileCounts(shape);
  const bodies: Record<keyof typeof counts, string> = {
    recurrent: matrixTile(shape, "recurrent", tile),
    input: matrixTile(shape, "input", tile),
    unit: unitTile(shape),
    readout: readoutTile(shape),
    readoutBias: readoutBiasTile(shape),
    losses: lossTile(shape)
  };
  const branches = (Object.keys(counts) as (keyof typeof counts)[]).map(
    (name) => `if (tile < ${counts[name]}) { ${bodies[name]} return; } tile -= ${counts[name]};`
  );
  return `
  fn add(parameter : i32, part : i32, sum : f32) {
    let at = parameter * ${parts} + part;
    result[at] = before[at] + sum;
  }
  fn invoke(index : i32) {
    let part = index % ${parts};
    var tile = index / ${parts};
    let batch = uniforms.batch;
    let row = ${shape.hidden} * batch;
    ${branches.join("\n")}
  }`;
}

/** Loops over the steps and the part's sequences, `tile` of them at once. */
export const overAll = (from: string, to: string, tile: number, body: string) => `
    for (var t = ${from}; t <= ${to}; t++) {
      for (var s = part; s < batch; s += ${parts * tile}) { ${body} }
    }`;

/** A part's next sequences, as one vector, and the product of two such. */
export const tileOf = (tile: 1 | 4) => ({
  load: (buffer: string, at: string) =>
    tile === 1
      ? `${buffer}[${at}]`
      : `vec4<f32>(${[0, 1, 2, 3].map((j) => `${buffer}[${at} + ${j * parts}]`).join(", ")})`,
  product: (a: string, b: string) => (tile === 1 ? `${a} * ${b}` : `dot(${a}, ${b})`)
});

/** One unit's rows in all gates, four columns: what is loaded for one serves the others. */
function matrixTile(shape: Shape, which: "recurrent" | "input", tile: 1 | 4): string {
  const {load, product} = tileOf(tile);
  const {kind, inputs, hidden} = shape;
  const {weightIh, weightHh} = placesOf(shape);
  const columns = which === "recurrent" ? hidden : inputs;
  const weights = which === "recurrent" ? weightHh : weightIh;
  const gates = Array.from({length: gateCount[kind]}, (_, g) => g);
  const sumOf = (g: number) => (which === "recurrent" ? hiddenSum(kind, g) : g);
  const lanes = Array.from({length: Math.min(wide, columns)}, (_, n) => n);
  const rows = traceRows[kind];
  const from = which === "recurrent"
    ? (n: number) => `let at${n} = (t * ${rows} - 1) * row + min(k0 + ${n}, ${hidden - 1}) * batch + s;
        let v${n} = ${load("trace", `at${n}`)};`
    : (n: number) => `let at${n} = ((t - 1) * ${inputs} + min(k0 + ${n}, ${inputs - 1})) * batch + s;
        let v${n} = ${load("x", `at${n}`)};`;
  const each = (make: (g: number, n: number) => string) => gates.flatMap((g) => lanes.map((n) => make(g, n))).join("\n");
  return `
    let u = tile % ${hidden};
    let k0 = (tile / ${hidden}) * ${wide};
    ${each((g, n) => `var a${g}_${n} = 0.0;`)}
    ${overAll("1", "uniforms.steps", tile, `
      let slope = t * ${slopeRows[kind]} * row + u * batch + s;
      ${lanes.map(from).join("\n")}
      ${gates.map((g) => `let e${g} = slope + ${sumOf(g)} * row; let d${g} = ${load("slopes", `e${g}`)};`).join("\n")}
      ${each((g, n) => `a${g}_${n} += ${product(`d${g}`, `v${n}`)};`)}`)}
    ${lanes.map((n) => `if (k0 + ${n} < ${columns}) {
      ${gates.map((g) => `add(${weights} + (${g * hidden} + u) * ${columns} + k0 + ${n}, part, a${g}_${n});`).join("\n")}
    }`).join("\n")}`;
}

function unitTile(shape: Shape): string {
  const {kind, hidden, peepholes} = shape;
  const {biasIh, biasHh, peephole} = placesOf(shape);
  const gates = Array.from({length: gateCount[kind]}, (_, g) => g);
  const looks = peepholes ? [[0, 0, -2], [1, 1, -2], [2, 3, 4]] as const : [];
  return `
    let u = tile;
    ${gates.map((g) => `var a${g} = 0.0; var b${g} = 0.0;`).join(" ")}
    ${looks.map(([n]) => `var p${n} = 0.0;`).join(" ")}
    ${overAll("1", "uniforms.steps", 1, `
      let slope = t * ${slopeRows[kind]} * row + u * batch + s;
      let seen = t * ${traceRows[kind]} * row + u * batch + s;
      ${gates.map((g) => `a${g} += slopes[slope + ${g} * row]; b${g} += slopes[slope + ${hiddenSum(kind, g)} * row];`).join("\n")}
      ${looks.map(([n, gate, cell]) => `p${n} += slopes[slope + ${gate} * row] * trace[seen + ${cell} * row];`).join("\n")}`)}
    ${gates.map((g) => `add(${biasIh + g * hidden} + u, part, a${g}); add(${biasHh + g * hidden} + u, part, b${g});`).join("\n")}
    ${looks.map(([n]) => `add(${peephole + n * hidden} + u, part, p${n});`).join("\n")}`;
}

function readoutTile(shape: Shape): string {
  const {kind, hidden, outputs} = shape;
  const {readout} = placesOf(shape);
  const lanes = Array.from({length: wide}, (_, n) => n);
  return `
    let o = tile % ${Math.max(1, outputs)};
    let k0 = (tile / ${Math.max(1, outputs)}) * ${wide};
    ${lanes.map((n) => `var a${n} = 0.0;`).join(" ")}
    ${overAll("0", "uniforms.lossSteps - 1", 1, `
      let d = losses[(t * ${outputs} + o) * batch + s];
      let state = ((uniforms.steps - uniforms.lossSteps + 2 + t) * ${traceRows[kind]} - 1) * row + s;
      ${lanes.map((n) => `a${n} += d * trace[state + min(k0 + ${n}, ${hidden - 1}) * batch];`).join("\n")}`)}
    ${lanes.map((n) => `if (k0 + ${n} < ${hidden}) { add(${readout} + o * ${hidden} + k0 + ${n}, part, a${n}); }`).join("\n")}`;
}

const readoutBiasTile = (shape: Shape) => `
    var sum = 0.0;
    ${overAll("0", "uniforms.lossSteps - 1", 1, `sum += losses[(t * ${shape.outputs} + tile) * batch + s];`)}
    add(${placesOf(shape).readoutBias} + tile, part, sum);`;

const lossTile = (shape: Shape) => `
    var sum = 0.0;
    ${overAll("0", "uniforms.lossSteps - 1", 1,
      `sum += losses[((${shape.outputs} + tile) * uniforms.lossSteps + t) * batch + s];`)}
    add(${placesOf(shape).total} + tile, part, sum);`;

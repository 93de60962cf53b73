/** forward.ts in WGSL: a whole sequence in one dispatch. */
import {tileWgsl} from "./mapping.js";
import type {Mapping} from "./mapping.js";
import {gateCount, hiddenSum, placesOf, sumCount, traceRows} from "./shape.js";
import type {CellKind, Shape} from "./shape.js";

/** Reads params and x, writes the trace. Uniforms: steps, batch. */
export function forwardWgsl(shape: Shape, mapping: Mapping): string {
  const {kind, inputs, hidden} = shape;
  const {head, load, store, place, barrier} = tileWgsl(mapping);
  const {weightIh, weightHh, biasIh, biasHh} = placesOf(shape);
  const rows = traceRows[kind];
  const gates = Array.from({length: gateCount[kind]}, (_, gate) => gate);
  const sums = Array.from({length: sumCount[kind]}, (_, sum) => sum);
  return `${head}
  fn invoke(index : i32) {${place}
    let batch = uniforms.batch;
    let row = ${hidden} * batch;
    for (var u = first; u < ${hidden}; u += ${mapping.spread}) {
      for (var r = 0; r < ${rows}; r++) { ${store("r * row + u * batch + s", "V(0.0)")} }
    }
    for (var t = 1; t <= uniforms.steps; t++) {
      ${barrier}
      let now = t * ${rows} * row + s;
      let before = now - row;
      let inputAt = (t - 1) * ${inputs} * batch + s;
      for (var u = first; u < ${hidden}; u += ${mapping.spread}) {
        ${sums.map((sum) => `var a${sum} = V(0.0);`).join(" ")}
        ${gates.map((g) => `a${g} += V(params[${biasIh + g * hidden} + u]); a${hiddenSum(kind, g)} += V(params[${biasHh + g * hidden} + u]);`).join("\n")}
        for (var k = 0; k < ${inputs}; k++) {
          let v = ${load("x", "inputAt + k * batch")};
          ${gates.map((g) => `a${g} += params[${weightIh + g * hidden * inputs} + u * ${inputs} + k] * v;`).join("\n")}
        }
        for (var k = 0; k < ${hidden}; k++) {
          let v = ${load("result", "before + k * batch")};
          ${gates.map((g) => `a${hiddenSum(kind, g)} += params[${weightHh + g * hidden * hidden} + u * ${hidden} + k] * v;`).join("\n")}
        }
        let at = now + u * batch;
        ${finishers[kind](shape, load, store)}
      }
    }
  }`;
}

type Load = (buffer: string, at: string) => string;
type Store = (at: string, value: string) => string;

const finishers: Readonly<Record<CellKind, (shape: Shape, load: Load, store: Store) => string>> = {
  rnn: (_, __, store) => store("at", "tanhOf(a0)"),
  lstm(shape, load, store) {
    const {hidden, forgetGate = true, peepholes = false} = shape;
    const {peephole} = placesOf(shape);
    const look = (n: number, cell: string) => (peepholes ? ` + params[${peephole + n * hidden} + u] * ${cell}` : "");
    return `
        let cellBefore = ${load("result", "at - 2 * row")};
        let input = sigmoidOf(a0${look(0, "cellBefore")});
        let forget = ${forgetGate ? `sigmoidOf(a1${look(1, "cellBefore")})` : "V(1.0)"};
        let candidate = tanhOf(a2);
        let cell = forget * cellBefore + input * candidate;
        let output = sigmoidOf(a3${look(2, "cell")});
        ${["input", "forget", "candidate", "output", "cell", "output * tanhOf(cell)"].map((value, n) => store(`at + ${n} * row`, value)).join("\n")}`;
  },
  gru: (_, load, store) => `
        let reset = sigmoidOf(a0);
        let update = sigmoidOf(a1);
        let fresh = tanhOf(a2 + reset * a3);
        let kept = ${load("result", "at - row")};
        ${["reset", "update", "fresh", "a3", "(1.0 - update) * fresh + update * kept"].map((value, n) => store(`at + ${n} * row`, value)).join("\n")}`
};

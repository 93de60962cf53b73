/** backward.ts in WGSL: back through a whole sequence in one dispatch. */
import {tileWgsl} from "./mapping.js";
import type {Mapping} from "./mapping.js";
import {gateCount, hiddenSum, placesOf, slopeRows, sumCount, traceRows} from "./shape.js";
import type {CellKind, Shape} from "./shape.js";

/** Reads params, trace and losses ([lossSteps][O][batch] first), writes the slopes. Uniforms: steps, lossSteps, batch. */
export function backwardWgsl(shape: Shape, mapping: Mapping): string {
  const {kind, hidden, outputs} = shape;
  const {head, load, store, place, barrier} = tileWgsl(mapping);
  const {weightHh, readout} = placesOf(shape);
  // Several units at once: what is loaded for one serves all.
  const wide = hidden % 4 === 0 ? 4 : 1;
  const units = Array.from({length: wide}, (_, n) => n);
  const gates = Array.from({length: gateCount[kind]}, (_, gate) => gate);
  const rows = slopeRows[kind];
  return `${head}
  fn invoke(index : i32) {${place}
    let batch = uniforms.batch;
    let row = ${hidden} * batch;
    for (var t = uniforms.steps; t >= 0; t--) {
      ${barrier}
      let later = (t + 1) * ${rows} * row + s;
      let lossStep = t - 1 - uniforms.steps + uniforms.lossSteps;
      for (var u0 = first * ${wide}; u0 < ${hidden}; u0 += ${wide * mapping.spread}) {
        ${units.map((n) => `var d${n} = V(0.0);`).join(" ")}
        if (t < uniforms.steps) {
          for (var j = 0; j < ${hidden}; j++) {
            ${gates.map((g) => `{
              let v = ${load("result", `later + (${hiddenSum(kind, g) * hidden} + j) * batch`)};
              let w = ${weightHh} + (${g * hidden} + j) * ${hidden} + u0;
              ${units.map((n) => `d${n} += params[w + ${n}] * v;`).join(" ")}
            }`).join("\n")}
          }
        }
        if (lossStep >= 0) {
          for (var o = 0; o < ${outputs}; o++) {
            let v = ${load("losses", `(lossStep * ${outputs} + o) * batch + s`)};
            ${units.map((n) => `d${n} += params[${readout} + o * ${hidden} + u0 + ${n}] * v;`).join(" ")}
          }
        }
        ${units.map((n) => `{ let u = u0 + ${n}; var d = d${n};
          let at = t * ${rows} * row + u * batch + s;
          let seen = t * ${traceRows[kind]} * row + u * batch + s;
          ${finishers[kind](shape, load, store)}
          ${store(`at + ${sumCount[kind]} * row`, "d")}
          if (t == 0) { for (var r = 0; r < ${sumCount[kind]}; r++) { ${store("at + r * row", "V(0.0)")} } }
        }`).join("\n")}
      }
    }
  }`;
}

type Load = (buffer: string, at: string) => string;
type Store = (at: string, value: string) => string;

const finishers: Readonly<Record<CellKind, (shape: Shape, load: Load, store: Store) => string>> = {
  rnn: (_, load, store) => `
          if (t > 0) { let h = ${load("trace", "seen")}; ${store("at", "d * (1.0 - h * h)")} }`,
  lstm(shape, load, store) {
    const {hidden, forgetGate = true, peepholes = false} = shape;
    const {peephole} = placesOf(shape);
    const look = (n: number, value: string) => (peepholes ? ` + params[${peephole + n * hidden} + u] * ${value}` : "");
    return `
          var c = V(0.0);
          if (t < uniforms.steps) {
            let next = at + 6 * row;
            c = ${load("result", "next + 5 * row")} * ${load("trace", "seen + 7 * row")}
              ${look(0, load("result", "next"))}${look(1, load("result", "next + row"))};
          }
          if (t > 0) {
            let input = ${load("trace", "seen")};
            let forget = ${load("trace", "seen + row")};
            let candidate = ${load("trace", "seen + 2 * row")};
            let output = ${load("trace", "seen + 3 * row")};
            let squashed = tanhOf(${load("trace", "seen + 4 * row")});
            let outputSum = d * squashed * output * (1.0 - output);
            c += d * output * (1.0 - squashed * squashed)${look(2, "outputSum")};
            ${store("at", "c * candidate * input * (1.0 - input)")}
            ${store("at + row", forgetGate ? `c * ${load("trace", "seen - 2 * row")} * forget * (1.0 - forget)` : "V(0.0)")}
            ${store("at + 2 * row", "c * input * (1.0 - candidate * candidate)")}
            ${store("at + 3 * row", "outputSum")}
          }
          ${store("at + 5 * row", "c")}`;
  },
  gru: (_, load, store) => `
          if (t < uniforms.steps) { d += ${load("trace", "seen + 6 * row")} * ${load("result", "at + 9 * row")}; }
          if (t > 0) {
            let reset = ${load("trace", "seen")};
            let update = ${load("trace", "seen + row")};
            let fresh = ${load("trace", "seen + 2 * row")};
            let recalled = ${load("trace", "seen + 3 * row")};
            let freshSum = d * (1.0 - update) * (1.0 - fresh * fresh);
            ${store("at", "freshSum * recalled * reset * (1.0 - reset)")}
            ${store("at + row", `d * (${load("trace", "seen - row")} - fresh) * update * (1.0 - update)`)}
            ${store("at + 2 * row", "freshSum")}
            ${store("at + 3 * row", "freshSum * reset")}
          }`
};

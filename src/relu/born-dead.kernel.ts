/** In which layer each of many untrained ReLU networks dies, a network an invocation. */
import type {Tensor} from "@tensorflow/tfjs-core";
import {defineKernel, runKernel} from "../compute/kernel.js";
import {deathLayer, domains} from "./born-dead.js";
import type {Domain, NetworkShape} from "./born-dead.js";

export interface DeathParams extends NetworkShape {
  readonly seed: number;
  /** The first network's number, and how many follow. */
  readonly first: number;
  readonly count: number;
}

/** [count]: the first dead hidden layer, counted from 1, or 0. */
const bornDead = defineKernel<DeathParams>({
  name: "relu/born-dead",
  inputs: [],
  uniforms: {seed: "i32", first: "i32", layers: "i32"},
  key: ({width, domain}) => `${width} ${domain}`,
  outputShape: ({count}) => [count],
  wgsl: ({width, domain}) => networkWgsl(width, domain),
  cpu(_, params, output) {
    output.forEach((_, i) => (output[i] = deathLayer(params, params.seed, params.first + i)));
  },
  example(random) {
    const width = 1 + Math.floor(6 * random());
    const domain = (["point", "line", "plane"] as const)[Math.floor(3 * random())]!;
    return {inputs: [], params: {width, domain, layers: 20, seed: Math.floor(1000 * random()), first: 5, count: 100}};
  }
});

/** The first dead layer of networks `first` to `first + count − 1`; the caller disposes of it. */
export function runDeaths(params: DeathParams): Tensor {
  return runKernel(bornDead, [], params);
}

const random = `
  fn pcg(value : u32) -> u32 {
    let state = value * 747796405u + 2891336453u;
    let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
  }
  fn layerKey(network : u32, layer : u32) -> u32 {
    return pcg(pcg(network ^ pcg(u32(uniforms.seed))) + layer * 0x9e3779b9u);
  }
  fn weight(key : u32, index : u32) -> f32 {
    return (f32(pcg(key + index) >> 8u) * 0x1p-23 - 1.0) * uniformsFactor;
  }`;

/** Straight-line code for the shape: rays go in vectors, and every unit's value has a name of its own. */
function networkWgsl(width: number, domain: Domain): string {
  const {dimension, rays} = domains[domain];
  const lanes = Math.min(4, rays.length);
  const type = lanes === 1 ? "f32" : `vec${lanes}<f32>`;
  const parts = Array.from({length: rays.length / lanes}, (_, part) => part);
  const units = Array.from({length: width}, (_, unit) => unit);
  const each = (line: (unit: number, part: number) => string) =>
    units.flatMap((unit) => parts.map((part) => line(unit, part))).join("\n");
  const input = (k: number, part: number) =>
    `${type}(${rays.slice(part * lanes, (part + 1) * lanes).map((ray) => ray[k]).join(", ")})`;
  const layer = (inputs: number, source: (k: number, part: number) => string) =>
    units
      .map((unit) => {
        const from = Array.from({length: inputs}, (_, k) => k);
        const weights = from.map((k) => `let w${unit}_${k} = weight(key, ${unit * inputs + k}u);`).join(" ");
        const sums = parts.map((part) => {
          const sum = from.map((k) => `w${unit}_${k} * ${source(k, part)}`).join(" + ");
          return `let n${unit}_${part} = max(${sum}, ${type}(0.0));`;
        });
        return `${weights}\n${sums.join("\n")}`;
      })
      .join("\n");
  const move = each((unit, part) => `h${unit}_${part} = n${unit}_${part};`);
  const total = `let total = ${each((unit, part) => `n${unit}_${part}`).replaceAll("\n", " + ")};`;
  const dead = lanes === 1 ? "total == 0.0" : `all(total == ${type}(0.0))`;
  return `const uniformsFactor = ${Math.sqrt(6 / width)};
    ${random}
    fn invoke(index : i32) {
      let network = u32(uniforms.first + index);
      ${each((unit, part) => `var h${unit}_${part} : ${type};`)}
      {
        let key = layerKey(network, 1u);
        ${layer(dimension, input)}
        ${move}
        ${total}
        if (${dead}) { result[index] = 1.0; return; }
      }
      for (var layer = 2u; layer <= u32(uniforms.layers); layer++) {
        let key = layerKey(network, layer);
        ${layer(width, (k, part) => `h${k}_${part}`)}
        ${move}
        ${total}
        if (${dead}) { result[index] = f32(layer); return; }
      }
      result[index] = 0.0;
    }`.replaceAll("uniformsFactor", "factor");
}

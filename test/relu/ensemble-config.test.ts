import {describe, expect, it} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";
import {dataSet} from "../../src/relu/data-sets.js";
import type {DataSetName} from "../../src/relu/data-sets.js";
import {ensembleConfig} from "../../src/relu/ensemble-config.js";

const chance = {seeded: seededRandom, normal};
const settings = {
  data: "moons", activations: ["relu", "prelu"], width: 8, depth: 2, rate: 0.1, optimizer: "sgd", init: "he", seeds: 4,
  steps: 100, batch: 10, seed: 7
} as const;

describe("data sets", () => {
  const names: readonly DataSetName[] = ["spirals", "moons", "circles", "xor", "sine", "penguins"];

  it.each(names)("%s: points within the picture, both classes, the same for the same seed", async (name) => {
    const {inputs, kind, values, domain} = await dataSet(name, seededRandom(1));
    const rows = Array.from({length: values.length / (inputs + 1)}, (_, i) => values.subarray(i * (inputs + 1), (i + 1) * (inputs + 1)));
    expect(rows.length).toBe(name === "penguins" ? 342 : 256);
    for (const row of rows) {
      for (const x of row.subarray(0, inputs)) expect(x >= domain[0] && x <= domain[1]).toBe(true);
      if (kind === "classes") expect([0, 1]).toContain(row[inputs]);
    }
    const ones = rows.filter((row) => row[inputs] === 1).length / rows.length;
    if (kind === "classes") expect(ones > 0.4 && ones < 0.6).toBe(true);
    expect((await dataSet(name, seededRandom(1))).values).toEqual(values);
  });
});

describe("ensembleConfig", () => {
  it("gives network i of every activation the same weights and batches, alone as among all", async () => {
    const set = await dataSet(settings.data, seededRandom(1));
    const all = await ensembleConfig(settings, set, chance);
    const alone = await ensembleConfig(settings, set, chance, {only: 2});
    expect(all.layers).toEqual([2, 8, 8, 1]);
    const [relu, prelu] = all.groups.map(({networks}) => networks[2]!);
    const weights = relu!.parameters.length;
    expect(prelu!.parameters.length).toBe(weights + 2);
    expect(prelu!.parameters.subarray(0, weights)).toEqual(relu!.parameters);
    expect(prelu!.parameters[weights]).toBe(0.25);
    expect(alone.groups[0]!.networks[0]).toEqual({...relu!, stream: 0});
    expect(alone.streams[0]!.seed).toBe(all.streams[2]!.seed);
    expect(all.groups[0]!.networks[3]!.parameters).not.toEqual(relu!.parameters);
  });
});

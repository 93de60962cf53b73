/** The mushrooms counted in the source are those of data/agaricus. */
import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {mushroomCounts, mushrooms} from "../../src/boosting/agaricus.js";
import {planeFits} from "../../src/boosting/plane-fit.js";
import {planeSample} from "../../src/boosting/plane-samples.js";

it("counts the data set's 8124 by odor, spore print and class", () => {
  const rows = readFileSync("data/agaricus/agaricus-lepiota.csv", "utf8").trim().split("\n").map((line) => line.split(","));
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = `${row[5]}${row[20]}${row[0]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const ours = mushroomCounts.map(({odor, spore, isPoisonous, count}) => [`${odor}${spore}${isPoisonous ? "p" : "e"}`, count] as const);
  expect(new Map(ours)).toEqual(counts);
});

it("draws a sample by its seed, each attribute's value a feature", () => {
  expect(mushrooms(50, 1)).toEqual(mushrooms(50, 1));
  const {table, places} = planeSample("agaricus", 200, 0, 1);
  mushrooms(200, 1).forEach(({odor, spore, isPoisonous}, row) => {
    const features = table.features.subarray(row * 18, row * 18 + 18);
    expect([...features.keys()].filter((i) => features[i] === 1)).toEqual([odor, 9 + spore]);
    expect(table.labels[row]).toBe(Number(isPoisonous));
    expect(Math.abs(places[2 * row]! - odor)).toBeLessThan(0.5);
    expect(Math.abs(places[2 * row + 1]! - spore)).toBeLessThan(0.5);
  });
});

it("both libraries tell the poisonous ones apart by odor and spore print, but for those that these do not tell apart", () => {
  const fits = planeFits({data: "agaricus", count: 500, noise: 0, seed: 1, rate: 0.5, depth: 3, rounds: 20, lambda: 1, gamma: 0});
  for (const {losses, trees} of [fits.gbdt, fits.xgboost]) {
    expect(losses.at(-1)).toBeLessThan(0.06);
    // Most is said by whether there is an odor at all.
    expect(planeSample("agaricus", 10, 0, 1).table.featureNames![trees[0]!.feature[0]!]).toBe("odor=none");
  }
});

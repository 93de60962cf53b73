import {expect, test} from "vitest";
import {normal, seededRandom} from "../../src/compute/random.js";

// Made by a C program that follows PractRand's sfc32 with uint32_t arithmetic, seeded by splitmix32, 15 dropped.
const known = [
  [0, [4270301181, 3717780726, 2919608142, 3745158266]],
  [1, [4064752930, 1169703512, 1317941441, 2551256358]],
  [20261, [1546035889, 1699121043, 863241775, 2636175890]],
  [0xffffffff, [1136427174, 1916388865, 1301959096, 4012368761]]
] as const;

for (const [seed, numbers] of known)
  test(`seededRandom(${seed}) gives sfc32's numbers for that seed`, () => {
    const random = seededRandom(seed);
    expect(numbers.map(() => random() * 2 ** 32)).toEqual(numbers);
  });

test("seededRandom(seed) is uniform on [0, 1)", () => {
  const random = seededRandom(7);
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) bins[Math.floor(10 * random())]!++;
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test("seededRandom(seed) and seededRandom(seed + 1) are unrelated", () => {
  const [a, b] = [seededRandom(100), seededRandom(101)];
  let product = 0;
  for (let i = 0; i < 10_000; i++) product += (a() - 0.5) * (b() - 0.5);
  expect(Math.abs(product / 10_000) * 12).toBeLessThan(0.04);
});

test("normal(random) has mean 0, deviation 1 and is finite even where the uniform number is 0", () => {
  const random = seededRandom(3);
  const draws = Array.from({length: 50_000}, () => normal(random));
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
  expect(normal(() => 0)).toBeCloseTo(0);
});

import {expect, it} from "vitest";
import {radixSort} from "../../src/boosting/radix-sort.js";
import {gaussian, uniform} from "../../src/boosting/sample.js";

it("sorts as a typed array sorts itself, negative numbers, zeros and infinities included", () => {
  const random = uniform(1);
  const values = Float32Array.from({length: 5000}, () => gaussian(random) * 10 ** Math.floor(20 * random() - 10));
  values.set([0, -0, Infinity, -Infinity, 1e-45, -1e-45, 3, 3]);
  expect(radixSort(values)).toEqual(values.slice().sort());
});

import {expect, test} from "vitest";
import {createPace} from "../../src/compute/pace.js";

const sizes = [1, 2, 4, 8, 16];

/** The sizes a pace settles through when each unit takes `unitTime(dispatch)` ms. */
function sizesOf(dispatches: number, target: number, unitTime: (dispatch: number) => number): number[] {
  const pace = createPace({target, sizes});
  return Array.from({length: dispatches}, (_, i) => {
    const size = pace.size();
    pace.measured(size, size * unitTime(i));
    return size;
  });
}

test("a pace starts small and doubles while dispatches stay under the target", () => {
  expect(sizesOf(6, 60, () => 1)).toEqual([1, 2, 4, 8, 16, 16]);
});

test("a pace stays at the largest size that fits the target", () => {
  expect(sizesOf(6, 60, () => 12)).toEqual([1, 2, 4, 4, 4, 4]);
});

test("a pace falls at once when a dispatch was slow, and recovers", () => {
  expect(sizesOf(7, 60, (i) => (i === 3 ? 50 : 5))).toEqual([1, 2, 4, 8, 1, 2, 4]);
});

test("a pace never goes below its smallest size", () => {
  expect(sizesOf(3, 60, () => 1000)).toEqual([1, 1, 1]);
});

test("a pace steps over gaps between sizes wider than a factor of two", () => {
  const pace = createPace({target: 60, sizes: [1, 10]});
  pace.measured(1, 1);
  expect(pace.size()).toBe(10);
});

/** Histograms built in WebAssembly are those built in TypeScript, to the last bit. */
import {expect, it} from "vitest";
import {binTable} from "../../src/boosting/bins.js";
import {emptyHistogram, scriptBuilder, wasmBuilder} from "../../src/boosting/histogram.js";
import {gaussian, shuffled, uniform} from "../../src/boosting/sample.js";

it.each([
  {columns: 1, maxBin: 16, missing: 0},
  {columns: 3, maxBin: 256, missing: 0},
  {columns: 5, maxBin: 256, missing: 0.1},
  {columns: 28, maxBin: 300, missing: 0.1}
])("$columns columns of $maxBin bins, share missing $missing", ({columns, maxBin, missing}) => {
  const random = uniform(columns);
  const rows = 2000;
  const features = Float32Array.from({length: rows * columns}, () => (random() < missing ? NaN : gaussian(random)));
  const bins = binTable({features, rows, columns, labels: new Float32Array(rows)}, maxBin);
  expect(bins.codes.BYTES_PER_ELEMENT).toBe(maxBin + Number(missing > 0) > 256 ? 2 : 1);
  const order = shuffled(rows, random);
  const pairs = Float32Array.from({length: 2 * rows}, () => gaussian(random));
  const [first, second] = [scriptBuilder, wasmBuilder].map((make) => {
    const {build, ...builder} = make(bins);
    builder.order.set(order);
    builder.pairs.set(pairs);
    return ([[0, rows], [7, 8], [31, 500], [4, 4]] as const).map(([begin, end]) => {
      const histogram = emptyHistogram(bins).fill(9);
      build(begin, end, histogram);
      return histogram;
    });
  });
  first!.forEach((histogram, i) => expect(histogram.every((sum, at) => sum === second![i]![at])).toBe(true));
  expect(first![0]!.some((sum) => sum !== 0)).toBe(true);
});

it("finds each value's bin between its column's cuts, equal and far-off values included", () => {
  const random = uniform(3);
  const [rows, columns] = [3000, 4];
  const features = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    features.set([gaussian(random), 10 ** (60 * random() - 30), Math.floor(5 * random()), row === 9 ? 1e30 : row % 7 ? random() : NaN], 4 * row);
  const {codes, columnCodes, starts, cuts, sparse} = binTable({features, rows, columns, labels: new Float32Array(rows)}, 64);
  expect(sparse).toBe(true);
  features.forEach((value, i) => {
    const column = i % columns;
    const own = cuts.subarray(starts[column], starts[column + 1]);
    const bin = Number.isNaN(value) ? own.length : Math.min(own.findIndex((cut) => cut > value), own.length - 1);
    if (codes[i] !== bin || columnCodes[column]![Math.floor(i / columns)] !== bin) expect.fail(`value ${value}: bin ${codes[i]}, not ${bin}`);
  });
});

/** What a network does on one sequence, unit by unit, and what its units have come to follow. */
import {forward} from "./forward.js";
import {traceRows, traceSize} from "./shape.js";
import type {Numbers, Shape} from "./shape.js";
import type {Example} from "./tasks/task.js";

/** A row of the trace over time, [H][steps]. */
export function unitsOver(shape: Shape, params: Numbers, example: Example, row: number): readonly Float64Array[] {
  const steps = example.symbols.length;
  const run = {shape, steps, batch: 1};
  const trace = new Float64Array(traceSize(run));
  forward(run, params, example.x, trace);
  return Array.from({length: shape.hidden}, (_, unit) =>
    Float64Array.from({length: steps}, (_, t) => trace[((t + 1) * traceRows[shape.kind] + row) * shape.hidden + unit]!));
}

export interface Following {
  readonly unit: number;
  /** What it follows best, and the correlation with it over all sequences given. */
  readonly track: string;
  readonly correlation: number;
}

/** For each unit the track it follows best, the best first. */
export function followings(shape: Shape, params: Numbers, examples: readonly Example[], row: number): readonly Following[] {
  const series = examples.map((example) => unitsOver(shape, params, example, row));
  const names = Object.keys(examples[0]?.tracks ?? {});
  return Array.from({length: shape.hidden}, (_, unit) => {
    const values = series.flatMap((units) => Array.from(units[unit]!));
    const found = names.map((track) => ({
      unit, track, correlation: correlation(values, examples.flatMap(({tracks}) => tracks[track]!))
    }));
    return found.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation))[0]!;
  }).sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}

/** Pearson's; 0 where either does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [da, db] = [value - meanA, b[i]! - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return aa > 1e-12 && bb > 1e-12 ? ab / Math.sqrt(aa * bb) : 0;
}

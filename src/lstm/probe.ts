/** What a network does on some sequences, unit by unit, and what its units have come to follow. */
import {forwardSteps} from "./forward.js";
import {traceRows, traceSize} from "./shape.js";
import type {Numbers, Run, Shape} from "./shape.js";
import type {Example} from "./tasks/task.js";

/** All that a network's units do on sequences of one length. */
export interface Traces {
  readonly run: Run;
  readonly trace: Float64Array;
}

/** Runs the network on all examples at once, yielding after each time step. */
export function* traceExamples(shape: Shape, params: Numbers, examples: readonly Example[]): Generator<void, Traces> {
  const batch = examples.length;
  const run: Run = {shape, steps: examples[0]!.symbols.length, batch};
  const x = new Float64Array(run.steps * shape.inputs * batch);
  examples.forEach((example, s) => example.x.forEach((value, i) => (x[i * batch + s] = value)));
  const trace = new Float64Array(traceSize(run));
  yield* forwardSteps(run, params, x, trace);
  return {run, trace};
}

/** One unit's row of the trace over time, for example s. */
export function unitOver({run: {shape: {kind, hidden}, steps, batch}, trace}: Traces, s: number, row: number, unit: number): Float64Array {
  return Float64Array.from({length: steps}, (_, t) => trace[(((t + 1) * traceRows[kind] + row) * hidden + unit) * batch + s]!);
}

/** A row of the trace over time for all units, [H][steps]. */
export const unitsOver = (traces: Traces, s: number, row: number): readonly Float64Array[] =>
  Array.from({length: traces.run.shape.hidden}, (_, unit) => unitOver(traces, s, row, unit));

export interface Following {
  readonly unit: number;
  /** What it follows best of what was asked for, and the correlation with it over all sequences given. */
  readonly track: string;
  readonly correlation: number;
}

/**
 * For each unit the track it follows best, the best first; yields after each unit.
 *
 * @param names of the tracks to look at
 */
export function* followings(
  traces: Traces, examples: readonly Example[], row: number, names: readonly string[]
): Generator<void, readonly Following[]> {
  const tracks = names.map((track) => ({track, values: examples.flatMap(({tracks}) => tracks[track]!)}));
  const found: Following[] = [];
  for (let unit = 0; unit < traces.run.shape.hidden; unit++) {
    const values = examples.flatMap((_, s) => Array.from(unitOver(traces, s, row, unit)));
    const all = tracks.map(({track, values: followed}) => ({unit, track, correlation: correlation(values, followed)}));
    found.push(all.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation))[0]!);
    yield;
  }
  return found.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
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

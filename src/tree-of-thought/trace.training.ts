/** Searches a puzzle and writes it down, in slices that leave the page responsive. */
import {taskBreaks} from "../compute/frame.js";
import {seededRandom} from "../compute/random.js";
import type {Hand} from "./game24.js";
import {searchPuzzle} from "./methods.js";
import type {AttemptOptions, Method} from "./methods.js";
import {traceWriter} from "./trace.js";
import type {Trace} from "./trace.js";
import {game24} from "./game24.js";

export {seededRandom} from "../compute/random.js";

/** The whole search of a puzzle. A small one is done within the task. @throws what the judge throws */
export async function tracePuzzle(
  numbers: readonly number[], method: Method, options: Omit<AttemptOptions, "seeded">
): Promise<Trace<Hand>> {
  const writer = traceWriter(game24(numbers).start);
  const rest = taskBreaks(25);
  for await (const event of searchPuzzle(numbers, method, {...options, seeded: seededRandom})) {
    writer.add(event);
    await rest();
  }
  return writer.trace();
}

/** Several networks' gradients by distance from the loss, in tasks short enough for the page. */
import {gradientFlow} from "./flow.js";
import type {Flow} from "./flow.js";
import {inTasks} from "./in-tasks.training.js";
import {adding} from "./tasks/adding.js";
import {sequenceRandom} from "./tasks/sequence-random.js";
import {makeBatch} from "./tasks/task.js";
import {parametersOf} from "./train.training.js";
import type {ModelResult} from "./train.training.js";

export interface FlowQuestion {
  readonly models: readonly ModelResult[];
  readonly length: number;
  readonly seed: number;
}

/** Means over so many sequences of the adding problem. */
const sequences = 4;

export async function flowsOf({models, length, seed}: FlowQuestion): Promise<readonly Flow[]> {
  const batch = makeBatch(adding, sequenceRandom(seed), length, sequences);
  const flows: Flow[] = [];
  for (const model of models) flows.push(await inTasks(gradientFlow(model.shape, parametersOf(model), batch, length)));
  return flows;
}

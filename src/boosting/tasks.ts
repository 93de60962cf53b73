/** The long computations of this room by name: what a worker can be asked for. */
import {csvExperiment} from "./csv-experiment.js";
import {curveFits} from "./curve-fit.js";
import {importanceExperiment} from "./importance-experiment.js";
import {missingExperiment} from "./missing-experiment.js";
import {ownMissingExperiment} from "./own-missing-experiment.js";
import {planeFits} from "./plane-fit.js";
import {speedExperiment} from "./speed-experiment.js";

/** Runs that give snapshots. */
export const tasks = {
  csv: csvExperiment, importance: importanceExperiment, missing: missingExperiment, ownMissing: ownMissingExperiment, speed: speedExperiment
};
/** Functions that answer once, and soon. */
export const answers = {curve: curveFits, plane: planeFits};

type Snapshots<S> = Generator<S, void> | AsyncGenerator<S, void>;
export type TaskName = keyof typeof tasks;
export type TaskConfig<N extends TaskName> = Parameters<(typeof tasks)[N]>[0];
export type TaskSnapshot<N extends TaskName> = ReturnType<(typeof tasks)[N]> extends Snapshots<infer S> ? S : never;
export type AnswerName = keyof typeof answers;
export type Question<N extends AnswerName> = Parameters<(typeof answers)[N]>[0];
export type Answer<N extends AnswerName> = ReturnType<(typeof answers)[N]>;

/** What the page asks of the worker: a task to begin, each time its next snapshot, or an answer. */
export type TaskRequest =
  | {readonly start: TaskName; readonly config: unknown}
  | {readonly answer: AnswerName; readonly question: unknown}
  | "next";
export type TaskReply = {readonly value: unknown} | {readonly done: true} | {readonly error: string};

/** Begins a task. */
export function startTask(name: TaskName, config: unknown): Snapshots<unknown> {
  return (tasks[name] as (config: unknown) => Snapshots<unknown>)(config);
}

export function answerTo(name: AnswerName, question: unknown): unknown {
  return (answers[name] as (question: unknown) => unknown)(question);
}

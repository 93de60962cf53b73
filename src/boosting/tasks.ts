/** The long computations of this room by name: what a worker can be asked for. */
import {csvExperiment} from "./csv-experiment.js";
import {importanceExperiment} from "./importance-experiment.js";
import {missingExperiment} from "./missing-experiment.js";
import {speedExperiment} from "./speed-experiment.js";

export const tasks = {csv: csvExperiment, importance: importanceExperiment, missing: missingExperiment, speed: speedExperiment};

export type TaskName = keyof typeof tasks;
export type TaskConfig<N extends TaskName> = Parameters<(typeof tasks)[N]>[0];
export type TaskSnapshot<N extends TaskName> = ReturnType<(typeof tasks)[N]> extends Generator<infer S> ? S : never;

/** What the page asks of the worker: to begin, and each time for the next snapshot. */
export type TaskRequest = {readonly start: TaskName; readonly config: unknown} | "next";
export type TaskReply = {readonly value: unknown} | {readonly done: true} | {readonly error: string};

/** Begins a task. */
export function startTask(name: TaskName, config: unknown): Generator<unknown, void> {
  return (tasks[name] as (config: unknown) => Generator<unknown, void>)(config);
}

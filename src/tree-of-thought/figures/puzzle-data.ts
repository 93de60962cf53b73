/** The puzzles, loaded when a figure first asks. */
import {FileAttachment} from "observablehq:stdlib";
import type {Puzzle} from "../puzzles.js";

let loading: Promise<readonly Puzzle[]> | undefined;

export function loadPuzzles(): Promise<readonly Puzzle[]> {
  loading ??= FileAttachment("../puzzles.json").json<readonly Puzzle[]>();
  loading.catch(() => (loading = undefined));
  return loading;
}

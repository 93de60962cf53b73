/** Names and colours of the simulation's lanes. */
import type {ExperimentKind} from "../experiment.js";
import type {LaneId} from "./experiment-runs.js";
import {kindColors, lossNames} from "./loss-look.js";

const published = "as published";

const kindOf = (lane: LaneId) => lane.replace("-published", "") as ExperimentKind;

export const laneColor = (lane: LaneId): string => kindColors[kindOf(lane)];

export const laneName = (lane: LaneId): string =>
  lane.endsWith("published") ? `${lossNames[kindOf(lane)]}, ${published}` : lossNames[kindOf(lane)];

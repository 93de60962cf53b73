/** The judge: a small perceptron that says how hopeful a position is, and the labels that are sampled from it. */
import {relu} from "./rectifier.js";
import {featureCount, featuresOf, splitsOf} from "./judge-features.js";
import {isSolved, positionKey} from "./position.js";
import type {Position} from "./position.js";
import {layoutOf} from "../networks/layout.js";
import {logisticLoss} from "../networks/loss.js";
import {forward, newPass} from "../networks/perceptron.js";
import type {Verdict} from "./search-events.js";

/** Inputs, two hidden layers, one logit. */
export const judgeLayers: readonly number[] = [featureCount, 24, 24, 1];

export const judgeParameters = layoutOf(judgeLayers).parameters;

/** What stands for certainty where no network is asked: the last number is 24, or not. */
const certain = 12;

/** What a sample is worth, as in the paper: sure, likely, impossible. */
export const worths = [20, 1, 0.001] as const;

export interface Sampling {
  /** Samples a position. */
  readonly samples: number;
  /** 0: every sample says the same. */
  readonly temperature: number;
  /** Log-odds from which on a sample says sure, and below whose negative it says impossible. */
  readonly cut: number;
  readonly seed: number;
}

/** Log-odds of many positions, by the most hopeful split of each, on this thread. @param parameters see judgeLayers */
export function judgeLogits(parameters: Float32Array, positions: readonly Position[]): Float32Array {
  const net = {layout: layoutOf(judgeLayers), activation: relu, loss: logisticLoss, activationParams: [0, 0], lossParams: [0, 0]} as const;
  const pass = newPass(net.layout);
  return gatherLogits(positions, (features) => {
    const outputs = new Float32Array(features.length / featureCount);
    for (let i = 0; i < outputs.length; i++) {
      forward(net, parameters, features, i * featureCount, pass);
      outputs[i] = pass.pre[net.layout.units]!;
    }
    return outputs;
  });
}

/** The positions' splits as one array, for a network that answers elsewhere: see `logitsFromSplits`. */
export function splitFeatures(positions: readonly Position[]): Float32Array {
  const all = positions.filter((position) => position.length > 1).map(featuresOf);
  const features = new Float32Array(all.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    features.set(part, at);
    at += part.length;
  }
  return features;
}

/** Each position's log-odds from its splits' outputs. A last number is judged by looking at it. */
export function logitsFromSplits(positions: readonly Position[], outputs: Float32Array): Float32Array {
  let at = 0;
  return Float32Array.from(positions, (position) => {
    if (position.length < 2) return isSolved(position) ? certain : -certain;
    const splits = splitsOf(position).length;
    const most = Math.max(...outputs.subarray(at, at + splits));
    at += splits;
    return most;
  });
}

function gatherLogits(positions: readonly Position[], answer: (features: Float32Array) => Float32Array): Float32Array {
  return logitsFromSplits(positions, answer(splitFeatures(positions)));
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * The verdict on a position: each sample takes the log-odds with logistic noise of the temperature and says sure above
 * the cut, impossible below its negative, likely between. The same position and seed are always answered the same.
 * @param random makes a seeded source of numbers in [0, 1)
 */
export function verdictOf(
  position: Position, logit: number, {samples, temperature, cut, seed}: Sampling, random: (seed: number) => () => number
): Verdict {
  const certainly = position.length < 2;
  const spread = certainly ? 0 : temperature;
  const above = (level: number) => (spread > 0 ? sigmoid((logit - level) / spread) : Number(logit > level));
  const [sure, possible] = [above(cut), above(-cut)];
  const draws = random(hash(`${seed} ${positionKey(position)}`));
  const votes: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < samples; i++) {
    const drawn = draws();
    votes[drawn < sure ? 0 : drawn < possible ? 1 : 2]!++;
  }
  const value = votes.reduce((sum, count, label) => sum + count * worths[label]!, 0);
  return {logit, chances: [sure, possible - sure, 1 - possible], votes, value};
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

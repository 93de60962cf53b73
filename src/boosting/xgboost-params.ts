/** XGBoost's parameters, by the library's own names in camelCase, with the defaults of version 1.7. */

export type Objective = "reg:squarederror" | "binary:logistic" | "multi:softprob";

export interface XgboostParams {
  readonly objective: Objective;
  readonly numBoostRound: number;
  /** Learning rate: what of a leaf's weight is taken. */
  readonly eta: number;
  readonly maxDepth: number;
  /** λ and α: L2 and L1 penalty of a leaf's weight. */
  readonly regLambda: number;
  readonly regAlpha: number;
  /** γ: a split has to gain this much. */
  readonly gamma: number;
  /** The least sum of hessians on a side of a split. */
  readonly minChildWeight: number;
  /** The largest weight of a leaf; 0 for no limit. */
  readonly maxDeltaStep: number;
  readonly treeMethod: "exact" | "hist";
  readonly maxBin: number;
  /** What is predicted before the first tree: a value, or a probability. */
  readonly baseScore: number;
  /** Classes of multi:softprob. */
  readonly numClass: number;
  readonly subsample: number;
  readonly colsampleBytree: number;
  readonly seed: number;
}

export const xgboostDefaults: XgboostParams = {
  objective: "reg:squarederror",
  numBoostRound: 10,
  eta: 0.3,
  maxDepth: 6,
  regLambda: 1,
  regAlpha: 0,
  gamma: 0,
  minChildWeight: 1,
  maxDeltaStep: 0,
  treeMethod: "exact",
  maxBin: 256,
  baseScore: 0.5,
  numClass: 0,
  subsample: 1,
  colsampleBytree: 1,
  seed: 0
};

type Limits = Partial<Record<keyof XgboostParams, readonly [least: number, most: number]>>;
const whole: Limits = {numBoostRound: [0, 1e6], maxDepth: [1, 30], maxBin: [2, 65_535], numClass: [0, 1000]};
const limits: Limits = {
  ...whole,
  eta: [0, 1],
  regLambda: [0, Infinity],
  regAlpha: [0, Infinity],
  gamma: [0, Infinity],
  minChildWeight: [0, Infinity],
  maxDeltaStep: [0, Infinity],
  subsample: [Number.MIN_VALUE, 1],
  colsampleBytree: [Number.MIN_VALUE, 1]
};

/**
 * All parameters: those given, the library's defaults for the rest, real numbers rounded to float32 as the library
 * keeps them. Throws an Error that names a parameter out of its range.
 */
export function xgboostParams(given: Partial<XgboostParams> = {}): XgboostParams {
  const known = Object.entries(given).filter(([name, value]) => name in xgboostDefaults && value !== undefined);
  const params = {...xgboostDefaults, ...Object.fromEntries(known)} as XgboostParams;
  for (const [name, [least, most]] of Object.entries(limits)) {
    const value = params[name as keyof Limits] as number;
    const bad = !(value >= least && value <= most) || (name in whole && !Number.isInteger(value));
    if (bad) throw new Error(`${name} is ${value}; it has to be ${name in whole ? "whole and " : ""}in ${least}–${most}`);
  }
  if (params.treeMethod !== "exact" && params.treeMethod !== "hist")
    throw new Error(`treeMethod is ${String(params.treeMethod)}; there are exact and hist`);
  if (params.objective === "binary:logistic" && !(params.baseScore > 0 && params.baseScore < 1))
    throw new Error(`baseScore is ${params.baseScore}; a probability lies between 0 and 1`);
  if (params.objective === "multi:softprob" && params.numClass < 2)
    throw new Error(`numClass is ${params.numClass}; multi:softprob needs at least 2`);
  const rounded = Object.keys(limits).filter((name) => !(name in whole));
  return {...params, ...Object.fromEntries(rounded.map((name) => [name, Math.fround(params[name as keyof Limits] as number)]))};
}

/** Trees in a round: one a class for softmax, else one. */
export function groupsOf({objective, numClass}: Pick<XgboostParams, "objective" | "numClass">): number {
  return objective === "multi:softprob" ? numClass : 1;
}

/** Gradient boosting against scikit-learn after every round, XGBoost's against the library's trained model. */
import {boostGbdt, expit} from "../boosting/gbdt.js";
import type {GbdtParams, Table} from "../boosting/gbdt.js";
import {predict, trainXgboost} from "../boosting/xgboost.js";
import type {XgboostParams} from "../boosting/xgboost.js";
import {flat, versionsIn} from "./check.js";
import type {Check, Compared} from "./check.js";

interface Case {
  readonly params: Readonly<Record<string, string | number>>;
  readonly features: readonly (readonly (number | null)[])[];
  readonly labels: readonly number[];
}
interface GbdtCase extends Case {
  readonly task: string;
  readonly staged: readonly (readonly number[])[];
}
interface XgboostCase extends Case {
  readonly rounds: number;
  readonly prediction: unknown;
}

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const paramsOf = ({params}: Case) => Object.fromEntries(Object.entries(params).map(([name, value]) => [camel(name), value]));
const casesIn = <T>(fixtures: Readonly<Record<string, unknown>>, names: readonly string[]): readonly T[] =>
  names.flatMap((name) => (fixtures[name] as {cases: readonly T[]}).cases);

const tableOf = ({features, labels}: Case): Table => ({
  features: Float32Array.from(features.flat(), (value) => value ?? NaN),
  rows: features.length,
  columns: features[0]!.length,
  labels: Float32Array.from(labels)
});

function* roundsOf(c: GbdtCase): Generator<Compared> {
  const isLogLoss = c.task !== "regression";
  const params: Partial<GbdtParams> = {...paramsOf(c), loss: isLogLoss ? "log_loss" : "squared_error"};
  for (const step of boostGbdt(tableOf(c), params)) {
    if (step.kind !== "round") continue;
    const scores = Float64Array.from(step.scores, (score) => (isLogLoss ? expit(score) : score));
    yield {ours: scores, theirs: c.staged[step.round]!};
  }
}

const gbdtFixtures = ["boosting/gbdt", "boosting/more-gbdt"];
const xgboostFixtures = ["boosting/xgboost", "boosting/more-xgboost"];

export const checks: readonly Check[] = [
  {
    id: "gbdt",
    algorithm: "GBDT's predictions after every round",
    room: "/boosting/",
    fixtures: gbdtFixtures,
    reference: (fixtures) => versionsIn(fixtures["boosting/gbdt"], {sklearn: "scikit-learn"}),
    tolerance: 1e-6,
    *compare(fixtures) {
      for (const c of casesIn<GbdtCase>(fixtures, gbdtFixtures)) yield* roundsOf(c);
    }
  },
  {
    id: "xgboost",
    algorithm: "XGBoost's predictions: exact and histograms, missing values, several classes",
    room: "/boosting/",
    fixtures: xgboostFixtures,
    reference: (fixtures) => versionsIn(fixtures["boosting/xgboost"], {xgboost: "XGBoost"}),
    tolerance: 1e-5,
    async *compare(fixtures) {
      for (const c of casesIn<XgboostCase>(fixtures, xgboostFixtures)) {
        const data = tableOf(c);
        const params: Partial<XgboostParams> = {...paramsOf(c), numBoostRound: c.rounds};
        yield {ours: predict(await trainXgboost(data, params), data), theirs: flat(c.prediction)};
      }
    }
  }
];

/** The ways with missing values: the same names and colours in both figures. */
import type {Method} from "../missing-experiment.js";

export const methodNames: Readonly<Record<Method, string>> = {
  xgboost: "XGBoost, learned", mean: "mean filled in", median: "median", frequent: "most frequent", deletion: "rows dropped"
};
export const methodColors: Readonly<Record<Method, string>> = {
  xgboost: "var(--c8)", mean: "var(--c2)", median: "var(--c3)", frequent: "var(--c5)", deletion: "var(--c11)"
};

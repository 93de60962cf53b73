/** The two libraries' names and colours: the same on the whole page. */

export const libraryNames = {gbdt: "GBDT", xgboost: "XGBoost"} as const;
export const libraryColors = {gbdt: "var(--c2)", xgboost: "var(--c8)"} as const;

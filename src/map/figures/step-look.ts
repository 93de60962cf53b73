/** The verdicts' names and colours, the same in drawing, table and prose. */
import type {Verdict} from "../trace.js";

export const verdictColors: Readonly<Record<Verdict, string>> = {
  "true-positive": "var(--c3)",
  duplicate: "var(--c8)",
  localisation: "var(--c2)",
  background: "var(--c6)",
  ignored: "var(--c11)"
};

export const verdictNames: Readonly<Record<Verdict, string>> = {
  "true-positive": "true positive",
  duplicate: "false positive (duplicate)",
  localisation: "false positive (localisation)",
  background: "false positive (background)",
  ignored: "ignored"
};

export const truthColor = "var(--c1)";

/** A score or an IoU in sight: two digits, none lost at 0.995. */
export const shortNumber = (value: number): string => value.toFixed(2);

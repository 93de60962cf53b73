/** What the run bar says of a training. */
import {numberText} from "../../notebook/number-text.js";
import type {TrainingView} from "./training-runner.js";

const labels = {
  starting: "Getting the kernels ready…",
  step: (step: number, total: number) => `Step ${step} of ${total}`,
  rate: (rate: number, networks: number) => `, ${numberText(rate, 3)} steps a second${networks > 1 ? ` of ${networks} networks at once` : ""}`,
  recovering: "The GPU was lost; restarting.",
  recovered: " The GPU was lost; the training went on from its last step.",
  failed: "The training failed: "
};

export function trainingMessage({state, step, total, seconds, models, incident}: TrainingView): string {
  if (incident?.kind === "failed") return labels.failed + incident.text;
  if (incident?.kind === "recovering") return labels.recovering;
  if (step === 0 && state === "idle") return "";
  if (step === 0 && state === "running") return labels.starting;
  const rate = seconds > 0.5 && step > 2 ? labels.rate(step / seconds, models.length) : "";
  return labels.step(step, total) + rate + (incident?.kind === "recovered" ? labels.recovered : "");
}

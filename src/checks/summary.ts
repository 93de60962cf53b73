/** What the checks' page lists before anything is computed in the browser. */
import type {Tally} from "./check.js";

export interface CheckSummary {
  readonly id: string;
  readonly algorithm: string;
  /** The path of its room. */
  readonly room: string;
  readonly tolerance: number;
  readonly reference: string;
  /** The outcome where the site was built. */
  readonly built: Tally;
}

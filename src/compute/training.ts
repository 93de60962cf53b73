/**
 * Contract 3, training. A model trains as an async generator of snapshots; pacing, pausing, cancelling, progress and
 * device loss are the business of the loop that drives it (drive.ts), once for all models.
 */

export interface Progress {
  /** Units of work done, of `total`; the unit is the model's own. */
  readonly done: number;
  readonly total: number;
}

/** Plain data, enough to draw, to resume and to serialise. Models add their own fields. */
export interface Snapshot {
  readonly progress: Progress;
}

export interface TrainOptions<S extends Snapshot> {
  /** Aborted when nobody wants the result any more; the loop also stops asking for snapshots. */
  readonly signal: AbortSignal;
  /** Where to go on from. */
  readonly resume?: S;
}

/**
 * Trains a model: yields a snapshot after each dispatch (some tens of milliseconds), the result as the last. It frees
 * its tensors in a `finally`, since it may be left at any yield.
 */
export type Train<S extends Snapshot> = (options: TrainOptions<S>) => AsyncGenerator<S, void>;

/** Why a training rests: the reader paused it, its figure is off screen, or the whole page is hidden. */
export type Rest = "reader" | "off-screen" | "hidden";

export type DriveState =
  /** `recovered`, after the GPU was lost: training went on from this progress. */
  | {readonly phase: "running"; readonly recovered?: Progress}
  | {readonly phase: "paused"; readonly by: Rest}
  | {readonly phase: "recovering"; readonly reason: string}
  | {readonly phase: "done"}
  | {readonly phase: "cancelled"}
  | {readonly phase: "failed"; readonly error: Error};

export interface DriveOptions<S extends Snapshot> {
  /** Called with the newest snapshot, at most once a frame, and always with the last. */
  readonly onSnapshot?: (snapshot: S) => void;
  readonly onState?: (state: DriveState) => void;
  /** Tells whether the figure is on screen, now and at each change; returns a function that stops it. */
  readonly visible?: (listener: (visible: boolean) => void) => () => void;
  /** Cancels when aborted. */
  readonly signal?: AbortSignal;
  /** A snapshot to go on from. */
  readonly resume?: S;
}

export interface Drive<S extends Snapshot> {
  readonly state: DriveState;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Resolves with the last snapshot when done, cancelled or failed; `state` says which. Never rejects. */
  readonly done: Promise<S | undefined>;
}

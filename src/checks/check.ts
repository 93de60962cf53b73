/**
 * A check compares an algorithm of ours with what the reference library gave for the same inputs, number by number.
 * The same code runs in the tests, at the build, and in the reader's browser.
 */

/** One case's numbers, ours beside the library's; null stands for NaN, which JSON cannot write. */
export interface Compared {
  readonly ours: ArrayLike<number>;
  readonly theirs: ArrayLike<number | null>;
}

/** Files of reference vectors by name, such as "iou/boxes". */
export type Fixtures = Readonly<Record<string, unknown>>;

export interface Check {
  readonly id: string;
  /** The algorithm, in a reader's words. */
  readonly algorithm: string;
  /** The room that uses it, as its path. */
  readonly room: string;
  readonly fixtures: readonly string[];
  /** The library and its version, as the fixtures say. */
  reference(fixtures: Fixtures): string;
  /** The largest error that passes, relative to max(1, |value|). */
  readonly tolerance: number;
  compare(fixtures: Fixtures): Iterable<Compared> | AsyncIterable<Compared>;
}

export interface Tally {
  readonly cases: number;
  /** Numbers compared. */
  readonly numbers: number;
  /** The largest |ours − theirs| / max(1, |theirs|); Infinity where one is a number and the other is not. */
  readonly error: number;
}

export const nothing: Tally = {cases: 0, numbers: 0, error: 0};

/** The tally with one case more. */
export function tallied({cases, numbers, error}: Tally, {ours, theirs}: Compared): Tally {
  let worst = ours.length === theirs.length ? error : Infinity;
  for (let i = 0; i < theirs.length; i++) worst = Math.max(worst, errorOf(ours[i]!, theirs[i]!));
  return {cases: cases + 1, numbers: numbers + theirs.length, error: worst};
}

function errorOf(ours: number, theirs: number | null): number {
  if (theirs === null || Number.isNaN(theirs)) return Number.isNaN(ours) ? 0 : Infinity;
  if (ours === theirs) return 0;
  const error = Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs));
  return Number.isNaN(error) ? Infinity : error;
}

/**
 * Runs a check to its end.
 * @param breathe awaited after each case, so that a page can draw meanwhile
 */
export async function runCheck(check: Check, fixtures: Fixtures, breathe?: () => Promise<void>): Promise<Tally> {
  let tally = nothing;
  for await (const compared of check.compare(fixtures)) {
    tally = tallied(tally, compared);
    await breathe?.();
  }
  return tally;
}

interface Versions {
  readonly versions: Readonly<Record<string, string>>;
}

/** "PyTorch 1.13.0a0" from a fixture's list of versions. */
export function versionsIn(fixture: unknown, names: Readonly<Record<string, string>>): string {
  const {versions} = fixture as Versions;
  return Object.entries(names).map(([key, name]) => `${name} ${versions[key] ?? ""}`).join(", ");
}

/** A number, or vectors of them however deep, as flat as it gets. */
export function flat(value: unknown): number[] {
  return typeof value === "number" ? [value] : Array.from(value as ArrayLike<unknown>).flatMap(flat);
}

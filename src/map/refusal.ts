/** Why a reader's file was not taken: an error as a value. */
export interface Refusal {
  readonly file: string;
  /** "line 3", "annotations[12]"; empty where it concerns the whole file. */
  readonly place: string;
  readonly reason: string;
}

export type Reading<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly refusal: Refusal};

export const taken = <T>(value: T): Reading<T> => ({ok: true, value});
export const refused = (file: string, place: string, reason: string): Reading<never> => ({
  ok: false,
  refusal: {file, place, reason}
});

/** The refusal as one sentence. */
export const refusalText = ({file, place, reason}: Refusal): string => `${file}${place && `, ${place}`}: ${reason}`;

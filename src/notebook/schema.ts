/**
 * Contract 4, its state half: a schema says what a figure's state may be. It drives the controls, the URL, the embed
 * and the fuzz tests; what it does not name does not exist.
 */
interface FieldBase {
  /** The reader's word for it. */
  readonly label: string;
  /** False where the figure itself is the control (a dragged box, the stepper), so no input is made. */
  readonly control?: boolean;
  /** Whether the control is shown in a state: a setting of what is not in sight stays out of the way. Default: always. */
  readonly when?: (state: Readonly<Record<string, unknown>>) => boolean;
}

export interface NumberField extends FieldBase {
  readonly kind: "number";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Values are rounded to whole multiples of it. */
  readonly step: number;
  readonly unit?: string;
  /** How a slider spreads the range; "log" needs min > 0. */
  readonly scale?: "linear" | "log";
}

export interface ChoiceField<K extends string = string> extends FieldBase {
  readonly kind: "choice";
  readonly default: K;
  /** Option to label, in display order. */
  readonly options: Readonly<Record<K, string>>;
}

export interface SetField<K extends string = string> extends FieldBase {
  readonly kind: "set";
  readonly default: readonly K[];
  readonly options: Readonly<Record<K, string>>;
  /** CSS colours of the options where the figure draws them in one. */
  readonly colors?: Readonly<Record<string, string>>;
}

export interface FlagField extends FieldBase {
  readonly kind: "flag";
  readonly default: boolean;
}

/** A fixed number of coordinates, such as a box's four. */
export interface VectorField extends FieldBase {
  readonly kind: "vector";
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** Any number of rows of the same columns, one after another: boxes that the reader may add and remove. */
export interface RowsField extends FieldBase {
  readonly kind: "rows";
  readonly default: readonly number[];
  readonly columns: readonly {readonly min: number; readonly max: number}[];
  readonly maxRows: number;
  /** The figure itself is the control. */
  readonly control: false;
}

export type Field = NumberField | ChoiceField | SetField | FlagField | VectorField | RowsField;
export type Schema = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> =
  F extends ChoiceField<infer K> ? K
  : F extends SetField<infer K> ? readonly K[]
  : F extends NumberField ? number
  : F extends FlagField ? boolean
  : readonly number[];

/** The plain-JSON state that a schema describes. */
export type StateOf<S extends Schema> = {readonly [K in keyof S]: ValueOf<S[K]>};

type Spec<F extends Field> = Omit<F, "kind">;

export const numberField = (spec: Spec<NumberField>): NumberField => ({kind: "number", ...spec});
export const flagField = (spec: Spec<FlagField>): FlagField => ({kind: "flag", ...spec});
export const vectorField = (spec: Spec<VectorField>): VectorField => ({kind: "vector", ...spec});
export const rowsField = (spec: Omit<RowsField, "kind" | "control">): RowsField => ({kind: "rows", control: false, ...spec});
export const choiceField = <K extends string>(
  spec: Omit<ChoiceField<K>, "kind" | "default"> & {readonly default: NoInfer<K>}
): ChoiceField<K> => ({kind: "choice", ...spec});
export const setField = <K extends string>(
  spec: Omit<SetField<K>, "kind" | "default"> & {readonly default: readonly NoInfer<K>[]}
): SetField<K> => ({kind: "set", ...spec});

/** The state a figure opens with. */
export function defaultState<S extends Schema>(schema: S): StateOf<S> {
  return Object.fromEntries(Object.entries(schema).map(([name, field]) => [name, field.default])) as StateOf<S>;
}

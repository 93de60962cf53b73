/**
 * Contract 5. A step that a reader can stand on: the stepper and the formula know only this.
 *
 * `formula` is TeX with named slots: `[[name]]`, or `[[name|tex]]` where the symbol differs from the name. Shown as
 * symbols, a slot is its TeX; shown as numbers, it is `values[name]`. `focus` names the parts of the figure to light up.
 */
export interface Step {
  readonly title: string;
  readonly formula: string;
  readonly values: Readonly<Record<string, number>>;
  readonly focus: readonly string[];
  /** One sentence on what happens here and why. */
  readonly note?: string;
}

/** Inputs for a schema: native elements, so keyboard, touch and screen readers work as everywhere. */
import {html} from "htl";
import type {ChoiceField, Field, FlagField, NumberField, RowsField, Schema, SetField, StateOf} from "./schema.js";

export interface Controls<S extends Schema> {
  readonly element: HTMLElement;
  /** Makes the inputs say what the state says. */
  show(state: StateOf<S>): void;
}

interface Control {
  readonly element: HTMLElement;
  show(value: unknown): void;
}

type Change = (value: unknown) => void;

export function controls<S extends Schema>(schema: S, change: (patch: Record<string, unknown>) => void): Controls<S> {
  const made = Object.entries(schema)
    .filter((entry): entry is [string, Exclude<Field, RowsField>] => entry[1].control !== false && entry[0] !== "step")
    .map(([name, field]) => ({name, field, control: control(field, (value) => change({[name]: value}))}));
  const element = html`<div class="controls">${made.map(({control: {element: input}}) => input)}</div>`;
  if (made.length === 0) element.hidden = true;
  return {
    element,
    show(state) {
      for (const {name, field, control: {element: input, show}} of made) {
        show(state[name]);
        input.hidden = field.when?.(state) === false;
      }
    }
  };
}

function control(field: Exclude<Field, RowsField>, change: Change): Control {
  switch (field.kind) {
    case "number":
      return slider(field, change);
    case "choice":
      return Object.keys(field.options).length <= 4 ? segments(field, change) : select(field, change);
    case "set":
      return checkboxes(field, change);
    case "flag":
      return checkbox(field, change);
    case "vector":
      return coordinates(field, change);
  }
}

/** A slider and a number box that say the same; a log slider runs over the exponent. */
function slider(field: NumberField, change: Change): Control {
  const log = field.scale === "log";
  const toSlider = (value: number) => (log ? Math.log10(value) : value);
  const fromSlider = (value: number) => (log ? Number((10 ** value).toPrecision(2)) : value);
  const range = html`<input type="range" aria-label=${field.label}
    min=${toSlider(field.min)} max=${toSlider(field.max)} step=${log ? "any" : field.step}>` as HTMLInputElement;
  const box = html`<input type="number" aria-label=${`${field.label}, exact`}
    min=${field.min} max=${field.max} step=${field.step}>` as HTMLInputElement;
  range.addEventListener("input", () => change(fromSlider(range.valueAsNumber)));
  let shown: unknown;
  box.addEventListener("change", () => {
    // What becomes of the input is shown even where it changes nothing, as when it was out of range.
    shown = undefined;
    change(box.value);
  });
  return {
    element: html`<label class="control"><span class="control-label">${field.label}</span>${range}${box}${
      field.unit ? html`<span class="control-unit">${field.unit}</span>` : ""
    }</label>`,
    show(value) {
      range.valueAsNumber = toSlider(value as number);
      // A figure that runs is drawn again and again: what the reader is typing stays.
      if (!box.matches(":focus") || value !== shown) box.value = String(value);
      shown = value;
    }
  };
}

/** A few choices, all in sight. */
function segments(field: ChoiceField, change: Change): Control {
  const group = `choice-${Math.random().toString(36).slice(2)}`;
  const inputs = Object.entries(field.options).map(([value, label]) => {
    const input = html`<input type="radio" name=${group} value=${value}>` as HTMLInputElement;
    input.addEventListener("change", () => change(value));
    return {input, element: html`<label class="segment">${input}<span>${label}</span></label>`};
  });
  return {
    element: html`<fieldset class="control segments"><legend class="control-label">${field.label}</legend>${inputs.map(
      ({element}) => element
    )}</fieldset>`,
    show(value) {
      for (const {input} of inputs) input.checked = input.value === value;
    }
  };
}

function select(field: ChoiceField, change: Change): Control {
  const input = html`<select>${Object.entries(field.options).map(
    ([value, label]) => html`<option value=${value}>${label}</option>`
  )}</select>` as HTMLSelectElement;
  input.addEventListener("change", () => change(input.value));
  return {
    element: html`<label class="control"><span class="control-label">${field.label}</span>${input}</label>`,
    show(value) {
      input.value = String(value);
    }
  };
}

function checkboxes(field: SetField, change: Change): Control {
  const inputs = Object.entries(field.options).map(([value, label]) => {
    const input = html`<input type="checkbox" value=${value}>` as HTMLInputElement;
    const color = field.colors?.[value];
    const swatch = color ? html`<span class="swatch" style=${`--swatch: ${color}`}></span>` : "";
    return {input, element: html`<label class="segment">${input}<span>${swatch}${label}</span></label>`};
  });
  for (const {input} of inputs) {
    input.addEventListener("change", () => change(inputs.filter((i) => i.input.checked).map((i) => i.input.value)));
  }
  return {
    element: html`<fieldset class="control segments"><legend class="control-label">${field.label}</legend>${inputs.map(
      ({element}) => element
    )}</fieldset>`,
    show(value) {
      for (const {input} of inputs) input.checked = (value as readonly string[]).includes(input.value);
    }
  };
}

function checkbox(field: FlagField, change: Change): Control {
  const input = html`<input type="checkbox">` as HTMLInputElement;
  input.addEventListener("change", () => change(input.checked));
  return {
    element: html`<label class="control check">${input}<span>${field.label}</span></label>`,
    show(value) {
      input.checked = value === true;
    }
  };
}

function coordinates(field: Field & {kind: "vector"}, change: Change): Control {
  const inputs = field.default.map(
    (_, i) =>
      html`<input type="number" aria-label=${`${field.label} ${i + 1}`} min=${field.min} max=${field.max} step="any">` as
        HTMLInputElement
  );
  for (const input of inputs) input.addEventListener("change", () => change(inputs.map((each) => each.value)));
  return {
    element: html`<fieldset class="control coordinates"><legend class="control-label">${field.label}</legend>${inputs}</fieldset>`,
    show(value) {
      (value as readonly number[]).forEach((v, i) => {
        const input = inputs[i]!;
        if (!input.matches(":focus")) input.value = String(Number(v.toFixed(3)));
      });
    }
  };
}

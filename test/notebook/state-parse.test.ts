import {describe, expect, it} from "vitest";
import {choiceField, defaultState, flagField, numberField, rowsField, setField, vectorField} from "../../src/notebook/schema.js";
import {parseState} from "../../src/notebook/state-parse.js";

const schema = {
  rate: numberField({label: "Learning rate", default: 0.1, min: 0.001, max: 1, step: 0.001}),
  kind: choiceField({label: "Loss", default: "ciou", options: {iou: "IoU", ciou: "CIoU"}}),
  shown: setField({label: "Show", default: ["iou"], options: {iou: "IoU", giou: "GIoU", ciou: "CIoU"}}),
  arrows: flagField({label: "Arrows", default: true}),
  box: vectorField({label: "Box", default: [0, 0, 1, 1], min: -10, max: 10})
};

describe("parseState", () => {
  it("gives the defaults and no note for an empty state", () => {
    expect(parseState(schema, {})).toEqual({state: defaultState(schema), notes: []});
  });

  it("reads text as it stands in a URL", () => {
    const input = {rate: "0.25", kind: "iou", shown: "ciou,giou", arrows: "0", box: "1,2,3,4.5"};
    expect(parseState(schema, input)).toEqual({
      state: {rate: 0.25, kind: "iou", shown: ["giou", "ciou"], arrows: false, box: [1, 2, 3, 4.5]},
      notes: []
    });
  });

  it("clamps what is out of range and says so", () => {
    const {state, notes} = parseState(schema, {rate: "7", box: "0,0,99,1"});
    expect(state.rate).toBe(1);
    expect(state.box).toEqual([0, 0, 10, 1]);
    expect(notes).toEqual(["Learning rate: 7 is outside 0.001–1, set to 1.", "Box: moved into -10–10."]);
  });

  it("clamps infinity instead of keeping it", () => {
    expect(parseState(schema, {rate: "Infinity", box: "-Infinity,0,1,1"}).state).toMatchObject({
      rate: 1,
      box: [-10, 0, 1, 1]
    });
  });

  it("keeps the default, with a note, for what cannot be read", () => {
    const {state, notes} = parseState(schema, {rate: "fast", kind: "__proto__", arrows: "maybe", box: "1,2,3"});
    expect(state).toEqual(defaultState(schema));
    expect(notes).toHaveLength(4);
    expect(notes[0]).toBe("Learning rate: not understood, set to 0.1.");
  });

  it("ignores unknown keys, inherited ones among them", () => {
    expect(parseState(schema, {nonsense: "1", constructor: "x", toString: "y"})).toEqual({
      state: defaultState(schema),
      notes: []
    });
  });

  it("leaves unknown members out of a set and says how many", () => {
    const {state, notes} = parseState(schema, {shown: "giou,gIoU,<b>"});
    expect(state.shown).toEqual(["giou"]);
    expect(notes).toEqual(["Show: 2 unknown left out."]);
  });

  it("reads an empty set as empty", () => {
    expect(parseState(schema, {shown: ""}).state.shown).toEqual([]);
  });

  it("rounds numbers to the field's step without binary dust", () => {
    expect(parseState(schema, {rate: 0.1 + 0.2}).state.rate).toBe(0.3);
  });

  it("yields a valid state for any input whatever", () => {
    const hostile = ["", " ", "1e999", "NaN", "<script>", "-0", "0x10", ",", ",,,", "1,2,3,4,5", null, {}, [], () => 1];
    for (const value of hostile) {
      const input = {rate: value, kind: value, shown: value, arrows: value, box: value};
      const {state} = parseState(schema, input);
      expect(state.rate).toBeGreaterThanOrEqual(0.001);
      expect(state.rate).toBeLessThanOrEqual(1);
      expect(["iou", "ciou"]).toContain(state.kind);
      expect(typeof state.arrows).toBe("boolean");
      expect(state.box).toHaveLength(4);
      expect(state.box.every((v) => v >= -10 && v <= 10)).toBe(true);
    }
  });

  it("reads any number of rows, clamps column by column and drops what is too many, saying so", () => {
    const columns = [{min: 0, max: 9}, {min: 0, max: 1}];
    const rows = {boxes: rowsField({label: "Boxes", default: [5, 0.5], columns, maxRows: 2})};
    expect(parseState(rows, {boxes: "1,0.25,2,0.5"})).toEqual({state: {boxes: [1, 0.25, 2, 0.5]}, notes: []});
    expect(parseState(rows, {boxes: ""})).toEqual({state: {boxes: []}, notes: []});
    expect(parseState(rows, {boxes: "10,7"})).toEqual({state: {boxes: [9, 1]}, notes: ["Boxes: moved into range."]});
    expect(parseState(rows, {boxes: [1, 1, 2, 1, 3, 1]})).toEqual({state: {boxes: [1, 1, 2, 1]}, notes: ["Boxes: only the first 2 kept."]});
    expect(parseState(rows, {boxes: "1,1,1"})).toEqual({state: {boxes: [5, 0.5]}, notes: ["Boxes: not understood, set to the default."]});
  });
});

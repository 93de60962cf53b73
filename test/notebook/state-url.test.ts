import {describe, expect, it} from "vitest";
import {choiceField, defaultState, numberField, vectorField} from "../../src/notebook/schema.js";
import {readQuery, writeQuery} from "../../src/notebook/state-url.js";

const schema = {
  kind: choiceField({label: "Loss", default: "ciou", options: {iou: "IoU", ciou: "CIoU"}}),
  rate: numberField({label: "Rate", default: 0.1, min: 0, max: 1, step: 0.01}),
  box: vectorField({label: "Box", default: [0, 0, 1, 1], min: 0, max: 9})
};

describe("writeQuery", () => {
  it("writes nothing for the default state", () => {
    expect(writeQuery(schema, defaultState(schema)).toString()).toBe("");
  });

  it("writes what differs, under the figure's prefix, and leaves other keys alone", () => {
    const query = new URLSearchParams("other.kind=x&box-playground.rate=0.9");
    const state = {...defaultState(schema), kind: "iou" as const};
    const written = writeQuery(schema, state, {query, prefix: "box-playground."});
    expect(written.toString()).toBe("other.kind=x&box-playground.kind=iou");
  });

  it("takes the page's own opening state as what an absent key means", () => {
    const base = {...defaultState(schema), rate: 0.5};
    expect(writeQuery(schema, base, {base}).toString()).toBe("");
    expect(writeQuery(schema, {...base, rate: 0.1}, {base}).toString()).toBe("rate=0.1");
    expect(readQuery(schema, new URLSearchParams(), {base}).state.rate).toBe(0.5);
  });
});

describe("readQuery", () => {
  it("reads back what writeQuery wrote", () => {
    const state = {kind: "iou" as const, rate: 0.37, box: [0.125, 2, 3.75, 8]};
    const query = writeQuery(schema, state, {prefix: "a."});
    expect(readQuery(schema, query, {prefix: "a."})).toEqual({state, notes: []});
  });
});

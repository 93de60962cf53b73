import {describe, expect, it} from "vitest";
import {createHistory} from "../../src/notebook/history.js";

describe("createHistory", () => {
  it("takes a burst of moves back as one", () => {
    let time = 0;
    const history = createHistory<string>(500, 100, () => time);
    for (const [at, state] of [[0, "a"], [100, "b"], [200, "c"], [5000, "d"]] as const) {
      time = at;
      history.record(state);
    }
    expect(history.undo()).toBe("d");
    expect(history.undo()).toBe("a");
    expect(history.undo()).toBeUndefined();
  });

  it("starts a new entry after an undo, however soon", () => {
    const history = createHistory<string>(500, 100, () => 0);
    history.record("a");
    expect(history.undo()).toBe("a");
    history.record("b");
    expect(history.undo()).toBe("b");
  });

  it("forgets the oldest beyond its limit", () => {
    let time = 0;
    const history = createHistory<number>(1, 3, () => (time += 10));
    for (let i = 0; i < 10; i++) history.record(i);
    expect(history.size).toBe(3);
  });
});

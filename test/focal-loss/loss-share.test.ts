import {expect, it} from "vitest";
import {lossShare, shareOfHardest} from "../../src/focal-loss/loss-share.js";

it("lossShare rises from 0 to 1, hardest last, and bends more for a larger γ", () => {
  const logits = Array.from({length: 200}, (_, i) => -6 + i / 20);
  const [plain, focal] = [lossShare(logits, 0, 0), lossShare(logits, 0, 2)];
  for (const {cumulative} of [plain, focal]) {
    expect(cumulative[0]).toBe(0);
    expect(cumulative[200]).toBeCloseTo(1, 12);
    for (let i = 1; i < 200; i++) expect(cumulative[i + 1]! - cumulative[i]!).toBeGreaterThanOrEqual(cumulative[i]! - cumulative[i - 1]!);
  }
  expect(shareOfHardest(focal, 0.2)).toBeGreaterThan(shareOfHardest(plain, 0.2));
});

it("shareOfHardest of everything is all, of equal losses its own share, also where there is no loss", () => {
  expect(shareOfHardest(lossShare([1, 2, 3], 1, 2), 1)).toBe(1);
  expect(shareOfHardest(lossShare([1, 1, 1, 1], 1, 2), 0.25)).toBeCloseTo(0.25, 12);
  expect(shareOfHardest(lossShare([9999, 9999], 1, 2), 0.5)).toBeCloseTo(0.5, 12);
});

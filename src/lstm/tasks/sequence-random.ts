/** Chance for the sequences that figures look at: the same on every machine, seeds near each other far apart (mulberry32). */
import type {Random} from "./task.js";

export function sequenceRandom(seed: number): Random {
  let a = Math.imul(seed, 0x9e3779b1);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

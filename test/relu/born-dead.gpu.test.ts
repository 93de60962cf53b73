import {memory} from "@tensorflow/tfjs-core";
import {describe, expect, test} from "vitest";
import {startBackend} from "../../src/compute/backend.js";
import {deadAtDepth, deathBound, shareInterval} from "../../src/relu/born-dead.js";
import {countBornDead, trainBornDead} from "../../src/relu/born-dead.training.js";
import type {BornDeadConfig} from "../../src/relu/born-dead.training.js";

const config: BornDeadConfig = {domain: "point", widths: [1, 3, 6], networks: 3000, layers: 40, seed: 3};

describe("counting born-dead networks", () => {
  test("ends with as many networks of each width as asked for, the bound within reach of the interval", async () => {
    await startBackend({prefer: "webgpu"});
    const before = memory().numTensors;
    const last = await countBornDead(config).done;
    expect(memory().numTensors).toBe(before);
    last!.deaths.forEach((deaths, i) => {
      expect(deaths.reduce((sum, count) => sum + count, 0)).toBe(3000);
      for (const depth of [2, 10, 41]) {
        const [low, high] = shareInterval(deadAtDepth(deaths, depth), 3000);
        const bound = deathBound(config.widths[i]!, depth);
        expect(bound).toBeGreaterThan(low - (high - low));
        expect(bound).toBeLessThan(high + (high - low));
      }
    });
  });

  test("resumed from any snapshot gives the numbers of a run that was not interrupted", async () => {
    const short = {...config, networks: 1200};
    const whole = await countBornDead(short).done;
    const generator = trainBornDead(short, {});
    for (let i = 0; i < 3; i++) await generator.next();
    const third = await generator.next();
    await generator.return();
    const rest = await countBornDead(short, {resume: third.value!}).done;
    expect(rest!.deaths).toEqual(whole!.deaths);
  });
});

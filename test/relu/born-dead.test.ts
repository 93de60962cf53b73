import {describe, expect, it} from "vitest";
import {deadAtDepth, deathBound, deathLayer, shareInterval} from "../../src/relu/born-dead.js";
import type {Domain} from "../../src/relu/born-dead.js";
import fixture from "../fixtures/relu/born-dead.json" with {type: "json"};

function deathsOf(width: number, domain: Domain, networks: number, layers = 30): number[] {
  const deaths = new Array<number>(layers + 1).fill(0);
  for (let network = 0; network < networks; network++) deaths[deathLayer({width, layers, domain}, 7, network)]!++;
  return deaths;
}

describe("deathBound", () => {
  it("is 1 − Π (1 − 2^−N) over the hidden layers", () => {
    expect(deathBound(3, 1)).toBe(0);
    expect(deathBound(3, 2)).toBeCloseTo(1 / 8, 15);
    expect(deathBound(2, 4)).toBeCloseTo(1 - 0.75 ** 3, 15);
    expect(deathBound(1, 60)).toBeCloseTo(1, 12);
  });
});

describe("deathLayer", () => {
  it("at one input kills as many networks as the bound says", () => {
    for (const width of [1, 2, 3, 5]) {
      const deaths = deathsOf(width, "point", 4000);
      for (const depth of [2, 5, 12, 31]) {
        const [low, high] = shareInterval(deadAtDepth(deaths, depth), 4000);
        const slack = high - low;
        expect(deathBound(width, depth), `width ${width}, depth ${depth}`).toBeGreaterThan(low - slack);
        expect(deathBound(width, depth)).toBeLessThan(high + slack);
      }
    }
  });

  it("kills fewer on the line, and fewer still on the plane, since they have more inputs to live on", () => {
    const dead = (domain: Domain) => deadAtDepth(deathsOf(3, domain, 3000), 12);
    expect(dead("line")).toBeLessThan(dead("point"));
    expect(dead("plane")).toBeLessThan(dead("line"));
  });

  it("never kills the first layer on the line: a unit that is off on one side is on on the other", () => {
    expect(deathsOf(1, "line", 500)[1]).toBe(0);
  });

  it("kills a second layer of width 1 behind a first of width 1 half of the time, on any domain", () => {
    const deaths = deathsOf(1, "line", 4000, 1 + 1);
    expect(deaths[2]! / 4000).toBeCloseTo(0.5, 1);
  });

  it("gives the same network for the same seed and number, and others for others", () => {
    const shape = {width: 3, layers: 20, domain: "line"} as const;
    const layers = (seed: number) => Array.from({length: 60}, (_, network) => deathLayer(shape, seed, network));
    expect(layers(1)).toEqual(layers(1));
    expect(layers(1)).not.toEqual(layers(2));
    expect(new Set(layers(1)).size).toBeGreaterThan(5);
  });
});

describe("shares of dead networks equal NumPy's", () => {
  it.each(fixture.cases)("width $width on the $domain", ({width, domain, shares}) => {
    const deaths = deathsOf(width, domain as Domain, 4000);
    for (const [depth, share] of Object.entries(shares)) {
      const measured = deadAtDepth(deaths, Number(depth)) / 4000;
      const error = Math.sqrt(share * (1 - share) * (1 / 4000 + 1 / fixture.networks)) + 1e-4;
      expect(Math.abs(measured - share), `${depth} layers: ${measured}, NumPy ${share}`).toBeLessThan(4 * error);
    }
  });
});

describe("shareInterval", () => {
  it("is Wilson's: 0 of 10 leaves up to 28 %, half of 100 between 40 and 60 %", () => {
    expect(shareInterval(0, 10)[0]).toBe(0);
    expect(shareInterval(0, 10)[1]).toBeCloseTo(0.2775, 3);
    expect(shareInterval(50, 100)[0]).toBeCloseTo(0.4038, 3);
    expect(shareInterval(50, 100)[1]).toBeCloseTo(0.5962, 3);
  });
});

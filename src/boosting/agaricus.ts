/** Mushrooms by odor, spore print colour and class, as data/agaricus has them; see its SOURCE.md. */
import {shuffled, uniform} from "./sample.js";

export const odors: readonly string[] = ["almond", "anise", "creosote", "fishy", "foul", "musty", "none", "pungent", "spicy"];
export const sporePrints: readonly string[] = ["black", "brown", "buff", "chocolate", "green", "orange", "purple", "white", "yellow"];

/** Odor, spore print and class (edible, poisonous), by the letters of the data set, and how many there are. */
export const mushroomCounts = `
ake176 ane200 aue24 ckp96 cnp96 fhp1584 fwp576 lke176 lne200 lue24 mwp36 nbe48 nhe48 nke1296 nne1344 noe48 nrp72 nwe576
nwp48 nye48 pkp128 pnp128 swp576 ywp576
`.trim().split(/\s+/).map((text) => ({odor: text[0]!, spore: text[1]!, isPoisonous: text[2] === "p", count: Number(text.slice(3))}));

const odorLetters = "alcyfmnps";
const sporeLetters = "knbhrouwy";

export interface Mushroom {
  /** Places in `odors` and `sporePrints`. */
  readonly odor: number;
  readonly spore: number;
  readonly isPoisonous: boolean;
}

/** Some of the 8124, by chance. */
export function mushrooms(count: number, seed: number): readonly Mushroom[] {
  const all = mushroomCounts.flatMap(({odor, spore, isPoisonous, count: same}) =>
    new Array<Mushroom>(same).fill({odor: odorLetters.indexOf(odor), spore: sporeLetters.indexOf(spore), isPoisonous}));
  return Array.from(shuffled(all.length, uniform(seed)).subarray(0, count), (i) => all[i]!);
}

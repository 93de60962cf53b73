/** The paper's 1,362 puzzles, in the dataset's order: easiest first. */

export interface Puzzle {
  /** 1–1362. */
  readonly rank: number;
  readonly numbers: readonly number[];
  /** Share of people who solved it. */
  readonly solvedRate: number;
}

/** Ranks, counted from 1, first and last, of the puzzles that the paper tests on; so does this page. */
export const testedRange = [901, 1000] as const;

/** Reads the dataset's CSV. @throws Error naming the line that is not as expected */
export function readPuzzles(csv: string): readonly Puzzle[] {
  const [, ...lines] = csv.trim().split(/\r?\n/);
  return lines.map((line, i) => {
    const [rank, numbers, , rate] = line.split(",");
    const puzzle = {rank: Number(rank), numbers: (numbers ?? "").split(" ").map(Number), solvedRate: parseFloat(rate ?? "") / 100};
    if (puzzle.rank !== i + 1 || puzzle.numbers.length !== 4 || puzzle.numbers.some(Number.isNaN))
      throw new Error(`line ${i + 2} is no puzzle: ${line}`);
    return puzzle;
  });
}

export const testedPuzzles = (puzzles: readonly Puzzle[]): readonly (readonly number[])[] =>
  puzzles.slice(testedRange[0] - 1, testedRange[1]).map(({numbers}) => numbers);

/** One line of a bench's table: what, how much, and under which conditions. */
export type Report = (what: string, result: string, conditions: string) => void;

export const report: Report = (what, result, conditions) =>
  console.log(`${what.padEnd(36)} ${result.padStart(18)}   ${conditions}`);

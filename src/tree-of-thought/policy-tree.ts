/** Where the policy puts its probability: every path's mass, and what it would be if all thoughts were equally likely. */
import type {Logits} from "./batch-judge.js";
import {movesFrom, moveText, positionKey, positionOf} from "./position.js";
import type {Position} from "./position.js";
import {policyChances} from "./search-paths.js";

export interface PolicyNode {
  /** The keys of the positions on the way, the start left out: names the path. */
  readonly path: string;
  readonly text: string;
  readonly depth: number;
  /** From and to, 0–1: a parent's children share its part in the policy's proportions, or in equal ones. */
  readonly policy: readonly [number, number];
  readonly equal: readonly [number, number];
}

/** Paths with a mass of at least `least`, in one sharing or the other, and those of `wanted`. */
export async function policyTree(
  numbers: readonly number[], logits: Logits, temperature: number, least: number, wanted: ReadonlySet<string> = new Set()
): Promise<readonly PolicyNode[]> {
  const nodes: PolicyNode[] = [];
  const visit = async (position: Position, parent: Omit<PolicyNode, "text">): Promise<void> => {
    const moves = movesFrom(position);
    if (moves.length === 0) return;
    const chances = policyChances([...(await logits(moves.map(({next}) => next)))], temperature);
    let [policyAt, equalAt] = [parent.policy[0], parent.equal[0]];
    const [policySize, equalSize] = [parent.policy[1] - parent.policy[0], parent.equal[1] - parent.equal[0]];
    for (const [i, move] of moves.entries()) {
      const [policyNext, equalNext] = [policyAt + policySize * chances[i]!, equalAt + equalSize / moves.length];
      const node = {
        path: parent.path ? `${parent.path}|${positionKey(move.next)}` : positionKey(move.next), depth: parent.depth + 1,
        policy: [policyAt, policyNext] as const, equal: [equalAt, equalNext] as const
      };
      [policyAt, equalAt] = [policyNext, equalNext];
      const thin = Math.max(node.policy[1] - node.policy[0], node.equal[1] - node.equal[0]) < least;
      if (thin && !wanted.has(node.path)) continue;
      nodes.push({...node, text: moveText(move)});
      await visit(move.next, node);
    }
  };
  await visit(positionOf(numbers), {path: "", depth: 0, policy: [0, 1], equal: [0, 1]});
  return nodes;
}

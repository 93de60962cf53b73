/** Chain of thought: paths sampled by the judge's policy, without going back; and the vote of several. */
import type {Events, Run, SearchNode} from "./search-run.js";

/** The policy: chances in proportion to e^(logit/temperature); the likeliest alone at temperature 0. */
export function policyChances(logits: readonly number[], temperature: number): readonly number[] {
  const most = Math.max(...logits);
  const weights = logits.map((logit) => (temperature > 0 ? Math.exp((logit - most) / temperature) : Number(logit === most)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Samples `paths` paths; the commonest answer is taken for the solution, of equally common ones the first. */
export async function* samplePaths<S>(run: Run<S>, paths: number): Events<S> {
  const {problem, settings} = run;
  const ends: {readonly node: SearchNode<S>; readonly answer: string}[] = [];
  for (let path = 1; path <= paths; path++) {
    let node = run.root;
    while (!problem.isSolved(node.state) && !run.end(node)) {
      const children = yield* run.expand(node);
      if (children.length === 0) {
        yield run.prune(node, "dead end");
        break;
      }
      yield* run.value(children);
      const chances = policyChances(children.map(({verdict}) => verdict!.logit), settings.temperature);
      const chosen = draw(chances, settings.random());
      if (paths === 1) for (const [i, child] of children.entries()) if (i !== chosen) yield run.prune(child, "not sampled");
      node = children[chosen]!;
      yield run.tell({kind: "keep", node: node.id, chance: chances[chosen]!});
    }
    const answer = problem.answer?.(node.state) ?? problem.key(node.state);
    ends.push({node, answer});
    yield run.tell({kind: "answer", node: node.id, path, answer});
  }
  const counts = ends.map(({answer}) => ends.filter((other) => other.answer === answer).length);
  const {node} = ends[counts.indexOf(Math.max(...counts))]!;
  if (problem.isSolved(node.state)) yield run.tell({kind: "solve", node: node.id, state: node.state});
  else yield run.tell({kind: "give up", reason: paths > 1 && ends.some((end) => problem.isSolved(end.node.state)) ? "outvoted" : "wrong"});
}

function draw(chances: readonly number[], random: number): number {
  let rest = random;
  for (const [i, chance] of chances.entries()) if ((rest -= chance) < 0) return i;
  return chances.lastIndexOf(Math.max(...chances));
}

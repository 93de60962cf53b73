/** The prior at initialisation (Lin et al., section 3.3): an output bias that makes the first answers the rare class's rate. */

/** b = −log((1 − π) ⁄ π), for which σ(b) = π. @param prior π, between 0 and 1 */
export function priorBias(prior: number): number {
  return Math.log(prior) - Math.log1p(-prior);
}

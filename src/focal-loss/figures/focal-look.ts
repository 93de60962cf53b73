/** Colours and names that the room's figures share: what a colour means in one, it means in all. */

/** From cross-entropy's blue to focal loss's violet, as γ grows. */
export function gammaColor(gamma: number): string {
  const share = Math.min(1, gamma / 2);
  const mixed = `color-mix(in oklab, var(--c8) ${Math.round(100 * share)}%, var(--c1))`;
  return gamma <= 0 ? "var(--c1)" : gamma <= 2 ? mixed : `color-mix(in oklab, var(--c4) ${Math.round(Math.min(100, 33 * (gamma - 2)))}%, var(--c8))`;
}

export const rareColor = "var(--c2)";
export const commonColor = "var(--c5)";

/** The γ that figures compare; with a point, since an object puts keys that are integers first. */
export const gammaOptions = {"0.0": "0, cross-entropy", "0.5": "0.5", "1.0": "1", "2.0": "2", "5.0": "5"} as const;
export const gammaColors = Object.fromEntries(Object.keys(gammaOptions).map((gamma) => [gamma, gammaColor(Number(gamma))]));

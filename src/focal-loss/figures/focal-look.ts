/** Colours and names that the room's figures share: what a colour means in one, it means in all. */

/** From cross-entropy's blue to focal loss's violet, as γ grows. */
export function gammaColor(gamma: number): string {
  const share = Math.min(1, gamma / 2);
  const mixed = `color-mix(in oklab, var(--c8) ${Math.round(100 * share)}%, var(--c1))`;
  return gamma <= 0 ? "var(--c1)" : gamma <= 2 ? mixed : `color-mix(in oklab, var(--c4) ${Math.round(Math.min(100, 33 * (gamma - 2)))}%, var(--c8))`;
}

export const rareColor = "var(--c2)";
export const commonColor = "var(--c5)";

/** What a backup goes through, as the server names it. */
const STEPS = ["database", "files", "checking", "keys"] as const;
type Step = (typeof STEPS)[number];

export function isStep(name: string): name is Step {
  return STEPS.some((step) => step === name);
}

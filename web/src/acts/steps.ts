/** A step of a plan, with the statements that it sends. */
export interface PlanStep {
  readonly place: number;
  readonly says: string;
  readonly statements: readonly string[];
}

/** A plan comes as lines: sentences, and below each, moved in, the statements. */
export function stepsIn(lines: readonly string[]): readonly PlanStep[] {
  const steps: { place: number; says: string; statements: string[] }[] = [];
  for (const line of lines) {
    const last = steps.at(-1);
    if (/^\s/.test(line) && last !== undefined) last.statements.push(line.trim());
    else steps.push({ place: steps.length, says: line.trim(), statements: [] });
  }
  return steps;
}

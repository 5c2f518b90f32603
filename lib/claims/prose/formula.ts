import type { Prose } from "./prose.ts";

/** A formula in prose: TeX between `` $` `` and `` `$ ``, as it is written on code hosts, too. */
export const FORMULA = /\$`([^`]+)`\$/g;

/** The TeX of the formulas in some prose. */
export function formulasIn({ typed }: Prose): string[] {
  return typed.flatMap((text) => [...text.matchAll(FORMULA)].map(([, tex]) => tex));
}

/** What is wrong with the formulas in some prose. What reads them is loaded only where there are any. */
export async function formulaProblems(prose: readonly Prose[]): Promise<string[]> {
  const formulas = prose.flatMap(formulasIn);
  if (formulas.length === 0) return [];
  const { mathml } = await import("./mathml.ts");
  return formulas.flatMap((tex) => {
    try {
      mathml(tex);
      return [];
    } catch (error) {
      return [
        `The formula "${tex}" must be TeX: ${(error as Error).message.trim().split("\n")[0]}`,
      ];
    }
  });
}

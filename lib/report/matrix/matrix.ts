import type { Tool } from "../document/document.ts";

/** All claims beside all sabotages: who noticed what. */
export interface Matrix {
  /** The versions of what ran the claims. */
  readonly tool: Tool;
  /** How long it took, where that was kept. */
  readonly seconds?: number;
  /** Whether every sabotage of the catalogue is in it. */
  readonly complete: boolean;
  /** Every claim of the spec, in its order. */
  readonly claims: readonly MatrixClaim[];
  /** The sabotages that were asked for, in the order of the catalogue. */
  readonly sabotages: readonly MatrixRow[];
}

/** A claim, and what came of it on sound models. */
export interface MatrixClaim {
  /** The question's number, two digits, and the claim's id: "10/mlp-is-local". */
  readonly id: string;
  /** Its spec file, from the project's root. */
  readonly file: string;
  /** The line where it is made. */
  readonly line: number;
  /** In words. */
  readonly statement: string;
  /** Why it did not come out as it must on sound models, where it did not. */
  readonly red?: string;
  /** Whether it takes so long that only the sabotages that it names are asked. */
  readonly dear?: true;
  /** The sabotages of the catalogue that its controls name. */
  readonly names: readonly string[];
}

/** A sabotage, and what came of the claims on models that it was done to. */
export interface MatrixRow {
  /** Its name in the catalogue. */
  readonly id: string;
  /** The part of a transformer that it breaks. */
  readonly part: string;
  /** What the broken model is called. */
  readonly name: string;
  /** What is done, in a sentence. */
  readonly description: string;
  /** The claims that came out otherwise than on sound models. */
  readonly noticed: readonly Finding[];
  /** Those that came out as on sound models. */
  readonly survived: readonly string[];
  /** Those that could not be asked to the end: a defect, and no notice. */
  readonly crashed: readonly (Finding & { readonly explained?: string })[];
  /** How little of it is enough, where it has a strength. */
  readonly least?: Least;
}

/** What a claim said. */
export interface Finding {
  /** The claim's id in the matrix. */
  readonly claim: string;
  /** The model that it said it of. */
  readonly on: string;
  /** In its own words. */
  readonly why: string;
}

/** The least strength at which a sabotage is still noticed. */
export interface Least {
  /** That strength; half of it is not noticed. */
  readonly strength: number;
  /** What the number is, behind it. */
  readonly of: string;
  /** What it is done with unless told. */
  readonly usual: number;
  /** The claim that still notices that. */
  readonly claim: string;
}

/** What a cell of the matrix says; `unasked` where the sabotage fits nobody whom the claim asks. */
export type Cell = "noticed" | "survived" | "crashed" | "unasked";

/** What came of a claim under a sabotage. */
export function cellOf({ noticed, survived, crashed }: MatrixRow, claim: string): Cell {
  if (noticed.some((finding) => finding.claim === claim)) return "noticed";
  if (crashed.some((finding) => finding.claim === claim)) return "crashed";
  return survived.includes(claim) ? "survived" : "unasked";
}

/** Whether a claim can be believed: green on sound models, and not on all broken ones. */
export function isTrusted({ id, red }: MatrixClaim, rows: readonly MatrixRow[]): boolean {
  return red === undefined && rows.some((row) => cellOf(row, id) === "noticed");
}

/** `N sabotages, N noticed; N claims, N trusted`: of the claims those that any sabotage fits. */
export function matrixInWords({ sabotages, claims }: Matrix): string {
  const noticed = sabotages.filter((row) => row.noticed.length > 0);
  const asked = claims.filter(({ id }) => sabotages.some((row) => cellOf(row, id) !== "unasked"));
  const trusted = asked.filter((claim) => isTrusted(claim, sabotages));
  return `${sabotages.length} sabotages, ${noticed.length} noticed; ` +
    `${asked.length} claims, ${trusted.length} trusted`;
}

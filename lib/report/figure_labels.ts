import type { Axis, Lit, Row } from "../claims/mod.ts";
import { oneLine } from "./plain_text.ts";

/** "loss (nats)". */
export function axisLabel({ label, unit }: Axis): string {
  return oneLine(unit === undefined ? label : `${label} (${unit})`);
}

/** The name of a row's series; rows without one share the empty name. */
export function seriesOf(row: Row): string {
  return row.series ?? "";
}

/** A token as it is shown: its place beside others says where blanks are, and other signs are seen. */
export function shownToken(token: string): string {
  const text = token.replace(/^ (?=[^\s])/, "").replaceAll("\n", "↵").replaceAll("\t", "⇥");
  return text.replace(/ /g, "␣");
}

/** What the parts of a transformer are called. */
export const PART_NAMES: Readonly<Record<Lit, string>> = {
  predictions: "predictions",
  unembedding: "unembedding",
  norm: "LayerNorm",
  mlp: "MLP",
  stream: "stream",
  attention: "attention",
  positions: "positions",
  embedding: "embedding",
  tokens: "tokens",
};

/** What the schematic of a transformer shows, for those who cannot see it. */
export function describeParts(lit: readonly Lit[], attn_only = false): string {
  const layer = attn_only
    ? "attention reads through LayerNorm and adds to"
    : "attention and an MLP read through LayerNorm and add to";
  return "A transformer, a lane for each token. From below: the token, its embedding and position, " +
    `the stream, which ${layer}, the unembedding, and ` +
    "the prediction of the next token. Attention looks at earlier lanes; all else stays inside its " +
    `own. Lit: ${lit.map((part) => PART_NAMES[part]).join(", ") || "nothing"}.`;
}

/** Figures of each kind: what is published, and when ours is the same. */
import type { Head } from "../../model/mod.ts";
import type { Found, LedgerEntry, Published } from "./ledger.ts";

/** What every figure is told besides its value. */
type About = Pick<LedgerEntry, "id" | "what" | "source">;

/** A number, which ours may miss by so much. */
export function numberFigure(
  { published, within, measure, ...about }: About & {
    readonly published: number;
    readonly within: number;
    readonly measure: (model: Published) => number | Promise<number>;
  },
): LedgerEntry {
  const digits = within === 0 ? 0 : Math.ceil(-Math.log10(within)) + 1;
  const said = (value: number) =>
    value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return {
    ...about,
    published: said(published),
    within: within === 0 ? "the same number" : `${within} of it`,
    async measure(model): Promise<Found> {
      const ours = await measure(model);
      const difference = ours - published;
      return { ours: said(ours), difference, replicated: Math.abs(difference) <= within };
    },
  };
}

/** A head by its layer and its number in it, as the field writes it: 4.11. */
export function headName({ layer, head }: Head): string {
  return `${layer}.${head}`;
}

/** A head with its score. */
type Scored = Head & { readonly score: number };

/** Some heads: those that score highest or, where it says so, that score above a line each. */
export function headsFigure(
  { published, above, rank, ...about }: About & {
    /** As the field writes them: 5.1. */
    readonly published: readonly string[];
    readonly above?: number;
    /** All heads, the highest score first. */
    readonly rank: (model: Published) => Promise<readonly Scored[]>;
  },
): LedgerEntry {
  const count = published.length;
  const isPublished = (head: Scored) => published.includes(headName(head));
  return {
    ...about,
    published: published.join(", "),
    within: above === undefined ? `the ${count} highest, in any order` : `each above ${above}`,
    async measure(model): Promise<Found> {
      const ranked = await rank(model);
      const heads = above === undefined ? ranked.slice(0, count) : ranked.filter(isPublished);
      const right = heads.filter((head) => isPublished(head) && head.score > (above ?? -Infinity));
      const said = heads.map((head) => `${headName(head)} (${head.score.toFixed(2)})`);
      return { ours: said.join(", "), replicated: right.length === count };
    },
  };
}

/** A text, which must come out to the letter. */
export function textFigure(
  { published, measure, ...about }: About & {
    readonly published: string;
    readonly measure: (model: Published) => Promise<string>;
  },
): LedgerEntry {
  return {
    ...about,
    published,
    within: "every letter",
    async measure(model): Promise<Found> {
      const ours = await measure(model);
      return { ours, replicated: ours === published };
    },
  };
}

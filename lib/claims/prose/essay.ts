import { md, type Prose, type Slot } from "./prose.ts";
import type { Part as Lit } from "../pictures/figure.ts";
import type { Source, Standing } from "../record.ts";
import { type Becomes, suggest, type Suggestion } from "./suggestion.ts";

/** What a question declares of itself. */
export interface QuestionInfo {
  /** What the learner's notes say: "yes", "no", "open" or a sentence. */
  readonly notes: string;
  /** Where our answer stands to the notes: "answered here" where they are open. */
  readonly standing: Standing;
  /** What the answer rests on besides its claims; what prose cites is added. */
  readonly sources?: readonly Source[];
  /** Where in a transformer the answer lies: lit in the schematic above it. */
  readonly lit?: readonly Lit[];
  /** Whether the schematic is of a transformer without MLPs. */
  readonly attn_only?: boolean;
}

/**
 * What a paragraph is: `say` and `caveat` are main text, the second of them says how far the answer
 * goes; an `aside` is for some readers only, and folded on the page.
 */
export type ParagraphKind = "say" | "caveat" | "aside";

/** A paragraph, or several. */
export interface Paragraph {
  readonly kind: ParagraphKind;
  readonly prose: Prose;
}

/** A question's answer, or one of several that it has. */
export interface Part {
  /** What this part asks; absent where the answer is not in parts. */
  readonly title?: string;
  /** The answer in a sentence or two. */
  readonly short?: Prose;
  /** In the order of the page. */
  readonly paragraphs: readonly Paragraph[];
}

/** An answer as its author wrote it: the first part is what stands before any that has a title. */
export interface Essay {
  readonly parts: readonly [Part, ...Part[]];
  /** What would change our mind. */
  readonly wouldChange?: Prose;
  /** What the reader is to break. */
  readonly suggestions: readonly Suggestion[];
}

/** Writes a piece of an answer: a tag of a template that may be wrapped at will. */
export type Write = (typed: TemplateStringsArray, ...slots: readonly Slot[]) => void;

/** What an answer is written with; each adds to what is there. */
export interface Writer extends Readonly<Record<ParagraphKind, Write>> {
  /** The answer in a sentence or two, without a figure: of the question, or of the part just begun. */
  readonly short: Write;
  /** What would change our mind. */
  readonly wouldChange: Write;
  /** Begins a part of the answer, under what it asks. */
  readonly part: (title: string) => void;
  /**
   * Has the reader break something: sabotages of the catalogue, such as "no-causal-mask" or
   * "leaky-mlp:0.5", with what becomes of which claims, and in words why.
   */
  readonly tryBreaking: (sabotages: string | readonly string[], becomes: Becomes) => Write;
}

/**
 * Has readers break things, in a file beside the answer, which hands it the claims that they are
 * about.
 */
export type Breaks<Name extends string> = (
  author: Pick<Writer, "tryBreaking">,
  claims: Readonly<Record<Name, { readonly claim: string }>>,
) => void;

/** All prose of an answer, in order. */
export function proseOf({ parts, wouldChange, suggestions }: Essay): Prose[] {
  const written = parts.flatMap(({ short, paragraphs }) => [
    ...(short ? [short] : []),
    ...paragraphs.map(({ prose }) => prose),
  ]);
  return [...written, ...wouldChange ? [wouldChange] : [], ...suggestions.map(({ why }) => why)];
}

/** A writer, and the answer that it has written so far. */
export function writer(): Writer & { readonly essay: () => Essay } {
  type Draft = { -readonly [K in keyof Part]: Part[K] } & { paragraphs: Paragraph[] };
  const parts: [Draft, ...Draft[]] = [{ paragraphs: [] }];
  const suggestions: Suggestion[] = [];
  let wouldChange: Prose | undefined;
  const once = (what: string, before: Prose | undefined) => {
    if (before) throw new RangeError(`An answer, or a part of one, has one ${what}, got another`);
  };
  const paragraph = (kind: ParagraphKind): Write => (typed, ...slots) =>
    void parts.at(-1)!.paragraphs.push({ kind, prose: md(typed, ...slots) });
  return {
    say: paragraph("say"),
    caveat: paragraph("caveat"),
    aside: paragraph("aside"),
    short: (typed, ...slots) => {
      once("short answer", parts.at(-1)!.short);
      parts.at(-1)!.short = md(typed, ...slots);
    },
    wouldChange: (typed, ...slots) => {
      once("sentence on what would change our mind", wouldChange);
      wouldChange = md(typed, ...slots);
    },
    part: (title) => void parts.push({ title, paragraphs: [] }),
    tryBreaking: (sabotages, becomes) => (typed, ...slots) =>
      void suggestions.push(suggest(sabotages, becomes, md(typed, ...slots))),
    essay: () => ({ parts, suggestions, ...wouldChange && { wouldChange } }),
  };
}
